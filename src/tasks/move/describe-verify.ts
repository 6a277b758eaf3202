/** What verify has found, for people. */
import type { FieldDifference, Kind } from './compare-carts.ts';
import { count, requestUnits } from './count.ts';
import type { ToldCart, VerifyReport } from './verify.ts';

const HAND_OVER = '"npm run move -- run" hands';

export function describeVerify(report: VerifyReport): string {
  const { from, to, compared, products, completed, counts, differences, seconds, units } = report;
  const lines = [
    `${count(compared, 'record', 'records')} of ${from} and ${count(products, 'product was', 'products were')} compared with ${to} in ${seconds.toFixed(1)} s.`,
    `Completed: ${count(completed.carts, 'cart that was on its', 'carts that were on their')} way, ${count(completed.fences, 'marker', 'markers')} without a cart.`,
  ];
  if (units > 0) lines.push(`It took ${requestUnits(units)} of DynamoDB.`);
  lines.push(differences === 0 ? 'No differences.' : `${count(differences, 'difference', 'differences')}:`);
  const words: Readonly<Record<keyof typeof counts, readonly [one: string, several: string]>> = {
    left: [`cart is in ${from} yet: ${HAND_OVER} it`, `carts are in ${from} yet: ${HAND_OVER} them`],
    both: ['cart is in both stores', 'carts are in both stores'],
    missing: [`cart that was handed over is not in ${to}`, `carts that were handed over are not in ${to}`],
    differs: [
      'cart is not as it was handed over, nor what can have become of that',
      'carts are not as they were handed over, nor what can have become of that',
    ],
    returned: ['cart has a marker in both stores', 'carts have markers in both stores'],
    unreadable: ['record cannot be read', 'records cannot be read'],
    products: ['product differs: import the catalogue again', 'products differ: import the catalogue again'],
  };
  for (const kind of Object.keys(words) as (keyof typeof counts)[])
    if (counts[kind] > 0) lines.push(`  ${count(counts[kind], ...words[kind])}`);
  const { waived } = report;
  if (waived.carts > 0)
    lines.push(
      `${count(waived.carts, 'cart is', 'carts are')} without ${waived.fields.join(', ')}, as --without allows.`,
    );
  lines.push(...report.carts.map(describeCart), ...report.unreadable);
  lines.push(
    ...report.catalogue.map(({ id, kind, fields }) => `product ${id}: ${kind} ${fields.join(', ')}`.trim()),
  );
  if (completed.left > 0) {
    lines.push(
      `${count(completed.left, `record of ${to}`, `records of ${to}`)} could not be completed, or nobody knows yet what became of it: run it again.`,
    );
  }
  if (!report.complete) lines.push('It was ended before its end: run it again.');
  return lines.join('\n');
}

const KINDS: Readonly<Record<Kind, string>> = {
  left: 'not handed over',
  both: 'in both stores',
  missing: 'missing in the target',
  differs: 'differs in',
  returned: 'a marker in both stores',
  waived: 'without',
};

function describeCart({ cart, customerId, kind, fields }: ToldCart): string {
  const owner = customerId === undefined ? '' : ` of customer ${customerId}`;
  return `${cart}${owner}: ${KINDS[kind]} ${fields.map(describeField).join(', ')}`.trim();
}

function describeField({ field, source, target }: FieldDifference): string {
  return source === undefined && target === undefined
    ? field
    : `${field} (${source ?? 'none'} in the source, ${target ?? 'none'} in the target)`;
}
