/** From raw records to figures and verdicts. Pure: the same steps.jsonl gives the same summary. */
import { MIXES, type Mix } from '../compare/mixes.ts';
import type { RateRecord, SideKey, StepRecord, TrialRecord } from '../compare/records.ts';
import type { PrimaryFigure, RunSettings } from '../compare/settings.ts';
import {
  comparePaired,
  judge,
  MINIMUM_BLOCKS,
  type Block,
  type Judged,
  type PairedRatio,
} from '../statistics/verdict.ts';
import { keptTrials, summariseSide, type SideFigures } from './side-figures.ts';

export type BlockPair = Block & { readonly block: number };

export interface MixComparison extends PairedRatio, Judged {
  /** Why it cannot be told, where something other than the spread is the reason. */
  readonly reason?: string | undefined;
  /** The same side measured twice within a block: its interval should contain 1. */
  readonly control?: PairedRatio | undefined;
  readonly pairs: readonly BlockPair[];
}

export interface MixSummary {
  readonly mix: string;
  readonly title: string;
  readonly rate?: number | undefined;
  readonly clients?: number | undefined;
  readonly sides: Readonly<Record<SideKey, SideFigures | undefined>>;
  readonly discarded: number;
  /** Mixes with verdicts, from two complete blocks on. */
  readonly comparison?: MixComparison | undefined;
}

/** More failures than this and latencies do not count: fast errors must not win. */
const MAXIMUM_FAILED = 0.01;
/** Less of the rate achieved than this and a side was overrun. */
const MINIMUM_ACHIEVED = 0.95;

/**
 * Pairs of the primary figure, one for each block in which both trials were kept.
 * @param arms sides: the second against the first; control: one side's second trial against its first
 */
function pairBlocks(
  records: readonly StepRecord[],
  mix: string,
  primary: PrimaryFigure,
  arms: 'sides' | 'control',
): BlockPair[] {
  const kept = records.filter(
    (r): r is TrialRecord =>
      r.type === 'trial' && r.purpose === 'verdict' && r.mix === mix && r.discarded === undefined,
  );
  const pairs: BlockPair[] = [];
  for (const block of new Set(kept.map((trial) => trial.block))) {
    if (block === undefined) continue;
    const inBlock = kept.filter((trial) => trial.block === block);
    const arm = (name: TrialRecord['arm']) => inBlock.find((trial) => trial.arm === name);
    const repeat = arm('repeat');
    const [one, two] =
      arms === 'sides' ? [arm('first'), arm('second')] : [repeat && arm(repeat.side), repeat];
    const [first, second] = [one?.latency[primary] ?? 0, two?.latency[primary] ?? 0];
    if (first > 0 && second > 0) pairs.push({ block, first, second });
  }
  return pairs;
}

/** Why there is no verdict on a mix, whatever its figures say; undefined when there may be one. */
function findReason({ summary, pairs, controls }: Compared, control: Judged | undefined): string | undefined {
  for (const side of Object.values(summary.sides)) {
    if (side === undefined) continue;
    if (side.failed > side.arrivals * MAXIMUM_FAILED) {
      return `${side.failed} of ${side.arrivals} requests failed on one side`;
    }
    if (side.achieved < MINIMUM_ACHIEVED) return 'one side did not keep up with the rate';
  }
  if (control?.verdict === 'different') {
    return 'the control, one side against itself, differs too: the machine was not steady';
  }
  if (pairs.length < MINIMUM_BLOCKS) {
    return `only ${pairs.length} complete blocks, ${MINIMUM_BLOCKS} are needed`;
  }
  return controls.length < MINIMUM_BLOCKS
    ? `only ${controls.length} blocks have their control, ${MINIMUM_BLOCKS} are needed`
    : undefined;
}

interface Compared {
  readonly summary: MixSummary;
  readonly pairs: readonly BlockPair[];
  readonly ratio: PairedRatio;
  readonly controls: readonly BlockPair[];
  readonly control: PairedRatio | undefined;
}

/** A mix with two pairs or more, compared but not judged yet. */
function compareMix(records: readonly StepRecord[], summary: MixSummary, primary: PrimaryFigure): Compared[] {
  if (MIXES.find(({ name }) => name === summary.mix)?.verdict !== true) return [];
  const pairs = pairBlocks(records, summary.mix, primary, 'sides');
  const controls = pairBlocks(records, summary.mix, primary, 'control');
  if (pairs.length < 2) return [];
  const control = controls.length < 2 ? undefined : comparePaired(controls);
  return [{ summary, pairs, ratio: comparePaired(pairs), controls, control }];
}

/** Verdicts over all of them together, the controls apart (none on a quick run); by the name of the mix. */
function judgeMixes(compared: readonly Compared[], quick: boolean): Map<string, MixComparison> {
  const verdicts = judge(compared.map(({ ratio }) => ratio));
  const withControl = compared.filter(({ control }) => control !== undefined);
  const ofControls = judge(withControl.flatMap(({ control }) => control ?? []));
  return new Map(
    compared.map((mix, i) => {
      const { summary, pairs, ratio, control } = mix;
      const judged = verdicts[i] as Judged;
      const reason = quick
        ? 'a quick run gives no verdicts'
        : findReason(mix, ofControls[withControl.indexOf(mix)]);
      const comparison: MixComparison = {
        ...ratio,
        ...judged,
        verdict: reason === undefined ? judged.verdict : 'cannot tell',
        reason,
        control,
        pairs,
      };
      return [summary.mix, comparison];
    }),
  );
}

/** All mixes with their figures. */
export function summariseMixes(
  records: readonly StepRecord[],
  { primary, quick }: RunSettings,
): MixSummary[] {
  const mixes = MIXES.map((mix) => summariseMix(records, mix, primary)).filter(
    ({ sides }) => sides.first !== undefined || sides.second !== undefined,
  );
  const compared = mixes.flatMap((summary) => compareMix(records, summary, primary));
  const comparisons = judgeMixes(compared, quick);
  return mixes.map((mix) => ({ ...mix, comparison: comparisons.get(mix.mix) }));
}

function summariseMix(
  records: readonly StepRecord[],
  { name, title, load }: Mix,
  primary: PrimaryFigure,
): MixSummary {
  const rate = records.find((r): r is RateRecord => r.type === 'rate' && r.mix === name)?.rate;
  const side = (key: SideKey) => summariseSide(keptTrials(records, name, key), primary);
  return {
    mix: name,
    title,
    rate,
    clients: 'clients' in load ? load.clients : undefined,
    sides: { first: side('first'), second: side('second') },
    discarded: records.filter((r) => r.type === 'trial' && r.mix === name && r.discarded !== undefined)
      .length,
  };
}
