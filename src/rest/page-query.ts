import { InputError } from '../cart/input-error.ts';
import { parseCartCursor, type CartPageRequest } from '../cart/page.ts';
import { PageQuery } from './shapes.ts';

/**
 * The page that `?limit=…&cursor=…` asks for. A parameter without a value counts as not given. Others are ignored: what
 * stands between client and service adds some of its own to addresses.
 * @throws InputError
 */
export function parseCartPage(search: string): CartPageRequest {
  const query = new URLSearchParams(search);
  const limit = parameter(query, 'limit');
  const cursor = parameter(query, 'cursor');
  const parsed = PageQuery.safeParse({ limit: limit && toNumber(limit), cursor });
  if (!parsed.success) throw new InputError('limit', parsed.error.issues[0]?.message ?? '', limit);
  return {
    first: parsed.data.limit,
    ...(cursor !== undefined && { after: parseCartCursor(cursor, 'cursor') }),
  };
}

function parameter(query: URLSearchParams, name: string): string | undefined {
  const [value = '', ...more] = query.getAll(name);
  if (more.length > 0) throw new InputError(name, 'must be given once', `${more.length + 1} times`);
  return value === '' ? undefined : value;
}

/** The number that digits are; any other text as it is. */
function toNumber(text: string): number | string {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}
