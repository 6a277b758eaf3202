/**
 * A server that answers the comparison's requests from memory, with a delay that is known: the yardstick against
 * which the measuring instrument is tested. It says nothing about the service.
 *
 * Arguments: --delay-ms N (before each answer), --stale-ms N (reads see carts as they were so long ago), --token TEXT
 * (requests without it are refused).
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    'delay-ms': { type: 'string', default: '0' },
    'stale-ms': { type: 'string', default: '0' },
    token: { type: 'string' },
  },
});
const delayMs = Number(values['delay-ms']);
const staleMs = Number(values['stale-ms']);

interface Item {
  productId: string;
  quantity: number;
}
interface Cart {
  id: string;
  customerId: string;
  version: number;
  itemCount: number;
  items: Item[];
}
interface Input extends Partial<Record<'customerId' | 'cartId', string>> {
  items?: Item[];
}

/** Every state of a cart with the time it was written, so that a read may be served from the past. */
const states = new Map<string, { at: number; cart: Cart }[]>();
const byCustomer = new Map<string, string[]>();

function visible(id: string): Cart | null {
  const horizon = performance.now() - staleMs;
  return states.get(id)?.findLast(({ at }) => at <= horizon)?.cart ?? null;
}

function write(cart: Omit<Cart, 'itemCount'>) {
  const itemCount = cart.items.reduce((sum, { quantity }) => sum + quantity, 0);
  const state = { at: performance.now(), cart: { ...cart, itemCount } };
  states.set(cart.id, [...(states.get(cart.id) ?? []).slice(-20), state]);
  return { cart: state.cart, userErrors: [] };
}

function change(input: Input, apply: (old: number | undefined, given: number) => number) {
  const current = states.get(input.cartId ?? '')?.at(-1)?.cart;
  if (current === undefined)
    return { cart: null, userErrors: [{ code: 'CART_NOT_FOUND', message: 'no such cart' }] };
  const items = new Map(current.items.map((item) => [item.productId, item.quantity]));
  for (const { productId, quantity } of input.items ?? []) {
    items.set(productId, apply(items.get(productId), quantity));
  }
  return write({
    ...current,
    version: current.version + 1,
    items: [...items].map(([productId, quantity]) => ({ productId, quantity })),
  });
}

const operations: Record<string, (variables: Record<string, unknown>) => unknown> = {
  CreateCart({ input }) {
    const { customerId = '', items = [] } = input as Input;
    const id = randomUUID();
    byCustomer.set(customerId, [id, ...(byCustomer.get(customerId) ?? [])]);
    return write({ id, customerId, version: 1, items });
  },
  AddCartItems: ({ input }) => change(input as Input, (old = 0, given) => old + given),
  UpdateCartItems: ({ input }) => change(input as Input, (_, given) => given),
  Cart: ({ id }) => visible(String(id)),
  CustomerCarts({ customerId, first }) {
    const carts = (byCustomer.get(String(customerId)) ?? []).map(visible).filter((cart) => cart !== null);
    return { nodes: carts.slice(0, Number(first)), pageInfo: { hasNextPage: false, endCursor: null } };
  },
  Products: () => ({
    nodes: Array.from({ length: 60 }, (_, i) => ({ id: String(i + 1) })),
    pageInfo: { hasNextPage: false, endCursor: null },
  }),
};

interface RestBody {
  customer_id?: number;
  product_id?: number;
  quantity?: number;
}

/** The REST routes; product 1000 does not exist here, so that a failure can be seen. */
function rest(url: string, body: RestBody): { status: number; result?: unknown } {
  const [, first, id = '', rest] = url.split(/[/?]/);
  if (first === 'customers') {
    return { status: 200, result: { shopping_carts: (byCustomer.get(id) ?? []).map(visible).slice(0, 20) } };
  }
  if (id === '') {
    const { cart } = operations.CreateCart?.({ input: { customerId: String(body.customer_id) } }) as {
      cart: Cart;
    };
    return { status: 201, result: { shopping_cart_id: cart.id } };
  }
  if (rest === 'items') {
    if (body.product_id === 1000) return { status: 404, result: { message: 'no such product' } };
    const items = [{ productId: String(body.product_id), quantity: body.quantity ?? 0 }];
    operations.AddCartItems?.({ input: { cartId: id, items } });
    return { status: 204 };
  }
  const cart = visible(id);
  return cart === null ? { status: 404, result: { message: 'no such cart' } } : { status: 200, result: cart };
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = () => {
      response.setHeader('content-type', 'application/json');
      if (values.token !== undefined && request.headers.authorization !== `Bearer ${values.token}`) {
        response.statusCode = 401;
        response.end('{"message":"no token"}');
        return;
      }
      if (request.url === '/health') {
        response.end('{"status":"healthy","store":"stand-in"}');
        return;
      }
      if (!request.url?.startsWith('/graphql')) {
        const body = Buffer.concat(chunks).toString();
        const { status, result } = rest(request.url ?? '', body === '' ? {} : (JSON.parse(body) as RestBody));
        response.statusCode = status;
        response.end(result === undefined ? undefined : JSON.stringify(result));
        return;
      }
      const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        operationName: string;
        variables: Record<string, unknown>;
      };
      response.end(JSON.stringify({ data: { [operationName]: operations[operationName]?.(variables) } }));
    };
    if (delayMs > 0) setTimeout(answer, delayMs);
    else answer();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? (address?.port ?? '') : ''}\n`);
});
// The parent keeps standard input open; when it goes, however it ends, so does this process.
process.stdin.on('close', () => process.exit(0)).resume();
