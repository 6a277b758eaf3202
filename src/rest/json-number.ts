/**
 * Minor units as the number that JSON writes with at most two fraction digits. A division is rounded once, to the binary
 * fraction next to the exact decimal; with at most 15 digits, as the largest total has, that prints as the decimal itself.
 */
export function toJsonNumber(amount: number): number {
  return amount / 100;
}
