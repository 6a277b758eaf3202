/** The service beside one in Go (bench/peers/go): what a team would write in its place. */
import type { PreparedRequest } from '../load/generator.ts';
import { adding, getting, onStored, ready, requestsTo, service } from './works.ts';
import type { Env, Goal, Limit, MeasuredProgram, OpenWork, Work } from './works.ts';

/** Where bench/peers/go is compiled to, relative to the project's root. */
export const PEER = 'dist/bench/peer';
const peer = ({ DATABASE_URL = '' }: Env): MeasuredProgram => ({
  ...{ name: 'Go', file: PEER, isNative: true, env: { DATABASE_URL } },
});
/** The same over REST, whose change answers nothing. */
const overRest = (ids: readonly string[]) => {
  const { plain } = requestsTo('');
  const get = (id: string): PreparedRequest => ({
    name: 'get',
    bytes: plain('GET', `/shopping-carts/${id}`),
    check(body) {
      const { items } = JSON.parse(body) as { items?: readonly unknown[] };
      if (!items?.length) throw new Error(`An answer without items: ${body}`);
    },
  });
  const add = (id: string, at: number): PreparedRequest => ({
    name: 'add',
    bytes: plain('POST', `/shopping-carts/${id}/items`, { product_id: 1 + (at % 10), quantity: 1 }),
    check: () => undefined,
  });
  return { gets: ids.map(get), adds: ids.map(add) };
};

/** Both forms of the service, and a service in Go that speaks REST. */
const besideGo = (
  title: string,
  kind: 'get' | 'add',
  others: Pick<Work, 'goals'> & Partial<Work>,
): OpenWork =>
  onStored(`${kind} beside Go, PostgreSQL, 10 items${title}`, kind === 'get' ? 1000 : 10_000, (env, ids) => {
    const { gets, adds } = overRest(ids);
    const rest = (name: string, from: MeasuredProgram) =>
      kind === 'add' ? ready(name, from, adds) : ready(name, from, gets, gets[0]);
    const overGraphQL = kind === 'get' ? getting(ids) : adding(ids);
    const variants = [
      ready('GraphQL', service(env), overGraphQL),
      rest('REST', service(env)),
      rest('Go', peer(env)),
    ];
    return { variants, ...others };
  });
const against = (variant: string, base: string, figure: Goal['figure'], limit: Limit): Goal => ({
  ...{ variant, base, figure, ...limit },
  label: { cpu: 'CPU per request', rate: 'requests/s', p99: 'p99' }[figure] + ` against ${base}`,
});

/** Only where Go is at hand. */
export const peerWorks: Record<string, OpenWork> = {
  go: besideGo('', 'get', {
    goals: [
      against('GraphQL', 'REST', 'cpu', { atMost: 1.2 }),
      against('GraphQL', 'Go', 'cpu', { atMost: 1.25 }),
      against('REST', 'Go', 'cpu', { atMost: 1 }),
      against('GraphQL', 'Go', 'p99', { atMost: 1.5 }),
    ],
  }),
  'go-add': besideGo('', 'add', {
    goals: [
      against('GraphQL', 'Go', 'cpu', { atMost: 1.2 }),
      against('GraphQL', 'Go', 'rate', { atLeast: 1.3 }),
    ],
  }),
  'go-latency': besideGo(', open loop', 'get', {
    openLoop: { base: 'Go' },
    goals: [against('GraphQL', 'Go', 'p99', { atMost: 1.5 })],
  }),
};
