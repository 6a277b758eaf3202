/** The order of a run, fixed by its seed: what is measured, when, and how long it should take. */
import { createRandom } from '../load/random.ts';
import { MIXES, type Mix } from './mixes.ts';
import { isDone, SIDES, type SideKey, type StepRecord } from './records.ts';
import type { RunSettings } from './settings.ts';
import type { Trial } from './trial.ts';

export type Step = {
  readonly id: string;
  readonly title: string;
  /** For the progress display only. */
  readonly estimatedSeconds: number;
} & (
  | ({ readonly kind: 'trial' } & Trial)
  | { readonly kind: 'rate'; readonly mix: Mix }
  | { readonly kind: 'knee'; readonly side: SideKey }
  | { readonly kind: 'consistency'; readonly side: SideKey; readonly reads: 'as configured' | 'strong' }
  | { readonly kind: 'units' }
);

type Drawn = 'purpose' | 'block' | 'arm' | 'mix' | 'side' | 'randomSeed';

/** Of a trial in the search for the knee, seconds. */
export const warmUpOf = ({ trial }: RunSettings): number => Math.min(0.5, trial.warmupSeconds);

/**
 * Rates first; then the paired blocks, each with the verdict mixes in random order and, within a mix, both sides and a
 * second trial of one of them (the A/A control, the sides taking turns) in random order; then what gets no verdict.
 */
export function buildPlan(settings: RunSettings): Step[] {
  const { seed, trial, shoppersSeconds, calibrationSeconds, kneeSeconds, consistencyRounds } = settings;
  const random = createRandom(`${seed}/plan`);
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  const { warmupSeconds } = trial;
  const asTrial = (id: string, title: string, step: Pick<Trial, Drawn>): Step => {
    // Shoppers pause, so they need longer than others until each operation has come often enough for a p95.
    const pausing = 'thinkMs' in step.mix.load && step.mix.load.thinkMs > 0;
    const seconds = pausing ? Math.max(trial.seconds, shoppersSeconds) : trial.seconds;
    const estimatedSeconds = warmupSeconds + seconds + 0.3;
    return { kind: 'trial', id, step: id, title, estimatedSeconds, warmupSeconds, seconds, ...step };
  };
  const rates = MIXES.filter(({ load }) => 'rate' in load).map((mix): Step => ({
    ...{ kind: 'rate', id: `rate/${mix.name}`, title: `finding the rate for "${mix.title}"`, mix },
    estimatedSeconds: 2 * (calibrationSeconds + 0.4),
  }));
  const blocks = upTo(settings.blocks).flatMap((block) =>
    random.shuffle(MIXES.filter(({ verdict }) => verdict)).flatMap((mix) =>
      random.shuffle([...SIDES, 'repeat'] as const).map((arm) => {
        const side = arm !== 'repeat' ? arm : block % 2 === 1 ? 'first' : 'second';
        const title = `block ${block} of ${settings.blocks}, ${mix.title}`;
        const randomSeed = `${seed}/${mix.name}/${block}`;
        return asTrial(`block-${block}/${mix.name}/${arm}`, title, {
          ...{ purpose: 'verdict', mix, side, randomSeed, block, arm },
        });
      }),
    ),
  );
  const descriptive = upTo(settings.descriptiveRounds).flatMap((round) =>
    random.shuffle(MIXES.filter(({ verdict }) => !verdict)).flatMap((mix) =>
      random.shuffle(SIDES).map((side) => {
        const randomSeed = `${seed}/${mix.name}/descriptive-${round}`;
        return asTrial(`descriptive-${round}/${mix.name}/${side}`, mix.title, {
          ...{ purpose: 'descriptive', mix, side, randomSeed },
        });
      }),
    ),
  );
  const knees = SIDES.map((side): Step => ({
    ...{ kind: 'knee', id: `knee/${side}`, title: `the knee, ${side} side`, side },
    estimatedSeconds: 10 * (kneeSeconds + warmUpOf(settings) + 0.3),
  }));
  const consistency = (side: SideKey, reads: 'as configured' | 'strong'): Step => ({
    ...{ kind: 'consistency', id: `consistency/${side}/${reads.replace(' ', '-')}`, side, reads },
    title: `consistency, ${side} side, reads ${reads}`,
    // Strong reads need a service of their own.
    estimatedSeconds: consistencyRounds * 0.05 + (reads === 'strong' ? 5 : 1),
  });
  return [
    ...[...rates, ...blocks, ...descriptive, ...knees],
    ...[consistency('first', 'as configured'), consistency('second', 'as configured')],
    consistency('second', 'strong'),
    { kind: 'units', id: 'units', title: 'request units of DynamoDB', estimatedSeconds: 6 },
  ];
}

/** Steps of a plan that are not done. */
export const findMissing = (records: readonly StepRecord[], plan: readonly Step[]): Step[] =>
  plan.filter(({ id }) => !isDone(records, id));
