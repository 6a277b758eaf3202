/** What the rows of the error table are made with: requests whose answers become one line, and carts in every state. */
import { randomUUID } from 'node:crypto';
import { SECRET, type Circumstance, type Circumstances } from '../support/circumstances.ts';
import { createRestCart, createRestClient, type RestRequest } from '../support/rest-client.ts';

export type ErrorTools = ReturnType<typeof createErrorTools>;

type Body =
  { errors?: { extensions: { code: string } }[]; data?: Record<string, Payload> | null } | undefined;
type Payload = { userErrors?: { code: string }[] } | null;

export function createErrorTools(service: Circumstances) {
  return {
    ...createRequests(service.url('normal')),
    as: (circumstance: Circumstance) => createRequests(service.url(circumstance)),
    ...createCarts(service),
  };
}

function createRequests(url: string) {
  const rest = createRestClient(url);

  async function request(method: string, path: string, body?: string, type = 'application/json') {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': type },
      ...(body !== undefined && { body }),
    });
    return describeAnswer(path, response.status, await response.text());
  }
  const graphql = (query: string, variables: object = {}) =>
    request('POST', '/graphql', JSON.stringify({ query, variables }));
  const sendRest = async (method: string, path: string, options?: RestRequest) => {
    const { status, text } = await rest(method, path, options);
    return describeAnswer(path, status, text);
  };
  return {
    request,
    post: (path: string, body: string, type?: string) => request('POST', path, body, type),
    graphql,
    mutate(field: string, input: object) {
      const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
      return graphql(`mutation($input: ${type}!) { ${field}(input: $input) { userErrors { code } } }`, {
        input,
      });
    },
    rest: sendRest,
    add: (cartId: string, body: object, options: RestRequest = {}) =>
      sendRest('POST', `/shopping-carts/${cartId}/items`, { body, ...options }),
  };
}

/** Of the errors that refuse a request; with all others it was answered. */
const statuses: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  OPERATION_LIMIT_EXCEEDED: 400,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
};

/** What an answer comes to, as the table has it. */
function describeAnswer(path: string, status: number, text: string): string {
  if (text.includes(SECRET)) throw new Error('The answer tells a secret');
  const body = (text === '' ? undefined : JSON.parse(text)) as Body;
  if (path !== '/graphql') return status < 300 ? 'accepted' : String(status);
  if (body?.errors) {
    const code = body.errors[0]?.extensions.code ?? '';
    if (status !== (statuses[code] ?? 200)) throw new Error(`The status is ${status}: ${text}`);
    return `error \`${code}\``;
  }
  if (!body?.data) return `HTTP ${status}`;
  if (status !== 200) throw new Error(`The status is ${status}: ${text}`);
  const [payload] = Object.values(body.data);
  const code = payload?.userErrors?.[0]?.code;
  return code === undefined ? (payload === null ? '`null`' : 'accepted') : `user error \`${code}\``;
}

/** Carts in the states that the rows need. Each function makes a new one and returns its id. */
function createCarts({ app }: Circumstances) {
  const rest = createRestClient(app.url);
  const cart = (items: [number, number][] = [], customer?: number) =>
    createRestCart(rest, customer === undefined ? {} : { customer_id: customer }, items);

  async function mutate(text: string, variables: object = {}): Promise<string> {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text.replace('{', '{ change:'), variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: { change: { userErrors: unknown[]; cart?: { id: string } } };
      errors?: unknown;
    };
    if (!data || data.change.userErrors.length > 0) throw new Error(JSON.stringify({ data, errors }));
    return data.change.cart?.id ?? '';
  }
  const remove = (id: string) =>
    mutate(`mutation { deleteCart(input: { cartId: "${id}" }) { userErrors { code } } }`);

  return {
    cart,
    async deleted() {
      const id = await cart();
      await remove(id);
      return id;
    },
    async keyOfDeleted() {
      const key = randomUUID();
      await remove(
        await mutate(
          `mutation { createCart(input: { idempotencyKey: "${key}" }) { userErrors { code } cart { id } } }`,
        ),
      );
      return key;
    },
    async expired() {
      const id = await cart();
      app.time.ahead += 8 * 86_400_000;
      return id;
    },
    async changedBy(key: string) {
      const id = await cart();
      await rest('POST', `/shopping-carts/${id}/items`, {
        body: { product_id: 1, quantity: 1 },
        headers: { 'idempotency-key': key },
      });
      return id;
    },
    async checkedOut() {
      const id = await cart([[1, 1]]);
      await rest('POST', `/shopping-carts/${id}/checkout`);
      return id;
    },
    async merged() {
      const [source, target] = [await cart([[1, 1]]), await cart()];
      await mutate(
        `mutation { mergeCarts(input: { sourceCartId: "${source}", targetCartId: "${target}" }) { userErrors { code } } }`,
      );
      return source;
    },
    /** 500 different products. */
    full() {
      const items = Array.from({ length: 500 }, (_, index) => ({ productId: index + 1, quantity: 1 }));
      const text = 'createCart(input: { items: $items }) { userErrors { code } cart { id } }';
      return mutate(`mutation ($items: [AddCartItemInput!]) { ${text} }`, { items });
    },
    /** Product 3 is in it, and has another price now. */
    async priceChanged() {
      const id = await cart([[3, 1]]);
      const [product] = await app.stores.catalog.findMany(['3']);
      if (!product) throw new Error('Product 3 is not sold');
      await app.sell({ ...product, price: { ...product.price, amount: product.price.amount + 1 } });
      return id;
    },
  };
}
