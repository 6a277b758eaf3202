import { InputError } from '../cart/input-error.ts';
import { checkPageSize, MAX_PAGE, parseCartCursor, type CartPageRequest } from '../cart/page.ts';

/** Carts in a page when the client does not say. */
export const DEFAULT_LIMIT = 20;

/**
 * The page that `?limit=…&cursor=…` asks for. A parameter without a value counts as not given; others are ignored.
 * @throws InputError
 */
export function parseCartPage(search: string): CartPageRequest {
  const query = new URLSearchParams(search);
  const limit = parameter(query, 'limit');
  const cursor = parameter(query, 'cursor');
  return {
    first: limit === '' ? DEFAULT_LIMIT : parseLimit(limit),
    ...(cursor !== '' && { after: parseCartCursor(cursor, 'cursor') }),
  };
}

function parameter(query: URLSearchParams, name: string): string {
  const [value = '', ...more] = query.getAll(name);
  if (more.length > 0) throw new InputError(name, 'must be given once', `${more.length + 1} times`);
  return value;
}

function parseLimit(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InputError('limit', `must be from 1 to ${MAX_PAGE}`, text);
  return checkPageSize(Number(text), 'limit');
}
