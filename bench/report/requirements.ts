/** The access-pattern requirements, and whether the measured figures hold them. */
import type { SideKey } from '../compare/records.ts';
import type { MixSummary } from './analysis.ts';
import type { SideFigures } from './side-figures.ts';

export type Outcome = 'holds' | 'does not hold' | 'too few' | 'not measured';

export interface RequirementFigure {
  readonly outcome: Outcome;
  /** Milliseconds; undefined when no request succeeded. */
  readonly p95?: number | undefined;
  /** Successful requests behind the p95. */
  readonly count: number;
  readonly failed: number;
}

export interface RequirementCheck {
  readonly title: string;
  /** Milliseconds, for the p95. */
  readonly limit: number;
  readonly sides: Readonly<Record<SideKey, RequirementFigure>>;
}

/** With fewer requests the p95 is their maximum, and one slow moment decides. */
const MINIMUM_REQUESTS = 20;

/** Where they are measured: mix, operation within it, limit of the p95 in milliseconds. */
export const REQUIREMENTS = [
  { title: 'get cart by id', mix: 'get10', operation: 'get10', limit: 50 },
  { title: 'get cart of 50 items', mix: 'get50', operation: 'get50', limit: 50 },
  { title: 'create cart', mix: 'create', operation: 'create', limit: 100 },
  { title: 'add items', mix: 'add', operation: 'add', limit: 100 },
  { title: 'customer history', mix: 'history', operation: 'history', limit: 500 },
  { title: 'get cart, 120 concurrent shoppers', mix: 'shoppers', operation: 'get10', limit: 50 },
  { title: 'create cart, 120 concurrent shoppers', mix: 'shoppers', operation: 'create', limit: 100 },
  { title: 'add items, 120 concurrent shoppers', mix: 'shoppers', operation: 'add', limit: 100 },
  { title: 'customer history, 120 concurrent shoppers', mix: 'shoppers', operation: 'history', limit: 500 },
] as const;

function checkFigure(side: SideFigures | undefined, operation: string, limit: number): RequirementFigure {
  const figures = side?.byOperation[operation];
  const count = figures?.count ?? 0;
  // Where the records do not tell the operations' failures apart, any failure of the mix counts.
  const failed = figures?.failed ?? side?.failed ?? 0;
  const p95 = count === 0 ? undefined : figures?.p95;
  const outcome = (): Outcome => {
    if (failed > 0) return 'does not hold';
    if (p95 === undefined) return 'not measured';
    if (count < MINIMUM_REQUESTS) return 'too few';
    return p95 < limit ? 'holds' : 'does not hold';
  };
  return { outcome: outcome(), p95, count, failed };
}

/** One entry per requirement. One failed request of the operation is enough for "does not hold". */
export function checkRequirements(mixes: readonly MixSummary[]): RequirementCheck[] {
  return REQUIREMENTS.map(({ title, mix, operation, limit }) => {
    const sides = mixes.find((candidate) => candidate.mix === mix)?.sides;
    const check = (key: SideKey) => checkFigure(sides?.[key], operation, limit);
    return { title, limit, sides: { first: check('first'), second: check('second') } };
  });
}
