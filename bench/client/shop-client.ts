/** The few requests of the 150-operation test, over REST or GraphQL, with their HTTP status. */
import { openHttpClient, type HttpClient } from '../load/http-client.ts';
import { openCartApi, RequestFailed, type CartApi } from './cart-api.ts';

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
  close(): void;
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
    close: http.close,
  };
}

/** What a request over GraphQL answered; one without an answer rejects. */
async function answerOf<T>(sent: Promise<T>, read: (result: T) => Partial<ShopAnswer>): Promise<ShopAnswer> {
  try {
    return { status: 200, ok: true, ...read(await sent) };
  } catch (error) {
    if (error instanceof RequestFailed) return { status: error.status, ok: false };
    throw error;
  }
}

function graphqlClient(api: CartApi): ShopClient {
  return {
    createCart: (customerId) =>
      answerOf(api.createCart({ customerId: String(customerId) }), ({ id }) => ({ cartId: id })),
    addItem: (cartId, productId, quantity) =>
      answerOf(api.addItems(cartId, [{ productId: String(productId), quantity }]), () => ({})),
    getCart: (cartId) =>
      answerOf(api.findCart(cartId), (cart) => ({ ok: cart !== undefined, found: sizeOf(cart?.items) })),
    listCarts: (customerId) =>
      answerOf(api.customerCarts(String(customerId)), (carts) => ({ found: carts.length })),
    close: api.close,
  };
}

/** @param host the service's address, such as http://127.0.0.1:4000 */
export function openShopClient(host: string, api: 'rest' | 'graphql'): ShopClient {
  return api === 'rest' ? restClient(openHttpClient(host)) : graphqlClient(openCartApi(host));
}
