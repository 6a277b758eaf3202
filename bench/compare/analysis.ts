/** From raw records to figures and verdicts. Pure: the same steps.jsonl gives the same summary. */
import {
  comparePaired,
  judge,
  MINIMUM_BLOCKS,
  type PairedRatio,
  type Verdict,
} from '../statistics/verdict.ts';
import { pairBlocks, type BlockPair } from './block-pairs.ts';
import { MIXES, type Mix } from './mixes.ts';
import type { RateRecord, SideKey, StepRecord } from './records.ts';
import type { RunSettings } from './settings.ts';
import { keptTrials, summariseSide, type SideFigures } from './side-figures.ts';

export interface MixComparison extends PairedRatio {
  readonly verdict: Verdict;
  /** Why it cannot be told, where something other than the spread is the reason. */
  readonly reason?: string;
  readonly pDifferentAdjusted: number;
  readonly pSameAdjusted: number;
  /** The same side measured twice within a block: its interval should contain 1. */
  readonly control?: PairedRatio;
  readonly pairs: readonly BlockPair[];
}

export interface MixSummary {
  readonly mix: string;
  readonly title: string;
  readonly rate?: number;
  readonly clients?: number;
  readonly sides: Readonly<Record<SideKey, SideFigures | undefined>>;
  readonly discarded: number;
  /** Mixes with verdicts, from two complete blocks on. */
  readonly comparison?: MixComparison;
}

/** More failures than this and latencies do not count: fast errors must not win. */
const MAXIMUM_FAILED = 0.01;
/** Less of the rate achieved than this and a side was overrun. */
const MINIMUM_ACHIEVED = 0.95;

interface Control {
  readonly blocks: number;
  readonly verdict: Verdict | undefined;
}

/** Why there is no verdict on a mix, whatever its figures say; undefined when there may be one. */
function findReason(mix: MixSummary, control: Control, blocks: number): string | undefined {
  for (const side of Object.values(mix.sides)) {
    if (side === undefined) continue;
    if (side.failed > side.arrivals * MAXIMUM_FAILED) {
      return `${side.failed} of ${side.arrivals} requests failed on one side`;
    }
    if (side.achieved < MINIMUM_ACHIEVED) return 'one side did not keep up with the rate';
  }
  if (control.verdict === 'different')
    return 'the control, one side against itself, differs too: the machine was not steady';
  if (blocks < MINIMUM_BLOCKS) return `only ${blocks} complete blocks, ${MINIMUM_BLOCKS} are needed`;
  return control.blocks < MINIMUM_BLOCKS
    ? `only ${control.blocks} blocks have their control, ${MINIMUM_BLOCKS} are needed`
    : undefined;
}

/** A mix with two pairs or more, compared but not judged yet. */
function compareMix(records: readonly StepRecord[], summary: MixSummary, { primary }: RunSettings) {
  if (MIXES.find(({ name }) => name === summary.mix)?.verdict !== true) return [];
  const pairs = pairBlocks(records, summary.mix, primary, 'sides');
  const controls = pairBlocks(records, summary.mix, primary, 'control');
  if (pairs.length < 2) return [];
  const control = controls.length < 2 ? undefined : comparePaired(controls);
  return [{ summary, pairs, ratio: comparePaired(pairs), control, controls: controls.length }];
}

/** All mixes with their figures; verdicts over the verdict mixes together (none on a quick run). */
export function summariseMixes(records: readonly StepRecord[], settings: RunSettings): MixSummary[] {
  const mixes = MIXES.map((mix) => summariseMix(records, mix, settings)).filter(
    ({ sides }) => sides.first !== undefined || sides.second !== undefined,
  );
  const compared = mixes.flatMap((summary) => compareMix(records, summary, settings));
  const verdicts = judge(compared.map(({ ratio }) => ratio));
  const withControl = compared.flatMap(({ control, summary }) =>
    control ? [{ mix: summary.mix, control }] : [],
  );
  const controlVerdicts = judge(withControl.map(({ control }) => control));
  const comparisons = new Map(
    compared.map(({ summary, pairs, ratio, control, controls }, i): [string, MixComparison] => {
      const judged = verdicts[i];
      if (judged === undefined) throw new Error(`no verdict on ${summary.mix}`);
      const verdict = controlVerdicts[withControl.findIndex(({ mix }) => mix === summary.mix)]?.verdict;
      const reason = settings.quick
        ? 'a quick run gives no verdicts'
        : findReason(summary, { blocks: controls, verdict }, pairs.length);
      return [
        summary.mix,
        {
          ...ratio,
          ...judged,
          ...(reason === undefined ? {} : { verdict: 'cannot tell', reason }),
          ...(control === undefined ? {} : { control }),
          pairs,
        },
      ];
    }),
  );
  return mixes.map((mix) => {
    const comparison = comparisons.get(mix.mix);
    return comparison === undefined ? mix : { ...mix, comparison };
  });
}

function summariseMix(
  records: readonly StepRecord[],
  { name, title, load }: Mix,
  { primary }: RunSettings,
): MixSummary {
  const rate = records.find((r): r is RateRecord => r.type === 'rate' && r.mix === name)?.rate;
  return {
    mix: name,
    title,
    ...(rate === undefined ? {} : { rate }),
    ...('clients' in load ? { clients: load.clients } : {}),
    sides: {
      first: summariseSide(keptTrials(records, name, 'first'), primary),
      second: summariseSide(keptTrials(records, name, 'second'), primary),
    },
    discarded: records.filter((r) => r.type === 'trial' && r.mix === name && r.discarded !== undefined)
      .length,
  };
}
