/**
 * The knee: the highest rate at which the p99 stays within the target and at least 99 % of the rate is achieved.
 * Doubling finds a rate that fails (twice), halving the gap narrows it to 10 %, and the answer must hold in two more
 * trials. Rates are whole numbers, so the search also ends where no rate is left between the bounds.
 */

export interface Probe {
  readonly rate: number;
  /** "invalid": the generator was so late that nobody knows. */
  readonly outcome: 'pass' | 'fail' | 'invalid';
  readonly p99: number;
  readonly achieved: number;
  /** How late the generator was, milliseconds. */
  readonly lagP99?: number;
}

/** What a trial at a rate has seen; latencies in milliseconds, from the intended times. */
type Seen = Required<Omit<Probe, 'outcome'>> & { readonly arrivals: number; readonly failed: number };

/** @param late whether the generator's lag could have changed it */
export function judgeProbe({ rate, p99, achieved, lagP99, arrivals, failed }: Seen, late: boolean): Probe {
  const good = p99 <= KNEE_TARGET_MS && achieved >= ACHIEVED && failed <= arrivals * FAILED;
  return { rate, outcome: late ? 'invalid' : good ? 'pass' : 'fail', p99, achieved, lagP99 };
}

/** Why there is no knee: no rate passed, none held in further trials, the generator was late, the time was up. */
type NoKnee = 'below the lowest rate' | 'not confirmed' | 'generator too slow' | 'out of time';

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
/** Of the rate that is asked for, at least so much is answered in time. */
const ACHIEVED = 0.99;
/** At most so many of the requests fail. */
const FAILED = 0.01;
const CLOSE_ENOUGH = 1.1;
const CONFIRMATIONS = 2;
const ATTEMPTS = 8;
/** The lowest rate tried: a trial of some seconds must see requests enough for a percentile. */
export const LOWEST_RATE = 5;

/** @param probe measures one rate; repeats an invalid trial itself before it reports one */
export async function findKnee(
  probe: (rate: number) => Promise<Probe>,
  { start, maximum, isOver = () => false }: KneeLimits,
): Promise<KneeResult> {
  const probes: Probe[] = [];
  const result = (found: Partial<KneeResult>) => ({ confirmations: 0, atLeast: false, probes, ...found });
  const measure = async (rate: number): Promise<Probe['outcome']> => {
    if (isOver()) throw new TimeIsUp();
    const measured = await probe(rate);
    probes.push(measured);
    return measured.outcome;
  };
  try {
    return result(await search(measure, start, maximum));
  } catch (error) {
    if (error instanceof TimeIsUp) return result({ unresolved: 'out of time' });
    throw error;
  }
}

class TimeIsUp extends Error {}

async function search(
  measure: (rate: number) => Promise<Probe['outcome']>,
  start: number,
  maximum: number,
): Promise<Partial<KneeResult>> {
  /** The highest rate that passed (0: none yet); the lowest ones that failed, and at which the generator was late. */
  const bounds: Record<Probe['outcome'], number> = { pass: 0, fail: Infinity, invalid: Infinity };
  for (let rate = nextRate(bounds, maximum, start); rate > 0; rate = nextRate(bounds, maximum, start)) {
    let outcome = await measure(rate);
    // One bad second of the machine must not end the search: a rate fails when it fails twice.
    if (outcome === 'fail') outcome = await measure(rate);
    bounds[outcome] = rate;
  }
  // Both are Infinity where even the highest rate passed: then it is the bound.
  let late = bounds.invalid <= bounds.fail;
  if (bounds.pass === 0) {
    return { unresolved: late ? 'generator too slow' : 'below the lowest rate' };
  }

  /** Two further trials must pass; where one does not, the rate is lowered by 10 % and tried anew. */
  let rate = bounds.pass;
  for (let attempt = 0; attempt < ATTEMPTS && rate >= LOWEST_RATE; attempt += 1) {
    let [outcome, confirmations] = [await measure(rate), 0];
    while (outcome === 'pass') {
      confirmations += 1;
      if (confirmations === CONFIRMATIONS) return { rate, confirmations, atLeast: late };
      outcome = await measure(rate);
    }
    late = outcome === 'invalid';
    rate = Math.min(rate - 1, Math.round(rate * 0.9));
  }
  return { unresolved: late ? 'generator too slow' : 'not confirmed' };
}

/** A rate strictly between the bounds; 0 when the search has come to its end. */
function nextRate(
  { pass, fail, invalid }: Readonly<Record<Probe['outcome'], number>>,
  maximum: number,
  start: number,
): number {
  const upper = Math.min(fail, invalid);
  if (pass > 0 && upper / pass <= CLOSE_ENOUGH) return 0;
  const halved = pass === 0 ? upper / 2 : Math.sqrt(pass * upper);
  const raised = pass === 0 ? start : pass * 2;
  const next = Math.max(LOWEST_RATE, Math.round(upper === Infinity ? Math.min(maximum, raised) : halved));
  return next > pass && next < upper ? next : 0;
}
