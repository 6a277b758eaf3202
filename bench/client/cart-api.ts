/** The cart service as a client of its GraphQL API sees it. Every method rejects with a RequestFailed when the answer is not a success. */
import { openHttpClient, type HttpClient } from '../load/http-client.ts';

const CART_FIELDS = `id customerId status version itemCount totalAmount { amount currency } createdAt updatedAt expiresAt
  items { id productId productName unitPrice { amount } quantity lineTotal { amount } }`;
const PAYLOAD = `{ cart { ${CART_FIELDS} } userErrors { code message } }`;

const DOCUMENTS = {
  CreateCart: `mutation CreateCart($input: CreateCartInput!) { createCart(input: $input) ${PAYLOAD} }`,
  AddCartItems: `mutation AddCartItems($input: AddCartItemsInput!) { addCartItems(input: $input) ${PAYLOAD} }`,
  UpdateCartItems: `mutation UpdateCartItems($input: UpdateCartItemsInput!) { updateCartItems(input: $input) ${PAYLOAD} }`,
  MergeCarts: `mutation MergeCarts($input: MergeCartsInput!) { mergeCarts(input: $input) ${PAYLOAD} }`,
  Cart: `query Cart($id: ID!) { cart(id: $id) { ${CART_FIELDS} } }`,
  CustomerCarts: `query CustomerCarts($customerId: ID!, $first: Int!) { customerCarts(customerId: $customerId, first: $first) {
    nodes { ${CART_FIELDS} } pageInfo { hasNextPage endCursor } } }`,
  Products: `query Products($first: Int!, $after: String) { products(first: $first, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`,
} as const;

export interface CartAnswer {
  readonly id: string;
  readonly version: number;
  readonly itemCount: number;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

export interface ItemInput {
  readonly productId: string;
  readonly quantity: number;
}

export interface CartApi {
  createCart(input: { customerId?: string; items?: readonly ItemInput[] }): Promise<CartAnswer>;
  addItems(cartId: string, items: readonly ItemInput[]): Promise<CartAnswer>;
  updateItems(cartId: string, items: readonly ItemInput[]): Promise<CartAnswer>;
  /** Moves the items of the source into the target. */
  mergeCarts(sourceCartId: string, targetCartId: string): Promise<CartAnswer>;
  /** Undefined where the service answers null. */
  findCart(id: string): Promise<CartAnswer | undefined>;
  customerCarts(customerId: string, first?: number): Promise<CartAnswer[]>;
  /** Ids of the catalogue's first products, at most `count`. */
  productIds(count: number): Promise<string[]>;
  /** The `store` of GET /health, or undefined when there is none. */
  storeName(): Promise<string | undefined>;
  close(): void;
}

interface Payload {
  readonly cart: CartAnswer | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}
interface ProductPage {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** An answer that is not what was asked for. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  /** Of HTTP. */
  readonly status: number;
  constructor(operation: string, status: number, message: string) {
    super(`${operation}: ${message}`);
    this.status = status;
  }
}

async function send<T>(client: HttpClient, operation: keyof typeof DOCUMENTS, variables: object): Promise<T> {
  const request = { operationName: operation, query: DOCUMENTS[operation], variables };
  const { status, body } = await client.request('POST', '/graphql', request);
  let answer: { data?: Record<string, unknown> | null; errors?: readonly { message: string }[] };
  try {
    answer = JSON.parse(body) as typeof answer;
  } catch {
    throw new RequestFailed(operation, status, `status ${status}, not JSON: ${body.slice(0, 100)}`);
  }
  const [field] = Object.values(answer.data ?? {});
  if (answer.errors !== undefined || field === undefined) {
    const why = answer.errors?.[0]?.message ?? 'no data';
    throw new RequestFailed(operation, status, `status ${status}: ${why}`);
  }
  return field as T;
}

function expectCart(operation: string, payload: Payload | null): CartAnswer {
  const [error] = payload?.userErrors ?? [];
  if (error !== undefined) throw new RequestFailed(operation, 200, `${error.code}: ${error.message}`);
  if (!payload?.cart) throw new RequestFailed(operation, 200, 'no cart in the answer');
  return payload.cart;
}

/** @param baseUrl the service's address without /graphql */
export function openCartApi(baseUrl: string): CartApi {
  const client = openHttpClient(baseUrl);
  const change = async (operation: keyof typeof DOCUMENTS, input: object) =>
    expectCart(operation, await send<Payload | null>(client, operation, { input }));
  return {
    createCart: (input) => change('CreateCart', input),
    addItems: (cartId, items) => change('AddCartItems', { cartId, items }),
    updateItems: (cartId, items) => change('UpdateCartItems', { cartId, items }),
    mergeCarts: (sourceCartId, targetCartId) => change('MergeCarts', { sourceCartId, targetCartId }),
    findCart: async (id) => (await send<CartAnswer | null>(client, 'Cart', { id })) ?? undefined,
    async customerCarts(customerId, first = 20) {
      return (await send<{ nodes: CartAnswer[] }>(client, 'CustomerCarts', { customerId, first })).nodes;
    },
    async productIds(count) {
      const ids: string[] = [];
      let after: string | null = null;
      do {
        const first = Math.min(100, count - ids.length);
        const page: ProductPage = await send(client, 'Products', { first, after });
        ids.push(...page.nodes.map(({ id }) => id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null && ids.length < count);
      return ids;
    },
    async storeName() {
      const { status, body } = await client.request('GET', '/health');
      if (status !== 200) throw new Error(`GET /health: status ${status}`);
      const { store } = JSON.parse(body) as { store?: string };
      return store;
    },
    close: client.close,
  };
}
