/** A call of a history, sent to a service by GraphQL. */
import type { CartAnswer, CartCall, CartView, Line, Sent } from './cart-calls.ts';

const CART =
  'fragment C on Cart { version status note orderId customerId mergedIntoCartId items { productId quantity attributes { key value } } }';

/** What is asked of each: the field, its input's type, what is asked of the payload beside the refusals. */
const MUTATIONS: Record<Exclude<CartCall['do'], 'read'>, readonly [field: string, asked: string]> = {
  create: ['createCart', 'cart { ...C }'],
  add: ['addCartItems', 'cart { ...C }'],
  set: ['updateCartItems', 'cart { ...C }'],
  replace: ['replaceCartItems', 'cart { ...C }'],
  remove: ['removeCartItems', 'cart { ...C }'],
  note: ['updateCart', 'cart { ...C }'],
  clear: ['clearCart', 'cart { ...C }'],
  delete: ['deleteCart', 'deletedCartId'],
  checkOut: ['checkoutCart', 'cart { ...C }'],
  claim: ['claimCart', 'cart { ...C }'],
  merge: ['mergeCarts', 'cart { ...C } sourceCart { ...C }'],
};

export async function askService(url: string, call: CartCall): Promise<Sent> {
  const reply = await sendGraphQL(url, requestOf(call));
  if (reply.kind !== 'answered') return reply;
  return { kind: 'answered', answer: answerOf(call, reply.data) };
}

export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export type Reply<Data> =
  { readonly kind: 'answered'; readonly data: Data } | Exclude<Sent, { kind: 'answered' }>;

/** After these nobody knows; see docs/errors.md, "Which answers are open". */
const OPEN = new Set(['DEADLINE_EXCEEDED', 'OUTCOME_UNKNOWN']);

/** @throws Error for a request that is wrong, which is a mistake of the test */
export async function sendGraphQL<Data>(
  url: string,
  request: GraphQLRequest,
  headers: Record<string, string> = {},
): Promise<Reply<Data>> {
  let body: { data?: Data; errors?: readonly { message: string; extensions: { code: string } }[] };
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(request),
    });
    body = (await response.json()) as typeof body;
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    return code === 'ECONNREFUSED' ? { kind: 'failed', code } : { kind: 'open' };
  }
  const [error] = body.errors ?? [];
  if (!error) return { kind: 'answered', data: body.data as Data };
  const { code } = error.extensions;
  if (OPEN.has(code)) return { kind: 'open' };
  if (code === 'INTERNAL_SERVER_ERROR' || code === 'OVERLOADED') return { kind: 'failed', code };
  throw new Error(`${code}: ${error.message}`);
}

function requestOf(call: CartCall): GraphQLRequest {
  if (call.do === 'read')
    return { query: `query ($id: ID!) { cart(id: $id) { ...C } } ${CART}`, variables: { id: call.cart } };
  const [field, asked] = MUTATIONS[call.do];
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const fragment = asked.includes('...C') ? CART : '';
  return {
    query: `mutation ($input: ${type}!) { ${field}(input: $input) { ${asked} userErrors { code } } } ${fragment}`,
    variables: { input: inputOf(call) },
  };
}

function inputOf(call: Exclude<CartCall, { do: 'read' }>): Record<string, unknown> {
  const key = call.key === undefined ? {} : { idempotencyKey: call.key };
  if (call.do === 'create') return { ...key, ...(call.lines.length > 0 && { items: call.lines }) };
  const version = call.version;
  if (call.do === 'merge') {
    const { cart, source, strategy } = call;
    return { ...key, sourceCartId: source, targetCartId: cart, strategy, expectedTargetVersion: version };
  }
  const terms = { ...key, cartId: call.cart, expectedVersion: version };
  if (call.do === 'remove') return { ...terms, productIds: call.productIds };
  if (call.do === 'note') return { ...terms, note: call.note };
  if (call.do === 'claim') return { ...terms, customerId: call.customer };
  if (call.do === 'checkOut') return { ...terms, acceptCartPrices: true };
  return 'lines' in call ? { ...terms, items: call.lines } : terms;
}

interface SentCart {
  readonly version: number;
  readonly status: string;
  readonly note: string | null;
  readonly orderId: string | null;
  readonly customerId: string | null;
  readonly mergedIntoCartId: string | null;
  readonly items: readonly Required<Line>[];
}

type Payload = {
  readonly userErrors: readonly { readonly code: string }[];
} & Readonly<Record<'cart' | 'sourceCart', SentCart | null | undefined>>;

function answerOf(call: CartCall, data: unknown): CartAnswer {
  if (call.do === 'read') return { cart: viewOf((data as { cart: SentCart | null }).cart) };
  const payload = (data as Record<string, Payload>)[MUTATIONS[call.do][0]] as Payload;
  const codes = payload.userErrors.map(({ code }) => code);
  if (call.do === 'delete') return { codes };
  return {
    codes,
    cart: viewOf(payload.cart ?? null),
    ...(call.do === 'merge' && { source: viewOf(payload.sourceCart ?? null) }),
  };
}

function viewOf(cart: SentCart | null): CartView | null {
  if (!cart) return null;
  return {
    version: cart.version,
    status: cart.status,
    note: cart.note,
    orderId: cart.orderId,
    customer: cart.customerId,
    mergedInto: cart.mergedIntoCartId,
    lines: cart.items.map(({ productId, quantity, attributes }) => ({
      productId,
      quantity,
      ...(attributes.length > 0 && { attributes }),
    })),
  };
}
