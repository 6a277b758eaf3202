/** What verify has found, for people. */
import type { FieldDifference, Kind } from './compare-carts.ts';
import type { ToldCart, VerifyReport } from './verify.ts';

export function describeVerify(report: VerifyReport): string {
  const { from, to, compared, products, completed, counts, differences, seconds, units } = report;
  const lines = [
    `${count(compared)} records of ${from} and ${count(products)} products were compared with ${to} in ${seconds.toFixed(1)} s.`,
    `Completed: ${count(completed.carts)} carts that were on their way, ${count(completed.fences)} markers without a cart.`,
  ];
  if (units > 0) lines.push(`It took ${count(units)} request units of DynamoDB.`);
  lines.push(differences === 0 ? 'No differences.' : `${count(differences)} differences:`);
  const words: Readonly<Record<keyof typeof counts, string>> = {
    left: `carts are in ${from} yet: "npm run move -- run" hands them over`,
    both: 'carts are in both stores',
    missing: `carts that were handed over are not in ${to}`,
    differs: 'carts are not as they were handed over, nor what can have become of that',
    returned: 'carts have markers in both stores',
    unreadable: 'records cannot be read',
    products: 'products differ: import the catalogue again',
  };
  for (const kind of Object.keys(words) as (keyof typeof counts)[])
    if (counts[kind] > 0) lines.push(`  ${count(counts[kind])} ${words[kind]}`);
  lines.push(...report.carts.map(describeCart), ...report.unreadable);
  lines.push(
    ...report.catalogue.map(({ id, kind, fields }) => `product ${id}: ${kind} ${fields.join(', ')}`.trim()),
  );
  if (completed.left > 0) {
    lines.push(
      `${count(completed.left)} records of ${to} could not be completed, or nobody knows yet whether they were: run it again.`,
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

function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}
