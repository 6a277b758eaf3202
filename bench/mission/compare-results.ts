/** The comparison of two results files: figures per operation, difference with interval, requirements. */
import {
  mean,
  percentileOfSorted,
  sortAscending,
  welchInterval,
  type Interval,
} from '../statistics/statistics.ts';
import {
  OPERATION_NAMES,
  type OperationRecord,
  type PatternRecord,
  type ResultRecord,
} from './results-file.ts';

export interface ResultSet {
  readonly name: string;
  readonly records: readonly OperationRecord[];
  /** Undefined where the further access patterns were not measured. */
  readonly patterns: readonly PatternRecord[] | undefined;
}

export interface Figures {
  readonly count: number;
  readonly succeeded: number;
  /** Milliseconds, over the successful requests; undefined when there was none. */
  readonly times: { mean: number; minimum: number; maximum: number; p50: number; p95: number } | undefined;
}

/** Figures of some records. A failed request counts against the success rate and not as a time. */
export function figuresOf(records: readonly ResultRecord[]): Figures {
  const sorted = sortAscending(records.filter(({ success }) => success).map((r) => r.response_time));
  return {
    count: records.length,
    succeeded: sorted.length,
    times:
      sorted.length === 0
        ? undefined
        : {
            mean: mean(sorted),
            minimum: Math.min(...sorted),
            maximum: Math.max(...sorted),
            p50: percentileOfSorted(sorted, 50),
            p95: percentileOfSorted(sorted, 95),
          },
  };
}

export interface OperationComparison {
  readonly operation: (typeof OPERATION_NAMES)[number];
  readonly first: Figures;
  readonly second: Figures;
  /** second - first in the means, Welch's 95 % t-interval; undefined with fewer than two successes on a side. */
  readonly difference: Interval | undefined;
}

/** One entry per operation. */
export function compareOperations(first: ResultSet, second: ResultSet): OperationComparison[] {
  return OPERATION_NAMES.map((operation) => {
    const times = [first, second].map(({ records }) => records.filter((r) => r.operation === operation));
    const [a = [], b = []] = times.map((records) =>
      records.filter((r) => r.success).map((r) => r.response_time),
    );
    return {
      operation,
      first: figuresOf(times[0] ?? []),
      second: figuresOf(times[1] ?? []),
      difference: a.length < 2 || b.length < 2 ? undefined : welchInterval(a, b),
    };
  });
}

/** The access-pattern requirements: p95 in milliseconds, and every request successful. */
const REQUIREMENTS: readonly { title: string; operation: ResultRecord['operation']; limit: number }[] = [
  { title: 'get cart by id', operation: 'get_cart', limit: 50 },
  { title: 'create cart', operation: 'create_cart', limit: 100 },
  { title: 'add items', operation: 'add_items', limit: 100 },
  { title: 'customer history (20 carts)', operation: 'customer_history', limit: 500 },
  { title: 'get cart of 50 items', operation: 'get_cart_50_items', limit: 50 },
  { title: 'create, 100 concurrent shoppers', operation: 'concurrent_create_cart', limit: 100 },
  { title: 'add, 100 concurrent shoppers', operation: 'concurrent_add_items', limit: 100 },
  { title: 'get, 100 concurrent shoppers', operation: 'concurrent_get_cart', limit: 50 },
];

export interface RequirementCheck {
  readonly title: string;
  readonly limit: number;
  readonly figures: Figures;
  readonly outcome: 'holds' | 'does not hold' | 'not measured';
}

/** One entry per requirement. One failed request is enough for "does not hold". */
export function checkRequirements({ records, patterns = [] }: ResultSet): RequirementCheck[] {
  const all: readonly ResultRecord[] = [...records, ...patterns];
  return REQUIREMENTS.map(({ title, operation, limit }) => {
    const figures = figuresOf(all.filter((record) => record.operation === operation));
    const { count, succeeded, times } = figures;
    const holds = succeeded === count && times !== undefined && times.p95 < limit;
    return {
      title,
      limit,
      figures,
      outcome: count === 0 ? 'not measured' : holds ? 'holds' : 'does not hold',
    };
  });
}
