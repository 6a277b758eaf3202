/** Exact decimals as texts: "29.99", "1980", "1.250". */

/** As a whole number of the smallest units, and how many digits stand behind the point. */
function unitsOf(text: string): readonly [units: bigint, digits: number] {
  const [whole = '', fraction = ''] = text.split('.');
  return [BigInt(whole + fraction), fraction.length];
}

function write(units: bigint, digits: number): string {
  const text = String(units < 0n ? -units : units).padStart(digits + 1, '0');
  const point = text.length - digits;
  return `${units < 0n ? '-' : ''}${text.slice(0, point)}${digits > 0 ? `.${text.slice(point)}` : ''}`;
}

export function times(amount: string, count: number): string {
  const [units, digits] = unitsOf(amount);
  return write(units * BigInt(count), digits);
}

/** @param amounts with as many digits behind the point each, as those of one currency have */
export function sum(amounts: readonly string[], zero: string): string {
  const [, digits] = unitsOf(zero);
  return write(
    amounts.reduce((total, amount) => total + unitsOf(amount)[0], 0n),
    digits,
  );
}
