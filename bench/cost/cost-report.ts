/** The answer of `npm run cost`, as text or JSON. */
import {
  averageUnits,
  crossoverRate,
  dynamoDbMonth,
  operationsPerMonth,
  rdsMonth,
  sharedMonth,
  total,
  type CostLine,
  type RdsChoice,
  type SharedChoice,
  type Workload,
} from './monthly-cost.ts';
import type { OperationUnits } from './operation-units.ts';
import type { PriceList, Region } from './prices.ts';

export interface CostQuestion {
  readonly prices: PriceList;
  readonly region: Region;
  readonly workload: Workload;
  readonly units: OperationUnits;
  /** Where the units come from, for the reader. */
  readonly unitsFrom: string;
  readonly pitr: boolean;
  readonly rds: RdsChoice;
  /** Operations per second the instance carries: the asker's own figure, never derived here. */
  readonly rdsCapacity: number | undefined;
  readonly shared: SharedChoice;
}

/** Everything the answer consists of, in dollars per month unless named otherwise. */
export function answerCost(question: CostQuestion) {
  const prices = question.prices.regions[question.region];
  const { workload, units, pitr, rds } = question;
  const dynamodb = dynamoDbMonth(workload, units, prices.dynamodb, { pitr });
  const postgres = rdsMonth(rds, prices.rds, workload.hoursPerMonth);
  const millions = operationsPerMonth(workload) / 1e6;
  const crossovers = Object.keys(prices.rds.instancePerHour).flatMap((instance) =>
    [false, true].map((multiAz) => {
      const dollars = total(rdsMonth({ ...rds, instance, multiAz }, prices.rds, workload.hoursPerMonth));
      const rate = crossoverRate(workload, units, prices.dynamodb, { pitr }, dollars);
      return {
        instance,
        multiAz,
        dollars,
        rate,
        operationsPerMonth: operationsPerMonth({ ...workload, rate }),
      };
    }),
  );
  return {
    operationsPerMonth: operationsPerMonth(workload),
    unitsPerOperation: averageUnits(workload, units),
    dynamodb: { lines: dynamodb, total: total(dynamodb), perMillionOperations: total(dynamodb) / millions },
    postgres: { lines: postgres, total: total(postgres), perMillionOperations: total(postgres) / millions },
    shared: sharedMonth(workload, question.shared, prices.shared),
    crossovers,
  };
}

export const dollars = (amount: number): string =>
  `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

export const count = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: value < 1000 ? 3 : 4 });

const row = (label: string, value: string) => `  ${label.padEnd(40)}${value.padStart(14)}`;

const table = (lines: readonly CostLine[]) => [
  ...lines.map((line) => row(line.label, dollars(line.dollars))),
  row('together', dollars(total(lines))),
];

function capacityNote({ rds, rdsCapacity, workload }: CostQuestion): string {
  if (rdsCapacity === undefined) {
    return `Whether one ${rds.instance} carries ${count(workload.rate)} operations/s is not known here: measure it on AWS and give --rds-capacity.`;
  }
  return rdsCapacity >= workload.rate
    ? `By your figure the instance carries ${count(rdsCapacity)} operations/s: enough.`
    : `By your figure the instance carries only ${count(rdsCapacity)} operations/s: choose a larger one, the price above does not buy this rate.`;
}

/** Names the cheaper side, unless the asker's own figure says that the instance cannot carry the rate. */
function headline({ rds, rdsCapacity, workload }: CostQuestion, dynamodb: number, postgres: number): string {
  const figures = `DynamoDB ${dollars(dynamodb)}, RDS ${rds.instance} ${dollars(postgres)} a month`;
  if (rdsCapacity !== undefined && rdsCapacity < workload.rate) {
    return `${figures}: not comparable, by your figure this instance does not carry the rate`;
  }
  if (dynamodb <= postgres) return `${figures}: DynamoDB is cheaper at this rate`;
  return `${figures}: RDS is cheaper at this rate${rdsCapacity === undefined ? ', if the instance carries it' : ''}`;
}

/** The answer for people, or the numbers behind it. */
export function renderCost(question: CostQuestion, format: 'text' | 'json'): string {
  const answer = answerCost(question);
  if (format === 'json') return `${JSON.stringify(answer, null, 2)}\n`;
  const { dynamodb, postgres } = answer;
  const units = answer.unitsPerOperation;
  return [
    `${count(question.workload.rate)} operations/s, ${count(answer.operationsPerMonth)} a month, ${question.region}, prices of ${question.prices.date}`,
    headline(question, dynamodb.total, postgres.total),
    '',
    `DynamoDB on demand: ${dollars(dynamodb.perMillionOperations)} per million operations`,
    ...table(dynamodb.lines),
    `  (${units.write.toFixed(2)} write and ${units.read.toFixed(2)} read units per operation, from ${question.unitsFrom})`,
    '',
    `PostgreSQL on RDS: ${dollars(postgres.perMillionOperations)} per million operations at this rate`,
    ...table(postgres.lines),
    `  ${capacityNote(question)}`,
    '',
    'Needed with either database',
    ...table(answer.shared),
    '',
    'Crossover: below this rate DynamoDB is cheaper, above it the instance, as far as it carries it',
    ...answer.crossovers.map(({ instance, multiAz, rate, dollars: price, operationsPerMonth: monthly }) =>
      row(
        `${instance}${multiAz ? ', Multi-AZ' : ''} (${dollars(price)})`,
        `${count(rate)}/s = ${count(monthly / 1e6)} million a month`.padStart(34),
      ),
    ),
    '',
    'List prices without free tiers and commitments; sources are named in bench/cost/prices.json.',
    '',
  ].join('\n');
}
