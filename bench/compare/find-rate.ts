/** The rate at which both sides are measured in a mix. */
import { runClosedLoop } from '../load/closed-loop.ts';
import { createRandom } from '../load/random.ts';
import { LOWEST_RATE } from './knee.ts';
import { createRequestMaker, type Mix } from './mixes.ts';
import type { RateRecord } from './records.ts';
import type { RunContext } from './run-context.ts';

/** The share of the slower side's saturation that a trial's rate may reach: far enough from the knee. */
const UTILISATION = 0.35;

/** Both sides get the same rate: the mix's own, or less where a side could not carry it with ease. */
export async function findRate(step: string, mix: Mix, context: RunContext): Promise<RateRecord> {
  const saturation = { first: 0, second: 0 };
  for (const key of ['first', 'second'] as const) {
    const random = createRandom(`${context.settings.seed}/${step}`);
    const prepare = createRequestMaker(mix, context.sides[key].api, context.data[key], random);
    const result = await runClosedLoop({
      clients: 8,
      thinkMs: 0,
      warmupSeconds: 0.3,
      seconds: context.settings.calibrationSeconds,
      random,
      prepare,
      signal: context.signal,
    });
    if (result.succeeded === 0) {
      // Its trials are run all the same, at the lowest rate: their failures are the result.
      const why = Object.keys(result.errors)[0] ?? 'no answer';
      context.progress.note(`"${mix.title}" does not work on ${context.sides[key].label}: ${why}`);
    }
    saturation[key] = Math.round(result.succeeded / result.seconds);
  }
  const wanted = 'rate' in mix.load ? mix.load.rate : 0;
  const possible = UTILISATION * Math.min(saturation.first, saturation.second);
  return {
    type: 'rate',
    step,
    mix: mix.name,
    saturation,
    rate: Math.max(LOWEST_RATE, Math.floor(Math.min(wanted, possible))),
  };
}

/** Requests per second; the mix's own where none was found, 0 for a closed loop. */
export function rateOf(mix: Mix, { records }: RunContext): number {
  if (!('rate' in mix.load)) return 0;
  const found = records.records.find((r): r is RateRecord => r.type === 'rate' && r.mix === mix.name);
  return found?.rate ?? mix.load.rate;
}
