/** The figures that are compared: one pair for each block of a mix. */
import type { Block } from '../statistics/verdict.ts';
import type { StepRecord, TrialRecord } from './records.ts';
import type { PrimaryFigure } from './settings.ts';

export type BlockPair = Block & { readonly block: number };

/**
 * Pairs of the primary figure, one for each block in which both trials were kept.
 * @param arms sides: the second against the first; control: one side's second trial against its first
 */
export function pairBlocks(
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
    const repeat = inBlock.find((trial) => trial.arm === 'repeat');
    const [one, two] =
      arms === 'sides'
        ? [inBlock.find((t) => t.arm === 'first'), inBlock.find((t) => t.arm === 'second')]
        : [inBlock.find((t) => t.arm !== 'repeat' && t.side === repeat?.side), repeat];
    const [first, second] = [one?.latency[primary] ?? 0, two?.latency[primary] ?? 0];
    if (first > 0 && second > 0) pairs.push({ block, first, second });
  }
  return pairs;
}
