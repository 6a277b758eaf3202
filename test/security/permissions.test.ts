import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Cart } from '../../src/cart/cart.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { openApi } from '../../src/rest/openapi.ts';
import { openApi as openClient } from '../api/api-client.ts';
import { newCart } from '../support/carts.ts';
import { storeTypes } from '../support/test-app.ts';
import { customerToken, jwtEnv, staffToken, strangersTokens } from '../support/tokens.ts';
import {
  cartKinds,
  expected,
  graphqlRows,
  noCart,
  OWNER,
  restRows,
  STRANGER,
  viewers,
  type Row,
  type Verdict,
  type ViewerKind,
} from './permission-rows.ts';

const rows = [...graphqlRows, ...restRows];

interface Answer {
  readonly status: number;
  readonly challenge: string | null;
  readonly text: string;
}

it('every operation of the schema has a row', () => {
  const schema = createSchema();
  const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${String(type)}.${field}`),
  );
  expect(new Set(graphqlRows.map((row) => row.operation))).toEqual(new Set(operations));
});

it('every operation of the REST routes has a row', () => {
  const open = ['/health', '/openapi.json'];
  const operations = Object.entries(openApi.paths)
    .filter(([path]) => !open.includes(path))
    .flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'parameters')
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
  expect(new Set(restRows.map((row) => row.operation))).toEqual(new Set(operations));
});

describe.each(storeTypes)('permissions on %s', (type) => {
  const api = openClient(type, { env: jwtEnv, products: 5 });
  let tokens: Record<ViewerKind, string | undefined>;

  beforeAll(async () => {
    tokens = {
      guest: undefined,
      owner: await customerToken(OWNER),
      stranger: await customerToken(STRANGER),
      staff: await staffToken(),
    };
  });

  async function send(row: Row, viewer: ViewerKind, cartId: string, other: string, token = tokens[viewer]) {
    const { method, path, body } = row.call(cartId, other);
    const response = await fetch(`${api.app.url}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      challenge: response.headers.get('www-authenticate'),
      text: await response.text(),
    };
  }

  /** What a viewer is answered about a cart that never was. It says nothing of its id: all that is hidden is held against one answer. */
  function askForNothing(row: Row) {
    const asked = new Map<string, Promise<Answer>>();
    return (viewer: ViewerKind, other: string): Promise<Answer> => {
      const answer = asked.get(viewer + other) ?? send(row, viewer, randomUUID(), other);
      asked.set(viewer + other, answer);
      return answer;
    };
  }

  const stored = (ids: readonly string[]) =>
    api.app.stores.carts.load(ids, { consistent: true, includeExpired: true });

  it.each(rows.map((row) => [`${row.operation} ${row.as ?? ''}`, row] as const))('%s', async (_name, row) => {
    const now = Date.now();
    const made: Cart[] = [];
    const make = (cart: Cart | undefined): string => {
      if (cart) made.push(cart);
      return cart?.id ?? randomUUID();
    };
    const cells = viewers.flatMap((viewer) =>
      Object.entries(row.noCart ? noCart : cartKinds).map(([name, kind]) => ({
        viewer,
        kind,
        what: `${viewer}, ${name}`,
        id: make(kind.make?.(now)),
        other: row.needsOther ? make(newCart(now)) : '',
      })),
    );
    await api.app.stores.carts.commit(made.map((after) => ({ after })));
    const ofNothing = askForNothing(row);
    const ids = cells.map(({ id }) => id);
    const before = await stored(ids);
    const seen = await Promise.all(
      cells.map(async ({ viewer, id, other }) => {
        const answer = await send(row, viewer, id, other);
        const verdict = row.operation.includes(' ') ? judgeRest(answer) : judge(answer);
        if (verdict !== 'shown') expect(answer).toEqual(await ofNothing(viewer, other));
        return verdict;
      }),
    );
    const after = await stored(ids);
    expect(Object.fromEntries(cells.map(({ what }, at) => [what, seen[at]]))).toEqual(
      Object.fromEntries(cells.map(({ what, viewer, kind }) => [what, expected(row, viewer, kind)])),
    );
    // Who sees nothing has changed nothing.
    const unchanged = (carts: typeof before) => carts.filter((_, at) => seen[at] !== 'shown');
    expect(unchanged(after)).toEqual(unchanged(before));
  });

  it('a token that is not to be believed gets nobody anywhere', async () => {
    const guests = newCart(Date.now());
    const { id } = guests;
    await api.app.stores.carts.commit([{ after: guests }]);
    for (const [what, token] of Object.entries(await strangersTokens(OWNER))) {
      const answers = await Promise.all(rows.map((row) => send(row, 'owner', id, id, token)));
      for (const { status, challenge, text } of answers) {
        expect([status, text], what).toEqual([401, expect.stringContaining('The ')]);
        expect(challenge, what).toMatch(/^Bearer /);
      }
    }
    expect(await stored([id])).toEqual([guests]);
  });
});

/** @throws Error for an answer that is none of the verdicts */
function judge({ status, text }: Answer): Verdict {
  const { data, errors } = JSON.parse(text) as {
    data?: Record<string, unknown> | null;
    errors?: { extensions: { code: string } }[];
  };
  if (errors?.length === 1 && errors[0]?.extensions.code === 'FORBIDDEN') return 'forbidden';
  const [value] = Object.values(data ?? {});
  if (status !== 200 || errors || value === undefined) throw new Error(`An unexpected answer: ${text}`);
  const { userErrors } = (value ?? {}) as { userErrors?: { code: string }[] };
  const isNotFound = userErrors?.some(({ code }) => code === 'CART_NOT_FOUND') ?? false;
  const isNothing = value === null || (Array.isArray(value) && value[0] === null);
  if (isNotFound && (value as { cart?: unknown }).cart != null && !('sourceCart' in (value as object))) {
    throw new Error(`The answer shows the cart that it denies: ${text}`);
  }
  return isNotFound || isNothing ? 'hidden' : 'shown';
}

function judgeRest({ status, text }: Answer): Verdict {
  if (status === 404 && text === '{"message":"There is no such cart."}') return 'hidden';
  if (status === 403) return 'forbidden';
  if (status < 300 || status === 409 || status === 400) return 'shown';
  throw new Error(`An unexpected answer: ${status} ${text}`);
}
