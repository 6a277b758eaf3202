/** Numbers of things, in words. */

/** `1 cart`, `2,000 carts`. */
export function count(number: number, one: string, several: string): string {
  const whole = Math.round(number);
  return `${whole.toLocaleString('en')} ${whole === 1 ? one : several}`;
}

export function requestUnits(number: number): string {
  return count(number, 'request unit', 'request units');
}
