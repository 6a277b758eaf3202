/**
 * Verdicts on paired blocks. Each block gives one ratio (second side over first); the logarithms of the ratios
 * are averaged with a t-interval. Two questions are asked of each mix: is the ratio other than 1 (t-test), and is it
 * within ±5 % (two one-sided t-tests). Each family of p-values is corrected by Holm over the mixes.
 */
import studentTCdf from '@stdlib/stats-base-dists-t-cdf';
import { adjustByHolm, meanInterval } from './statistics.ts';

/** Ratios from 1/1.05 to 1.05 count as the same: a difference nobody would change a database for. */
export const SAME_WITHIN = 1.05;
/** Fewer complete blocks than this and no verdict is given. */
export const MINIMUM_BLOCKS = 10;
/** Chance of even one wrong "different" among the mixes of a run: low, since somebody may move a database for it. */
const ALPHA_DIFFERENT = 0.01;
/** Chance of even one wrong "same". */
const ALPHA_SAME = 0.05;

export interface Block {
  /** The figure on the first and on the second side, same unit, above 0. */
  readonly first: number;
  readonly second: number;
}

export interface PairedRatio {
  readonly blocks: number;
  /** second / first: geometric mean over the blocks, and its 95 % interval. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** second - first in the figure's unit: mean over the blocks, and its 95 % interval. */
  readonly difference: { readonly estimate: number; readonly low: number; readonly high: number };
  readonly pDifferent: number;
  readonly pSame: number;
}

export type Verdict = 'different' | 'same' | 'cannot tell';

/** At least two blocks; throws on a figure that is not above 0. */
export function comparePaired(blocks: readonly Block[]): PairedRatio {
  for (const block of blocks) {
    if (!(block.first > 0 && block.second > 0)) {
      throw new RangeError(`a ratio needs figures above 0, got ${block.first} and ${block.second}`);
    }
  }
  const logs = meanInterval(blocks.map(({ first, second }) => Math.log(second / first)));
  const difference = meanInterval(blocks.map(({ first, second }) => second - first));
  return {
    blocks: blocks.length,
    ratio: Math.exp(logs.estimate),
    low: Math.exp(logs.low),
    high: Math.exp(logs.high),
    difference: { estimate: difference.estimate, low: difference.low, high: difference.high },
    pDifferent: logs.pValue,
    pSame: equivalencePValue(logs.estimate, logs.standardError, logs.degrees),
  };
}

/** The larger p of the two one-sided tests "the log ratio is at or beyond ±log 1.05". */
function equivalencePValue(estimate: number, standardError: number, degrees: number): number {
  const bound = Math.log(SAME_WITHIN);
  if (standardError === 0) return Number(Math.abs(estimate) >= bound);
  const above = studentTCdf((estimate - bound) / standardError, degrees);
  const below = studentTCdf((-bound - estimate) / standardError, degrees);
  return Math.max(above, below);
}

export interface Judged {
  readonly verdict: Verdict;
  readonly pDifferentAdjusted: number;
  readonly pSameAdjusted: number;
}

/**
 * One verdict per mix, corrected over all of them. "Same" goes before "different": a difference of 1 % that is
 * proven is still the same within ±5 %. Fewer than MINIMUM_BLOCKS blocks: cannot tell.
 */
export function judge(mixes: readonly PairedRatio[]): Judged[] {
  const different = adjustByHolm(mixes.map((mix) => mix.pDifferent));
  const same = adjustByHolm(mixes.map((mix) => mix.pSame));
  return mixes.map((mix, i) => {
    const pDifferentAdjusted = different[i] ?? 1;
    const pSameAdjusted = same[i] ?? 1;
    let verdict: Verdict = 'cannot tell';
    if (mix.blocks >= MINIMUM_BLOCKS) {
      if (pSameAdjusted < ALPHA_SAME) verdict = 'same';
      else if (pDifferentAdjusted < ALPHA_DIFFERENT) verdict = 'different';
    }
    return { verdict, pDifferentAdjusted, pSameAdjusted };
  });
}
