/** A client whose requests are answered by a function, on a clock of the test's own. */
import { createCartClient, type Cart, type CartClientOptions } from '../../client/src/index.ts';
import { bodyOf } from './tabs.ts';

export const cart: Cart = {
  id: '0c0e0a00-0000-4000-8000-00000000abcd',
  customerId: null,
  status: 'ACTIVE',
  version: 1,
  note: null,
  attributes: [],
  itemCount: 0,
  totalAmount: { amount: '0.00', currency: 'USD' },
  items: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
  orderId: null,
  mergedIntoCartId: null,
};

/** Another one, of a customer. */
export const customers: Cart = {
  ...cart,
  id: '0c0e0a00-0000-4000-8000-00000000cccc',
  customerId: 'ada',
};

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
export const made = (after: Cart) => json({ data: { change: { cart: after, userErrors: [] } } });
export const refused = (code: string, after: Cart | null = null) =>
  json({ data: { change: { cart: after, userErrors: [{ code, message: 'So it is.', field: null }] } } });
/** What `load` is answered: the customer's cart, or nobody's and the guest's. */
export const current = (own: Cart | null, guests: Cart | null = null) =>
  json({ data: { viewer: { kind: own ? 'CUSTOMER' : 'GUEST', cart: own }, cart: guests } });

export interface Asked {
  /** "AddCartItems" */
  readonly operation: string;
  readonly cartId: string | undefined;
  /** Whether `load` asks for a guest's cart besides. */
  readonly isKept: boolean;
  readonly authorization: string | null;
}

/** @param answer to each request; a thrown error is a lost connection */
export function openScripted(
  answer: (asked: Asked, count: number) => Response | Promise<Response>,
  options: Partial<CartClientOptions> = {},
) {
  let clock = 0;
  const asked: Asked[] = [];
  const client = createCartClient({
    url: 'http://carts.test/graphql',
    storage: null,
    channel: null,
    deadline: 20_000,
    now: () => clock,
    random: () => 1,
    async wait(milliseconds) {
      clock += milliseconds;
      await turn();
    },
    async fetch(_, init) {
      const { query, variables } = JSON.parse(bodyOf(init)) as {
        query: string;
        variables: { input?: { cartId?: string }; kept?: boolean };
      };
      const operation = /(?:mutation|query) (\w+)/.exec(query)?.[1] ?? '';
      const authorization = new Headers(init?.headers).get('authorization');
      asked.push({
        operation,
        cartId: variables.input?.cartId,
        isKept: variables.kept === true,
        authorization,
      });
      return answer(asked.at(-1) as Asked, asked.length);
    },
    ...options,
  });
  return { client, asked, operations: () => asked.map(({ operation }) => operation) };
}

/** Until all that is ready has run. */
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A promise, and what resolves it. */
export function gate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return {
    passed,
    open: () => {
      open();
    },
  };
}
