/** The access-pattern requirements, whether the measured figures hold them, and how the service meets them. */
import { bySide, type SideKey } from '../compare/records.ts';

/** With fewer requests the p95 is their maximum, and one slow moment decides. */
const MINIMUM_REQUESTS = 20;

const row = (title: string, mix: string, operation: string, limit: number, how = 'The same') => ({
  ...{ title, mix, operation, limit, how },
});
const ANY_SIZE = 'The same: a cart is one answer or one item at any size, up to 500 products';
const PAGE = 'Keyset page over an index; one Query on `CustomerIndex`, 20 carts a page';
const CHANGE =
  'Load, pure change, conditional commit: one read and one write of the cart, on PostgreSQL shared with others of the same moment';
const ALONE = 'No shared locks between carts; changes to one cart queue up inside a process';

/** Where they are measured: mix, operation within it, limit of the p95 in milliseconds. */
const REQUIREMENTS = [
  row('get cart by id', 'get10', 'get10', 50, 'One statement that joins and aggregates; one GetItem'),
  row('get cart of 50 items', 'get50', 'get50', 50, ANY_SIZE),
  row('create cart', 'create', 'create', 100, 'One statement; one conditional PutItem'),
  row('add items', 'add', 'add', 100, CHANGE),
  row('customer history', 'history', 'history', 500, PAGE),
  row('get cart, 120 concurrent shoppers', 'shoppers', 'get10', 50, ALONE),
  row('create cart, 120 concurrent shoppers', 'shoppers', 'create', 100),
  row('add items, 120 concurrent shoppers', 'shoppers', 'add', 100),
  row('customer history, 120 concurrent shoppers', 'shoppers', 'history', 500),
];

/** What is asked of a mix: on each side the successful requests of an operation, and their p95 in milliseconds. */
interface MeasuredMix {
  readonly mix: string;
  readonly sides: Readonly<Record<SideKey, Measured | undefined>>;
}
interface Measured {
  readonly lagP99?: number | undefined;
  readonly byOperation: Readonly<Record<string, { count: number; failed: number; p95?: number | undefined }>>;
}

/** One entry per requirement. One failed request of the operation is enough for "does not hold". */
export function checkRequirements(mixes: readonly MeasuredMix[]) {
  return REQUIREMENTS.map(({ title, mix, operation, limit, how }) => {
    const check = (key: SideKey) => {
      const side = mixes.find((candidate) => candidate.mix === mix)?.sides[key];
      const { count = 0, failed = 0, p95 } = side?.byOperation[operation] ?? {};
      const outcome = () => {
        if (failed > 0) return 'does not hold';
        if (p95 === undefined || count === 0) return 'not measured';
        return count < MINIMUM_REQUESTS ? 'too few' : p95 < limit ? 'holds' : 'does not hold';
      };
      /** The p95 in milliseconds, undefined when no request succeeded; the successful requests behind it; the generator's lag. */
      return { outcome: outcome(), p95: count === 0 ? undefined : p95, count, failed, lagP99: side?.lagP99 };
    };
    return { title, limit, how, sides: bySide(check) };
  });
}
type Figure = ReturnType<typeof checkRequirements>[number]['sides'][SideKey];

export const ms = (value: number | undefined): string =>
  value === undefined ? 'not measured' : `${value < 100 ? value.toFixed(2) : value.toFixed(0)} ms`;

/** "holds: 3.90 ms (250 requests, lag 0.10 ms)". */
export function describeRequirement({ outcome, p95, count, failed, lagP99 }: Figure): string {
  if (outcome === 'not measured') return outcome;
  const notes = [`${count} requests`, ...(failed === 0 ? [] : [`${failed} failed`])];
  if (lagP99 !== undefined) notes.push(`lag ${ms(lagP99)}`);
  return `${outcome}: ${p95 === undefined ? 'none succeeded' : ms(p95)} (${notes.join(', ')})`;
}
