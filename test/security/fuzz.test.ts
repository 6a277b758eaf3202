/**
 * FUZZ_REQUESTS says how many requests each store gets, and more until each kind of answer was met; FUZZ_SEED repeats an earlier run: a
 * failure prints its seed.
 */
import { Agent, request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Cart } from '../../src/cart/cart.ts';
import { openApi, present } from '../api/api-client.ts';
import { item, newCart } from '../support/carts.ts';
import { product } from '../support/memory-catalog.ts';
import { storeTypes } from '../support/test-app.ts';
import { fuzzRequests } from './fuzz-requests.ts';
import type { FuzzRequest } from './fuzz-values.ts';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 300);
const SEED = process.env['FUZZ_SEED'];
/**
 * Once more as many, while a status has not been met, until there have been so many. One request in ninety gets a 204, the rarest: 300 miss
 * it in one run of thirty, 3,000 in one of 10^14.
 */
const MOST_REQUESTS = Math.max(3_000, REQUESTS);
/** A fuzzer whose requests are all refused at the door tests nothing. */
const STATUSES = [200, 201, 204, 400, 404, 405, 415];
/** Requests at one time, each with carts of its own. */
const LANES = 8;

interface Answer {
  readonly status: number;
  readonly text: string;
}

describe.each(storeTypes)('generated requests on %s', (type) => {
  const api = openApi(type, { products: 8 });
  const agent = new Agent({ keepAlive: true });
  afterAll(() => {
    agent.destroy();
  });
  const seen = new Map<number, number>();

  function send({ method, path, headers, body }: FuzzRequest): Promise<Answer> {
    const { hostname, port } = new URL(api.app.url);
    return new Promise((resolve, reject) => {
      const request = httpRequest({ agent, hostname, port, method, path, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(method === 'TRACE' || method === 'GET' || method === 'HEAD' ? undefined : body);
    });
  }

  const load = (ids: readonly string[]) =>
    api.app.stores.carts.load(ids, { consistent: true, includeExpired: true });

  /** The carts that each lane's requests are about; one that was changed makes way for a new one. */
  const lanes: Cart[][] = Array.from({ length: LANES }, () => []);

  async function refill(lane: Cart[]): Promise<Cart[]> {
    const now = Date.now();
    const fresh = [
      () => newCart(now, { items: [item(1, 2), item(2)] }),
      () =>
        newCart(now, {
          customerId: '1',
          note: 'x',
          items: [item(3), item('SKU-1'), item('SKU-1', 2, [{ key: 'engraving', value: 'ü' }])],
        }),
      () => newCart(now),
    ];
    for (const [index, make] of fresh.entries()) {
      if (lane[index]?.version === 1) continue;
      const after = make();
      await api.app.stores.carts.commit([{ after }]);
      lane[index] = after;
    }
    return [...lane];
  }

  /** Sends the request about the lane's carts, and holds what became of them against the answer. */
  async function check(request: FuzzRequest, lane: Cart[]): Promise<void> {
    const before = await refill(lane);
    const ids = before.map((cart) => cart.id);
    const fill = (text: string) => text.replace(/@([012])/g, (_, index: string) => ids[Number(index)] ?? '');
    const { body } = request;
    const answer = await send({
      ...request,
      path: fill(request.path),
      ...(body !== undefined && { body: fill(body) }),
    });
    seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);

    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain('INTERNAL_SERVER_ERROR');
    const after = await load(ids);
    const changes = before.reduce((sum, cart, index) => {
      const now = present(after[index]);
      if (now.version === cart.version) expect(withoutLog(now)).toEqual(withoutLog(cart));
      lane[index] = now;
      return sum + now.version - cart.version;
    }, 0);
    const { least, most } = admittedChanges(request, answer);
    const story = `${changes} changes, but ${answer.status}: ${answer.text}`;
    expect(changes, story).toBeGreaterThanOrEqual(least);
    expect(changes, story).toBeLessThanOrEqual(most);
  }

  it(`are refused or carried out, and answered as they were: ${REQUESTS} of them`, async () => {
    const first = Number(SEED ?? Math.floor(Math.random() * 2 ** 31));
    const runs = Math.ceil(REQUESTS / LANES);
    const missing = () => STATUSES.filter((status) => !seen.has(status));
    const atOnce = fc.array(fuzzRequests, { minLength: LANES, maxLength: LANES });
    const property = fc.asyncProperty(atOnce, async (requests) => {
      await Promise.all(requests.map((request, index) => check(request, present(lanes[index]))));
    });
    for (let turn = 0; turn === 0 || (missing().length > 0 && turn * REQUESTS < MOST_REQUESTS); turn += 1)
      await fc.assert(property, { numRuns: runs, seed: first + turn });
    // A request may have withdrawn it, or changed its price.
    await api.app.sell(product(1));
    const { id } = await api.create({ items: [{ productId: 1, quantity: 1 }] });
    expect(await api.get(id)).toMatchObject({ itemCount: 1 });
    expect(missing(), `FUZZ_SEED=${first}`).toEqual([]);
  }, 600_000);
});

/** What a database returns is the same but for the kind of its bytes. */
function withoutLog(cart: Cart | undefined): unknown {
  return cart && { ...cart, changes: [...cart.changes] };
}

/** Mutations of no cart that was there. */
const changeNone = new Set(['createCart', 'upsertProducts', 'withdrawProducts']);

/** How many changes of the carts that were there before the answer tells of; it need not say which of them were refused. */
function admittedChanges(
  { method, path }: FuzzRequest,
  { status, text }: Answer,
): Record<'least' | 'most', number> {
  if (method !== 'POST' || status >= 300) return { least: 0, most: 0 };
  if (!path.startsWith('/graphql')) {
    const change = path === '/shopping-carts' ? 0 : 1;
    return { least: change, most: change };
  }
  const { data } = JSON.parse(text) as { data?: Record<string, Payload | null> | null };
  const payloads = Object.entries(data ?? {}).flatMap(([name, payload]) => {
    const changes = changeNone.has(name) ? 0 : payload && 'sourceCart' in payload ? 2 : 1;
    const mayHaveChanged = payload !== null && (payload.userErrors ?? []).length === 0;
    return mayHaveChanged ? [{ changes, isCertain: payload.userErrors !== undefined }] : [];
  });
  const sum = (of: typeof payloads) => of.reduce((sum, { changes }) => sum + changes, 0);
  return { least: sum(payloads.filter(({ isCertain }) => isCertain)), most: sum(payloads) };
}

interface Payload {
  readonly userErrors?: readonly unknown[];
}
