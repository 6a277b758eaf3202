/** The few requests of the 150-operation test, over REST or GraphQL, with their HTTP status. */
import { openHttpClient, type HttpAnswer, type HttpClient } from '../load/http-client.ts';

export interface ShopAnswer {
  readonly status: number;
  readonly ok: boolean;
  /** The cart's id, where the request makes one. */
  readonly cartId?: string;
  /** How many items or carts came back, where the request reads. */
  readonly found?: number;
}

export interface ShopClient {
  createCart(customerId: number): Promise<ShopAnswer>;
  addItem(cartId: string, productId: number, quantity: number): Promise<ShopAnswer>;
  getCart(cartId: string): Promise<ShopAnswer>;
  listCarts(customerId: number): Promise<ShopAnswer>;
  close(): Promise<void>;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Follows property names into parsed JSON; undefined where one is missing. */
function dig(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
}

const sizeOf = (list: unknown): number => (Array.isArray(list) ? list.length : -1);

function restClient(http: HttpClient): ShopClient {
  const path = (id: string) => `/shopping-carts/${encodeURIComponent(id)}`;
  return {
    async createCart(customerId) {
      const { status, body } = await http.request('POST', '/shopping-carts', { customer_id: customerId });
      const cartId = dig(parse(body), 'shopping_cart_id');
      // Some implementations number their carts.
      const usable = typeof cartId === 'string' || typeof cartId === 'number';
      return {
        status,
        ok: [200, 201].includes(status) && usable,
        ...(usable ? { cartId: String(cartId) } : {}),
      };
    },
    async addItem(cartId, productId, quantity) {
      const item = { product_id: productId, quantity };
      const { status } = await http.request('POST', `${path(cartId)}/items`, item);
      return { status, ok: [200, 204].includes(status) };
    },
    async getCart(cartId) {
      const { status, body } = await http.request('GET', path(cartId));
      return { status, ok: status === 200, found: sizeOf(dig(parse(body), 'items')) };
    },
    async listCarts(customerId) {
      const { status, body } = await http.request('GET', `/customers/${customerId}/shopping-carts?limit=20`);
      const answer = parse(body);
      const lists = Array.isArray(answer) ? [answer] : Object.values(answer ?? {}).filter(Array.isArray);
      return { status, ok: status === 200, found: sizeOf(lists[0]) };
    },
    close: () => http.close(),
  };
}

const ITEMS =
  'id customerId itemCount totalAmount { amount } items { productId productName unitPrice { amount } quantity }';
const GRAPHQL = {
  create:
    'mutation C($input: CreateCartInput!) { r: createCart(input: $input) { cart { id } userErrors { code } } }',
  add: 'mutation A($input: AddCartItemsInput!) { r: addCartItems(input: $input) { cart { id } userErrors { code } } }',
  get: `query G($id: ID!) { r: cart(id: $id) { ${ITEMS} } }`,
  list: `query L($id: ID!) { r: customerCarts(customerId: $id, first: 20) { nodes { ${ITEMS} } } }`,
} as const;

function graphqlClient(http: HttpClient): ShopClient {
  const ask = async (query: string, variables: object): Promise<{ status: number; result: unknown }> => {
    const { status, body }: HttpAnswer = await http.request('POST', '/graphql', { query, variables });
    return { status, result: dig(parse(body), 'data', 'r') };
  };
  const accepted = ({ status, result }: { status: number; result: unknown }) =>
    status === 200 && sizeOf(dig(result, 'userErrors')) === 0;
  return {
    async createCart(customerId) {
      const answer = await ask(GRAPHQL.create, { input: { customerId: String(customerId) } });
      const cartId = dig(answer.result, 'cart', 'id');
      return {
        status: answer.status,
        ok: accepted(answer),
        ...(typeof cartId === 'string' ? { cartId } : {}),
      };
    },
    async addItem(cartId, productId, quantity) {
      const items = [{ productId: String(productId), quantity }];
      const answer = await ask(GRAPHQL.add, { input: { cartId, items } });
      return { status: answer.status, ok: accepted(answer) };
    },
    async getCart(cartId) {
      const { status, result } = await ask(GRAPHQL.get, { id: cartId });
      return {
        status,
        ok: status === 200 && sizeOf(dig(result, 'items')) >= 0,
        found: sizeOf(dig(result, 'items')),
      };
    },
    async listCarts(customerId) {
      const { status, result } = await ask(GRAPHQL.list, { id: String(customerId) });
      const found = sizeOf(dig(result, 'nodes'));
      return { status, ok: status === 200 && found >= 0, found };
    },
    close: () => http.close(),
  };
}

/** @param host the service's address, such as http://127.0.0.1:4000 */
export function openShopClient(host: string, api: 'rest' | 'graphql'): ShopClient {
  const http = openHttpClient(host);
  return api === 'rest' ? restClient(http) : graphqlClient(http);
}
