/** `npm run move -- status`: how far a move is, on one screen. */
import { CART_STATUSES } from '../../cart/cart.ts';
import type { CartCounts } from '../../stores/cart-census.ts';
import type { OpenedMove } from '../../stores/moving/open-move.ts';
import type { OpenedStores } from '../../stores/store.ts';
import type { Arguments } from './arguments.ts';
import type { Circumstances } from './circumstances.ts';
import { count, requestUnits } from './count.ts';

/** Milliseconds between two counts, from which the rate follows. */
const BETWEEN = 2000;

export interface StoreStatus {
  readonly store: string;
  readonly location: string;
  /** Absent where counting costs, and was not asked for. */
  readonly counts?: CartCounts;
  /** About how many records there are, by what the database knows without counting. */
  readonly about?: number;
}

export interface StatusReport {
  readonly phase: string;
  readonly source: StoreStatus;
  readonly target: StoreStatus;
  /** Carts that are in the source yet; absent where nobody has counted. */
  readonly left?: number;
  /** Carts that were handed over in a second, for the last two, and how long the others take at that rate. */
  readonly perSecond?: number;
  readonly secondsLeft?: number;
  readonly units: number;
}

export async function readStatus(
  { source, target, phase }: OpenedMove,
  { scan }: Arguments,
  { units, wait, clock, persist }: Pick<Circumstances, 'units' | 'wait' | 'clock' | 'persist'>,
): Promise<StatusReport> {
  const status = (of: OpenedStores) => persist(() => statusOf(of, scan));
  const [first, there] = await Promise.all([status(source), status(target)]);
  const left = leftIn(first.counts);
  const rate = await rateOf(source, target, { wait, clock, persist });
  return {
    phase,
    source: first,
    target: there,
    ...(left !== undefined && { left }),
    ...(rate !== undefined && { perSecond: rate }),
    ...(rate !== undefined && rate > 0 && left !== undefined && { secondsLeft: Math.ceil(left / rate) }),
    units: units.used(),
  };
}

async function statusOf({ title, location, census }: OpenedStores, scan: boolean): Promise<StoreStatus> {
  const counts = census.costly && !scan ? undefined : await census.count();
  const about = counts ? undefined : await census.estimate();
  return { store: title, location, ...(counts && { counts }), ...(about !== undefined && { about }) };
}

/** All that are handed over: a check-out is, and what is deleted too. */
function leftIn(counts: CartCounts | undefined): number | undefined {
  return counts && Object.values(counts.carts).reduce((sum, count) => sum + count, 0);
}

/** By the store whose counting costs nothing: its markers become more, or its carts. */
async function rateOf(
  source: OpenedStores,
  target: OpenedStores,
  { wait, clock, persist }: Pick<Circumstances, 'wait' | 'clock' | 'persist'>,
): Promise<number | undefined> {
  const handedOver = () =>
    persist(async () =>
      source.census.costly ? leftIn(await target.census.count()) : (await source.census.count()).markers,
    );
  if (source.census.costly && target.census.costly) return undefined;
  const [before, start] = [(await handedOver()) ?? 0, clock()];
  await wait(BETWEEN);
  const after = (await handedOver()) ?? 0;
  return Math.max(0, (1000 * (after - before)) / Math.max(1, clock() - start));
}

/** For people. */
export function describeStatus({
  phase,
  source,
  target,
  left,
  perSecond,
  secondsLeft,
  units,
}: StatusReport): string {
  const row = (name: string, of: (counts: CartCounts) => number) => {
    const cells = [source, target].map(({ counts }) => (counts ? of(counts).toLocaleString('en') : '?'));
    return name.padEnd(28) + cells.map((cell) => cell.padStart(16)).join('');
  };
  const lines = [
    `Carts move from ${source.store} (${source.location}) to ${target.store} (${target.location}); phase ${phase}`,
    '',
    ''.padEnd(28) + [source, target].map(({ store }) => store.padStart(16)).join(''),
    ...CART_STATUSES.filter((status) => status !== 'MOVED').map((status) =>
      row(status, ({ carts }) => carts[status] ?? 0),
    ),
    row('markers of what has moved', ({ markers }) => markers),
    row('markers without a cart', ({ fences }) => fences),
    '',
  ];
  for (const { store, counts, about } of [source, target]) {
    if (counts) continue;
    const known =
      about === undefined ? '' : `${store} had about ${count(about, 'record', 'records')} some hours ago. `;
    lines.push(`${known}--scan counts those of ${store}, which costs what reading all of them costs.`);
  }
  if (left !== undefined)
    lines.push(`left to hand over: ${left.toLocaleString('en')}${timeLeft(secondsLeft, perSecond)}`);
  if (units > 0) lines.push(`Counting took ${requestUnits(units)}.`);
  return lines.join('\n');
}

function timeLeft(seconds: number | undefined, perSecond = 0): string {
  if (seconds === undefined) return '';
  const text =
    seconds < 120
      ? `${seconds} s`
      : seconds < 7200
        ? `${Math.ceil(seconds / 60)} min`
        : `${(seconds / 3600).toFixed(1)} h`;
  return `, ${text} at ${Math.round(perSecond).toLocaleString('en')}/s, the rate of the last two seconds`;
}
