/**
 * The knee: the highest rate at which the p99 stays within the target and at least 99 % of the rate is achieved.
 * Doubling finds a rate that fails (twice), halving the gap narrows it to 10 %, and the answer must hold in two more
 * trials.
 */

export interface Probe {
  readonly rate: number;
  /** "invalid": the generator itself was late, the trial says nothing. */
  readonly outcome: 'pass' | 'fail' | 'invalid';
  readonly p99: number;
  readonly achieved: number;
}

export interface KneeResult {
  /** Requests per second; undefined when even the lowest rate failed. */
  readonly rate?: number;
  readonly confirmations: number;
  /** The search ended because the generator or the highest allowed rate was reached: the knee is at or above `rate`. */
  readonly atLeast: boolean;
  readonly probes: readonly Probe[];
}

const CLOSE_ENOUGH = 1.1;
const CONFIRMATIONS = 2;
const LOWEST = 5;

/**
 * @param probe measures one rate; repeats an invalid trial itself before it reports one
 * @param limits start: first rate tried; maximum: none above it is tried
 */
export async function findKnee(
  probe: (rate: number) => Promise<Probe>,
  limits: { start: number; maximum: number },
): Promise<KneeResult> {
  const probes: Probe[] = [];
  const measure = async (rate: number) => {
    const result = await probe(Math.max(LOWEST, Math.round(rate)));
    probes.push(result);
    return result;
  };

  let passed = 0;
  let failed = Infinity;
  let limited = false;
  let next = limits.start;
  while (failed / Math.max(passed, 1e-9) > CLOSE_ENOUGH && !limited) {
    const once = await measure(next);
    // One bad second of the machine must not end the search: a rate fails when it fails twice.
    const { outcome, rate } = once.outcome === 'fail' ? await measure(next) : once;
    if (outcome === 'pass') passed = Math.max(passed, rate);
    else if (outcome === 'fail') failed = Math.min(failed, rate);
    else limited = true;
    if (outcome === 'fail' && rate <= LOWEST) break;
    if (passed >= limits.maximum) limited = true;
    next = nextRate(passed, failed, limits.maximum);
  }
  return confirm(measure, passed, limited, probes);
}

function nextRate(passed: number, failed: number, maximum: number): number {
  if (passed === 0) return failed / 2;
  if (failed === Infinity) return Math.min(maximum, passed * 2);
  return Math.sqrt(passed * failed);
}

/** Two further trials must pass; where one does not, the rate is lowered by 10 % and tried anew. */
async function confirm(
  measure: (rate: number) => Promise<Probe>,
  candidate: number,
  limited: boolean,
  probes: readonly Probe[],
): Promise<KneeResult> {
  let rate = candidate;
  for (let attempt = 0; attempt < 8 && rate >= LOWEST; attempt += 1) {
    let confirmations = 0;
    while (confirmations < CONFIRMATIONS && (await measure(rate)).outcome === 'pass') confirmations += 1;
    if (confirmations === CONFIRMATIONS) {
      return { rate: Math.round(rate), confirmations, atLeast: limited && attempt === 0, probes };
    }
    rate *= 0.9;
  }
  return { confirmations: 0, atLeast: false, probes };
}
