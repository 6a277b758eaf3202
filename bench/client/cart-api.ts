/** The cart service as a client sees it: requests as they go over the wire, their answers read, and both as promises. */
import { openConnections, type Connections } from '../load/connections.ts';

const CART = `{ id customerId status version itemCount createdAt updatedAt expiresAt totalAmount { amount currency }
  items { id productId productName quantity unitPrice { amount currency } lineTotal { amount currency } } }`;
const PAYLOAD = `{ userErrors { code message } cart ${CART} }`;

const DOCUMENTS = {
  CreateCart: `mutation CreateCart($input: CreateCartInput!) { createCart(input: $input) ${PAYLOAD} }`,
  AddCartItems: `mutation AddCartItems($input: AddCartItemsInput!) { addCartItems(input: $input) ${PAYLOAD} }`,
  UpdateCartItems: `mutation UpdateCartItems($input: UpdateCartItemsInput!) { updateCartItems(input: $input) ${PAYLOAD} }`,
  MergeCarts: `mutation MergeCarts($input: MergeCartsInput!) { mergeCarts(input: $input) ${PAYLOAD} }`,
  Cart: `query Cart($id: ID!) { cart(id: $id) ${CART} }`,
  CustomerCarts: `query CustomerCarts($customerId: ID!, $first: Int!) { customerCarts(customerId: $customerId, first: $first) {
    nodes ${CART} pageInfo { hasNextPage endCursor } } }`,
  Products: `query Products($first: Int!, $after: String) { products(first: $first, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`,
} as const;
type OperationName = keyof typeof DOCUMENTS;

/** Bearer token for every request; an environment variable, since arguments can be read by every user of a machine. */
const TOKEN_VARIABLE = 'BENCH_TOKEN';

export interface ItemInput {
  readonly productId: string;
  readonly quantity: number;
}

/**
 * Requests as bytes, for one server.
 * @param baseUrl origin, with or without a path in front of the service's own
 * @param path of GraphQL
 * @param suffix makes the texts differ from those of other clients, in the operation's name
 */
export function createRequests(baseUrl: string, path = '/graphql', suffix = '') {
  const { host, pathname } = new URL(baseUrl);
  const token = process.env[TOKEN_VARIABLE] ?? '';
  const headers = { host, ...(token === '' ? {} : { authorization: `Bearer ${token}` }) };
  /** Any request beside GraphQL. */
  const plain = (method: 'GET' | 'POST', at: string, body?: unknown) => {
    const json = body === undefined ? '' : JSON.stringify(body);
    const ofBody = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(json)) };
    const all = { ...headers, accept: 'application/json', ...(json === '' ? {} : ofBody) };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    const target = pathname.replace(/\/+$/, '') + at;
    return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${json}`);
  };
  const ask = (name: OperationName, variables: object) => {
    const query = DOCUMENTS[name].replace(`${name}(`, `${name}${suffix}(`);
    return plain('POST', path, { operationName: name + suffix, query, variables });
  };
  return {
    plain,
    create: (input: { customerId?: string; items?: readonly ItemInput[] }) => ask('CreateCart', { input }),
    add: (cartId: string, items: readonly ItemInput[]) => ask('AddCartItems', { input: { cartId, items } }),
    update: (cartId: string, items: readonly ItemInput[]) =>
      ask('UpdateCartItems', { input: { cartId, items } }),
    merge: (sourceCartId: string, targetCartId: string) =>
      ask('MergeCarts', { input: { sourceCartId, targetCartId } }),
    get: (id: string) => ask('Cart', { id }),
    history: (customerId: string, first = 20) => ask('CustomerCarts', { customerId, first }),
    products: (first: number, after: string | null) => ask('Products', { first, after }),
  };
}
export type CartRequests = ReturnType<typeof createRequests>;

export interface CartAnswer {
  readonly id: string;
  readonly version: number;
  readonly itemCount: number;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

/** The only field of an answer's data. @throws Error with what the service says when there is none */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the service answers in the shape of the document
export function readField<T>(body: string): T {
  let answer: { data?: Record<string, unknown> | null; errors?: readonly { message: string }[] };
  try {
    answer = JSON.parse(body) as typeof answer;
  } catch {
    throw new Error(`not JSON: ${body.slice(0, 100)}`);
  }
  const [field] = Object.values(answer.data ?? {});
  if (answer.errors !== undefined || field === undefined)
    throw new Error(answer.errors?.[0]?.message ?? 'no data');
  return field as T;
}

interface Payload {
  readonly cart: CartAnswer | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

/** The cart that a change answered with. @throws Error for a refusal */
export function readChange(body: string): CartAnswer {
  const payload = readField<Payload | null>(body);
  const [error] = payload?.userErrors ?? [];
  if (error !== undefined) throw new Error(`${error.code}: ${error.message}`);
  if (!payload?.cart) throw new Error('no cart in the answer');
  return payload.cart;
}

/** One request as a promise. */
export const exchange = ({ send }: Connections, request: Buffer) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    send(request, (error, status, body) => {
      if (error) reject(error);
      else resolve({ status, body: body.toString() });
    });
  });
export type HttpAnswer = Awaited<ReturnType<typeof exchange>>;

interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Every method rejects when the answer is not a success. @param baseUrl the service's address without /graphql */
export function openCartApi(baseUrl: string) {
  const requests = createRequests(baseUrl);
  const connections = openConnections(new URL(baseUrl));
  const ask = async <T>(request: Buffer, read: (body: string) => T): Promise<T> => {
    const { status, body } = await exchange(connections, request);
    if (status !== 200 && !body.startsWith('{')) throw new Error(`status ${status}: ${body.slice(0, 100)}`);
    return read(body);
  };
  const change =
    <A extends unknown[]>(make: (...input: A) => Buffer) =>
    (...input: A): Promise<CartAnswer> =>
      ask(make(...input), readChange);
  return {
    requests,
    connections,
    createCart: change(requests.create),
    addItems: change(requests.add),
    updateItems: change(requests.update),
    mergeCarts: change(requests.merge),
    /** Undefined where the service answers null. */
    findCart: async (id: string) => (await ask(requests.get(id), readField<CartAnswer | null>)) ?? undefined,
    customerCarts: async (customerId: string, first?: number) =>
      (await ask(requests.history(customerId, first), readField<Page<CartAnswer>>)).nodes,
    /** Ids of the catalogue's first products, at most `count`. */
    async productIds(count: number) {
      const ids: string[] = [];
      for (let after: string | null | undefined; after !== null && ids.length < count;) {
        const request = requests.products(Math.min(100, count - ids.length), after ?? null);
        const page: Page<{ id: string }> = await ask(request, readField<Page<{ id: string }>>);
        ids.push(...page.nodes.map(({ id }) => id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      }
      return ids;
    },
    /** The `store` of GET /health, or undefined when there is none. */
    storeName: () =>
      ask(requests.plain('GET', '/health'), (body) => (JSON.parse(body) as { store?: string }).store),
    close: connections.close,
  };
}
export type CartApi = ReturnType<typeof openCartApi>;
