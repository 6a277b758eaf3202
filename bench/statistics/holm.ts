/**
 * Holm's step-down correction: multiplies the k-th smallest of m p-values by m - k + 1, keeps the order, caps at 1.
 * Comparing the results with 0.01 keeps the chance of even one false alarm among the m at 1 %.
 */
export function adjustByHolm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  pValues
    .map((p, index) => ({ p, index }))
    .sort((a, b) => a.p - b.p)
    .forEach(({ p, index }, rank) => {
      largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
      adjusted[index] = largest;
    });
  return adjusted;
}
