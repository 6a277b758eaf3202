/**
 * No line of the log and no metric has an id of a cart, a token or an argument, whatever was asked and however it failed.
 * LOG_LINES=100000 asks for as many lines, on each store, as a busy quarter of an hour has.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createRegistry } from '../../src/metrics/registry.ts';
import { writeText } from '../../src/metrics/text-format.ts';
import { createFaults, STACK_EVERY } from '../../src/process/faults.ts';
import { createLog } from '../../src/process/log.ts';
import { UncertainCommit, type CartStore } from '../../src/stores/cart-store.ts';
import { DeadlineExceeded } from '../../src/waiting/abortable.ts';
import { openApi } from '../api/api-client.ts';
import type { Stores } from '../../src/stores/open-stores.ts';
import { startDynamoDBProxy, type DynamoDBProxy, type Fault } from '../support/dynamodb-proxy.ts';
import { storeTypes, type StoreType, type TestApp } from '../support/test-app.ts';
import { customerToken, jwtEnv, sign, staffToken, strangersTokens } from '../support/tokens.ts';
import { asRequestIds, MARK, requestsOf } from './marked-requests.ts';

/** Of each store. */
const LINES = Number(process.env['LOG_LINES'] ?? 400);
/** Most of the time a request waits: for its next attempt. */
const AT_ONCE = LINES > 10_000 ? 64 : 8;
/** Milliseconds: ten minutes, and as long again as 100,000 lines took on a busy machine. */
const TIME = 600_000 + 30 * LINES;

/** Lines that show a mistake: each request is sent several times. */
const PLANTED_LINES = 400;

interface Mistake {
  /** The pattern by which the program decides what to hide, as far as it names it, and what it is made to answer. */
  readonly pattern: string;
  readonly answer: boolean;
  /** Whether this is what then leaks. */
  shows(leak: string): boolean;
}

const MISTAKES: Readonly<Record<string, Mistake>> = {
  // Every code of PostgreSQL's counts as one whose messages have no values.
  'strikeValues strikes nothing': { pattern: '^(0[8A]|', answer: true, shows: (leak) => leak === MARK },
  // No digit of a cart's id is found in what a client calls its request.
  'requestIdOf hashes nothing': { pattern: '^[0-9a-f]$', answer: false, shows: (leak) => leak.length >= 32 },
};

/** By hand: a spy would keep each of a million calls. */
function make({ pattern, answer }: Mistake): () => void {
  const real = Object.getOwnPropertyDescriptor(RegExp.prototype, 'test') ?? {};
  const value = function (this: RegExp, text: string) {
    return this.source.startsWith(pattern) ? answer : this.exec(text) !== null;
  };
  Object.defineProperty(RegExp.prototype, 'test', { ...real, value });
  return () => {
    Object.defineProperty(RegExp.prototype, 'test', real);
  };
}

/** An engine behind a proxy that refuses in DynamoDB's name. */
const proxied: Record<string, string> = {};
let proxy: DynamoDBProxy;

