/**
 * The knee: the highest rate at which the p99 stays within the target and at least 99 % of the rate is achieved.
 * Doubling finds a rate that fails (twice), halving the gap narrows it to 10 %, and the answer must hold in two more
 * trials. Rates are whole numbers, so the search also ends where no rate is left between the bounds.
 */

export interface Probe {
  readonly rate: number;
  /** "invalid": the generator itself was late, the trial says nothing. */
  readonly outcome: 'pass' | 'fail' | 'invalid';
  readonly p99: number;
  readonly achieved: number;
}

/** Why there is no knee: no rate passed, none held in further trials, the generator was late, the time was up. */
export type NoKnee = 'below the lowest rate' | 'not confirmed' | 'generator too slow' | 'out of time';

export interface KneeResult {
  /** Requests per second; undefined when there is none, and `unresolved` says why. */
  readonly rate?: number;
  readonly unresolved?: NoKnee;
  readonly confirmations: number;
  /** The generator or the highest allowed rate was the bound from above: the knee is at or above `rate`. */
  readonly atLeast: boolean;
  readonly probes: readonly Probe[];
}

export interface KneeLimits {
  /** The first rate tried, requests per second. */
  readonly start: number;
  /** None above it is tried. */
  readonly maximum: number;
  /** Whether the time is up; asked before every trial. */
  readonly isOver?: () => boolean;
}

/** p99 target of the knee, milliseconds: the strictest requirement on a change. */
export const KNEE_TARGET_MS = 100;
const CLOSE_ENOUGH = 1.1;
const CONFIRMATIONS = 2;
const ATTEMPTS = 8;
/** The lowest rate tried: a trial of some seconds must see requests enough for a percentile. */
export const LOWEST_RATE = 5;

interface Bounds {
  /** The highest rate that passed; 0: none yet. */
  readonly passed: number;
  /** The lowest rates that failed and at which the generator was late; Infinity: none yet. */
  readonly failed: number;
  readonly invalid: number;
}

const asRate = (rate: number): number => Math.max(LOWEST_RATE, Math.round(rate));

/** @param probe measures one rate; repeats an invalid trial itself before it reports one */
export async function findKnee(
  probe: (rate: number) => Promise<Probe>,
  limits: KneeLimits,
): Promise<KneeResult> {
  const probes: Probe[] = [];
  const measure = async (rate: number) => {
    if (limits.isOver?.() === true) return 'over';
    const result = await probe(rate);
    probes.push(result);
    return result.outcome;
  };
  const bounds = await search(measure, limits);
  if (bounds === 'over') return without('out of time', probes);
  const { passed, failed, invalid } = bounds;
  if (passed === 0) {
    return without(invalid < failed ? 'generator too slow' : 'below the lowest rate', probes);
  }
  return confirm(measure, passed, invalid <= failed, probes);
}

const without = (unresolved: NoKnee, probes: readonly Probe[]): KneeResult => ({
  unresolved,
  confirmations: 0,
  atLeast: false,
  probes,
});

type Measure = (rate: number) => Promise<Probe['outcome'] | 'over'>;

async function search(measure: Measure, { start, maximum }: KneeLimits): Promise<Bounds | 'over'> {
  let bounds: Bounds = { passed: 0, failed: Infinity, invalid: Infinity };
  let next: number | undefined = asRate(Math.min(start, maximum));
  while (next !== undefined) {
    const once = await measure(next);
    // One bad second of the machine must not end the search: a rate fails when it fails twice.
    const outcome = once === 'fail' ? await measure(next) : once;
    if (outcome === 'over') return 'over';
    if (outcome === 'pass') bounds = { ...bounds, passed: next };
    else if (outcome === 'fail') bounds = { ...bounds, failed: next };
    else bounds = { ...bounds, invalid: next };
    next = nextRate(bounds, maximum);
  }
  return bounds;
}

/** A rate strictly between the bounds; undefined when the search has come to its end. */
function nextRate({ passed, failed, invalid }: Bounds, maximum: number): number | undefined {
  const upper = Math.min(failed, invalid);
  if (passed > 0 && upper / passed <= CLOSE_ENOUGH) return undefined;
  const next =
    passed === 0
      ? asRate(upper / 2)
      : upper === Infinity
        ? asRate(Math.min(maximum, passed * 2))
        : asRate(Math.sqrt(passed * upper));
  return next > passed && next < upper ? next : undefined;
}

/** Two further trials must pass; where one does not, the rate is lowered by 10 % and tried anew. */
async function confirm(
  measure: Measure,
  candidate: number,
  boundedByGenerator: boolean,
  probes: readonly Probe[],
): Promise<KneeResult> {
  let rate = candidate;
  let atLeast = boundedByGenerator;
  for (let attempt = 0; attempt < ATTEMPTS && rate >= LOWEST_RATE; attempt += 1) {
    let confirmations = 0;
    let outcome = await measure(rate);
    while (outcome === 'pass') {
      confirmations += 1;
      if (confirmations === CONFIRMATIONS) return { rate, confirmations, atLeast, probes };
      outcome = await measure(rate);
    }
    if (outcome === 'over') return without('out of time', probes);
    atLeast = outcome === 'invalid';
    rate = Math.min(rate - 1, Math.round(rate * 0.9));
  }
  return without(atLeast ? 'generator too slow' : 'not confirmed', probes);
}
