/** The order of a run, fixed by its seed: what is measured, when, and how long it should take. */
import { createRandom, type Random } from '../load/random.ts';
import { MIXES, type Mix } from './mixes.ts';
import type { SideKey, TrialRecord } from './records.ts';
import type { RunSettings } from './settings.ts';

interface StepBase {
  readonly id: string;
  readonly title: string;
  /** For the progress display only. */
  readonly estimatedSeconds: number;
}

export type Step = StepBase &
  (
    | { readonly kind: 'rate'; readonly mix: Mix }
    | {
        readonly kind: 'trial';
        readonly purpose: TrialRecord['purpose'];
        readonly mix: Mix;
        readonly side: SideKey;
        /** Measured seconds, without warm-up. */
        readonly seconds: number;
        readonly randomSeed: string;
        readonly block?: number;
        readonly arm?: SideKey | 'repeat';
        /** Needed only when discarded trials have left the mix with too few complete blocks. */
        readonly spare?: boolean;
      }
    | { readonly kind: 'knee'; readonly side: SideKey }
    | { readonly kind: 'consistency'; readonly side: SideKey; readonly reads: 'as configured' | 'strong' }
    | { readonly kind: 'units' }
  );

const SIDES = ['first', 'second'] as const;
/** Blocks that may take the place of incomplete ones in a full run. */
const SPARE_BLOCKS = 4;

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/** Shoppers pause, so they need longer than others until each operation has come often enough for a p95. */
function lengthOf({ trial, shoppersSeconds = 0 }: RunSettings, { load }: Mix) {
  const pausing = 'thinkMs' in load && load.thinkMs > 0;
  const seconds = pausing ? Math.max(trial.seconds, shoppersSeconds) : trial.seconds;
  return { seconds, estimatedSeconds: trial.warmupSeconds + seconds + 0.3 };
}

/**
 * Rates first; then the paired blocks, each with the verdict mixes in random order and, within a mix, both sides and a
 * second trial of one of them (the A/A control, the sides taking turns) in random order; then what gets no verdict.
 */
export function buildPlan(settings: RunSettings): Step[] {
  const random = createRandom(`${settings.seed}/plan`);
  const others = MIXES.filter(({ verdict }) => !verdict);
  const rates = MIXES.filter(({ load }) => 'rate' in load).map((mix): Step => ({
    kind: 'rate',
    id: `rate/${mix.name}`,
    title: `finding the rate for "${mix.title}"`,
    estimatedSeconds: 2 * (settings.calibrationSeconds + 0.4),
    mix,
  }));
  const blocks = buildBlocks(settings, random);
  const descriptive = upTo(settings.descriptiveRounds).flatMap((round) =>
    random.shuffle(others).flatMap((mix) =>
      random.shuffle(SIDES).map((side): Step => ({
        kind: 'trial',
        id: `descriptive-${round}/${mix.name}/${side}`,
        title: mix.title,
        ...lengthOf(settings, mix),
        purpose: 'descriptive',
        mix,
        side,
        randomSeed: `${settings.seed}/${mix.name}/descriptive-${round}`,
      })),
    ),
  );
  return [...rates, ...blocks, ...descriptive, ...lastSteps(settings)];
}

function buildBlocks(settings: RunSettings, random: Random): Step[] {
  const spares = settings.quick ? 0 : SPARE_BLOCKS;
  const verdictMixes = MIXES.filter(({ verdict }) => verdict);
  return upTo(settings.blocks + spares).flatMap((block) => {
    const spare = block > settings.blocks;
    return random.shuffle(verdictMixes).flatMap((mix) => {
      const repeated: SideKey = block % 2 === 1 ? 'first' : 'second';
      return random.shuffle(['first', 'second', 'repeat'] as const).map((arm): Step => ({
        kind: 'trial',
        id: `block-${block}/${mix.name}/${arm}`,
        title: `${spare ? 'spare ' : ''}block ${block} of ${settings.blocks}, ${mix.title}`,
        ...lengthOf(settings, mix),
        ...(spare ? { estimatedSeconds: 0 } : {}),
        purpose: 'verdict',
        mix,
        side: arm === 'repeat' ? repeated : arm,
        randomSeed: `${settings.seed}/${mix.name}/${block}`,
        block,
        arm,
        spare,
      }));
    });
  });
}

function lastSteps({ kneeSeconds, consistencyRounds }: RunSettings): Step[] {
  const consistency = (side: SideKey, reads: 'as configured' | 'strong'): Step => ({
    kind: 'consistency',
    id: `consistency/${side}/${reads.replace(' ', '-')}`,
    title: `consistency, ${side} side, reads ${reads}`,
    estimatedSeconds: consistencyRounds * 0.05 + 3,
    side,
    reads,
  });
  const knee = (side: SideKey): Step => ({
    kind: 'knee',
    id: `knee/${side}`,
    title: `the knee, ${side} side`,
    estimatedSeconds: 10 * (kneeSeconds + 0.8),
    side,
  });
  return [
    ...SIDES.map(knee),
    consistency('first', 'as configured'),
    consistency('second', 'as configured'),
    consistency('second', 'strong'),
    { kind: 'units', id: 'units', title: 'request units of DynamoDB', estimatedSeconds: 6 },
  ];
}