beforeAll(async () => {
  proxy = await startDynamoDBProxy(inject('dynamodbEndpoint'));
  proxied['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.endpoint;
});
afterAll(() => proxy.close());

/** Fails now and then, each time in another way, and with what was asked for in its words. */
function failNow(carts: CartStore): CartStore {
  let calls = 0;
  const failure = (id: string) => {
    calls += 1;
    if (calls % 7 === 0) return Object.assign(new Error(`no row for ${id}`), { code: 'XX000', row: { id } });
    if (calls % 11 === 0) return new DeadlineExceeded(7);
    return calls % 13 === 0 ? new UncertainCommit(new Error(`lost ${id}`)) : undefined;
  };
  return {
    ...carts,
    load: (ids, options) => {
      const error = failure(ids[0] ?? '');
      return error ? Promise.reject(error) : carts.load(ids, options);
    },
    commit: (writes, options) => {
      const error = failure(writes[0]?.after.id ?? '');
      return error ? Promise.reject(error) : carts.commit(writes, options);
    },
  };
}

/** Refusals of the databases' own, with values in their words: of a trigger, of a cast, of a check, of a request. */
async function plantRefusals(type: StoreType, { environment }: Stores): Promise<void> {
  if (type === 'dynamodb') {
    const details = { message: `One or more values were invalid: ${MARK} is none` };
    const faults = [...Array(40).keys()].map((n): Fault =>
      n % 10 === 0
        ? { kind: 'refuse', error: n % 20 === 0 ? 'ValidationException' : 'SerializationException', details }
        : { kind: 'alter', request: (body) => body },
    );
    for (const operation of ['GetItem', 'PutItem', 'Query', 'BatchGetItem'])
      for (let n = 0; n < LINES / 100; n += 1) proxy.injectOnce(operation, ...faults);
    return;
  }
  const client = new pg.Client({ connectionString: environment['DATABASE_URL'] });
  await client.connect();
  await client.query(`
    create function refuse() returns trigger language plpgsql as $$ begin
      if new.note like '% raise' then raise exception 'no room for % with %', new.cart_id, new.note; end if;
      if new.note like '% cast' then perform new.note::integer; end if;
      return new;
    end $$;
    create trigger refuse before insert or update on carts for each row execute function refuse();
    alter table carts add constraint planted check (note not like '% check')`);
  await client.end();
}

interface Told {
  readonly lines: readonly string[];
  /** The lines, and the metrics. */
  readonly all: string;
  /** What may be in none of it: what clients wrote, tokens, and ids of carts. */
  readonly secrets: readonly string[];
}

/** What the first test is to meet: refusals of every kind, and one of the database's own that is told by its kind. */
const CODES = [
  'OK',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'BAD_USER_INPUT',
  'INTERNAL_SERVER_ERROR',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
];
const STRUCK = 'may hold values, and is left out';
const missingIn = ({ lines, all }: Told) => {
  const codes = new Set(lines.map((line) => (JSON.parse(line) as { code?: string }).code));
  return [...CODES.filter((code) => !codes.has(code)), ...(all.includes(STRUCK) ? [] : [STRUCK])];
};

interface Asking {
  /** Lines that the log is to have at least. */
  readonly most: number;
  /** Milliseconds for a request. */
  readonly patience?: string;
  /** Whether the log has what is looked for; which request comes when, and so what each meets, the machine decides. */
  readonly isEnough: (told: Told) => boolean;
}

/** Asks for whatever there is, until the log has so many lines, and what is looked for. */
async function ask(
  { stores }: TestApp,
  id: string,
  { most, patience = '3000', isEnough }: Asking,
): Promise<Told> {
  const lines: string[] = [];
  let now = 0;
  // Time flies: none is left out for the number of its like, and each has its stack.
  const faults = createFaults(() => (now += STACK_EVERY));
  const log = createLog('debug', { write: (line) => lines.push(line) }, faults);
  const meter = createRegistry();
  // Some refusals are tried again until the deadline; and on a slow machine one more that passes does no harm.
  const config = loadConfig({ ...jwtEnv, REQUEST_TIMEOUT_MS: patience, MAX_IN_FLIGHT: '100' });
  const broken = { ...stores, carts: failNow(stores.carts), close: () => Promise.resolve() };
  const service = await createApp(config, broken, Date.now, log, meter);
  const { port } = await service.listen(0, '127.0.0.1');
  const tokens = [
    await staffToken(),
    await customerToken(7),
    await sign({ sub: MARK }),
    ...Object.values(await strangersTokens(7)),
    `${MARK}.${MARK}.${MARK}`,
  ];
  const { made, send } = createSender(`http://127.0.0.1:${port}`, id, tokens);
  const tell = (): Told => {
    const ofRequests = requestIdsOf(lines);
    const carts = [...made].filter((one) => !ofRequests.has(one));
    return {
      lines,
      all: lines.join('') + writeText(meter.snapshot()),
      secrets: [MARK, id, id.toUpperCase(), id.replaceAll('-', ''), ...tokens, ...carts],
    };
  };
  let sent = 0;
  const goesOn = () => (lines.length < most ? sent < 2 * most : sent < 10 * most && !isEnough(tell()));
  const sendOn = async () => {
    while (goesOn()) await send((sent += 1));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
  await service.close();
  return tell();
}

function createSender(url: string, id: string, tokens: readonly string[]) {
  const requests = requestsOf(id);
  /** Ids that answers have told. */
  const made = new Set<string>();
  return {
    made,
    async send(n: number): Promise<void> {
      const [path, body] = requests[n % requests.length] as readonly [string, unknown];
      const token = n % 3 === 0 ? tokens[(n / 3) % tokens.length] : undefined;
      const headers: Record<string, string> = {
        'content-type': 'application/json',
        'user-agent': MARK,
        cookie: MARK,
      };
      if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
      if (n % 4 === 0) headers['idempotency-key'] = `${MARK}-${n}`;
      if (n % 5 === 0) headers['traceparent'] = `00-${MARK}-${id}-01`;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      if (n % 6 === 0) headers['x-request-id'] = asRequestIds(id)[n % 4] ?? '';
      const response = await fetch(
        url + path,
        body === undefined ? { headers } : { method: 'POST', headers, body: text },
      );
      const answer = await response.text();
      for (const [found] of answer.matchAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) made.add(found);
      made.delete(response.headers.get('x-request-id') ?? '');
    },
  };
}

const leaksIn = ({ all, secrets }: Told) => secrets.filter((secret) => all.includes(secret));

describe.each(storeTypes)('the log on %s', (type) => {
  const api = openApi(type, { products: 5, env: type === 'dynamodb' ? proxied : {} });

  it(
    'has neither ids nor tokens nor arguments',
    async () => {
      const { id } = await api.create();
      await plantRefusals(type, api.app.stores);
      const told = await ask(api.app, id, { most: LINES, isEnough: (told) => missingIn(told).length === 0 });
      expect(told.lines.length).toBeGreaterThanOrEqual(LINES);
      // What was planted was met, and is told by its kind.
      expect(missingIn(told)).toEqual([]);
      expect(leaksIn(told)).toEqual([]);
    },
    TIME,
  );

  if (type === 'postgres') {
    // Each mistake is made at the one place that all of the program's ways to the log have in common.
    it.each(Object.entries(MISTAKES))(
      'a mistake is seen: %s',
      async (_, mistake) => {
        const { id } = await api.create();
        const undo = make(mistake);
        try {
          const isEnough = (told: Told) => leaksIn(told).some((leak) => mistake.shows(leak));
          const told = await ask(api.app, id, { most: PLANTED_LINES, patience: '2000', isEnough });
          expect(isEnough(told)).toBe(true);
        } finally {
          undo();
        }
      },
      TIME,
    );
  }
});

function requestIdsOf(lines: readonly string[]): Set<string> {
  return new Set(lines.map((line) => (JSON.parse(line) as { requestId?: string }).requestId ?? ''));
}
