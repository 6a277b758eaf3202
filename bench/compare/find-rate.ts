/** The rate at which both sides are measured in a mix. */
import { runClosedLoop } from '../load/generator.ts';
import { createRandom } from '../load/random.ts';
import { LOWEST_RATE } from './knee.ts';
import { createRequestMaker, type Mix } from './mixes.ts';
import type { RateRecord } from './records.ts';
import type { RunContext } from './trial.ts';

/** The share of the slower side's saturation that a trial's rate may reach: far enough from the knee. */
const UTILISATION = 0.35;

/** Both sides get the same rate: the mix's own, or less where a side could not carry it with ease. */
export async function findRate(step: string, mix: Mix, context: RunContext): Promise<RateRecord> {
  const { settings, sides, data, progress, signal } = context;
  const saturation = { first: 0, second: 0 };
  for (const key of ['first', 'second'] as const) {
    const random = createRandom(`${settings.seed}/${step}`);
    const prepare = createRequestMaker(mix, sides[key].api, data[key], random);
    const shape = { clients: 8, thinkMs: 0, warmupSeconds: 0.3, seconds: settings.calibrationSeconds };
    const { succeeded, seconds, errors } = await runClosedLoop({ ...shape, random, prepare, signal });
    if (succeeded === 0) {
      // Its trials are run all the same, at the lowest rate: their failures are the result.
      const why = Object.keys(errors)[0] ?? 'no answer';
      progress.note(`"${mix.title}" does not work on ${sides[key].label}: ${why}`);
    }
    saturation[key] = Math.round(succeeded / seconds);
  }
  const wanted = 'rate' in mix.load ? mix.load.rate : 0;
  const possible = UTILISATION * Math.min(saturation.first, saturation.second);
  const rate = Math.max(LOWEST_RATE, Math.floor(Math.min(wanted, possible)));
  return { type: 'rate', step, mix: mix.name, saturation, rate };
}

/** Requests per second; the mix's own where none was found, 0 for a closed loop. */
export function rateOf(mix: Mix, { records }: RunContext): number {
  if (!('rate' in mix.load)) return 0;
  const found = records.records.find((r): r is RateRecord => r.type === 'rate' && r.mix === mix.name);
  return found?.rate ?? mix.load.rate;
}
