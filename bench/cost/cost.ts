/**
 * `npm run cost -- --rate 100 --reads 0.7`: what a month costs on either database, the price of a million
 * operations, and the rate at which the cheaper one changes. Needs nothing but prices.json.
 */
import * as cli from '../command-line.ts';
import { answerCost, count, crossoverRate, dollars } from './answer.ts';
import * as month from './monthly-cost.ts';
import { prices, questionOf, USAGE, type CostQuestion } from './question.ts';

const row = (label: string, value: string) => `  ${label.padEnd(40)}${value.padStart(14)}`;
const rows = (lines: readonly month.CostLine[]) => [
  ...lines.map((line) => row(line.label, dollars(line.dollars))),
  row('together', dollars(month.total(lines))),
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

function renderCost(question: CostQuestion): string[] {
  const { dynamodb, postgres, unitsPerOperation, shared, crossovers, operationsPerMonth } =
    answerCost(question);
  const { read, write } = unitsPerOperation;
  return [
    `${count(question.workload.rate)} operations/s, ${count(operationsPerMonth)} a month, ${question.region}, prices of ${prices.date}`,
    headline(question, dynamodb.total, postgres.total),
    '',
    `DynamoDB on demand: ${dollars(dynamodb.perMillionOperations)} per million operations`,
    ...rows(dynamodb.lines),
    `  (${write.toFixed(2)} write and ${read.toFixed(2)} read units per operation, from ${question.unitsFrom})`,
    '',
    `PostgreSQL on RDS: ${dollars(postgres.perMillionOperations)} per million operations at this rate`,
    ...rows(postgres.lines),
    `  ${capacityNote(question)}`,
    '',
    'Needed with either database',
    ...rows(shared),
    '',
    'Crossover: below this rate DynamoDB is cheaper, above it the instance, as far as it carries it',
    ...crossovers.map(({ instance, multiAz, rate, dollars: price, operationsPerMonth: monthly }) =>
      row(
        `${instance}${multiAz ? ', Multi-AZ' : ''} (${dollars(price)})`,
        `${count(rate)}/s = ${count(monthly / 1e6)} million a month`.padStart(34),
      ),
    ),
    '',
    'List prices without free tiers and commitments; sources are named in bench/cost/prices.json.',
  ];
}

/** The volume at which the plan saw DynamoDB stop being the cheaper one, and the smallest instance. */
const PLANNED_CROSSOVER = 100_000;
const SMALLEST = 'db.t4g.micro';

/** The cost figures that the service was planned with, computed again for the question's mix, region and units. */
function renderMission(question: CostQuestion): string[] {
  const { workload, units: ofOperations, pitr, rds } = question;
  const { beforeNovember2024: before, dynamodb: now } = prices;
  const hours = workload.hoursPerMonth;
  const planned = { ...workload, rate: PLANNED_CROSSOVER / (3600 * hours) };
  const atPlanned = (list: typeof now) =>
    dollars(month.total(month.dynamoDbMonth(planned, ofOperations, list, { pitr })));
  const smallest = month.total(
    month.rdsMonth({ ...rds, instance: SMALLEST, multiAz: false }, prices.rds, hours),
  );
  const rate = crossoverRate(question, smallest);
  const monthly = month.operationsPerMonth({ ...workload, rate });
  return [
    'The figures the service was planned with, recomputed',
    '',
    `Planned: ${dollars(before.perMillionWriteUnits)} per million writes, ${dollars(before.perMillionReadUnits)} per million reads.`,
    `Now: $${now.perMillionWriteUnits} per million write units, $${now.perMillionReadUnits} per million read units: halved on 1 November 2024`,
    `(${prices.sources['dynamodbHalved'] ?? 'see prices.json'}).`,
    'A unit is 1 KB written or 4 KB read, not an operation: a change of a cart of 2 KB with its index costs four write units.',
    '',
    `Planned: PostgreSQL is the cheaper one "above ${count(PLANNED_CROSSOVER)} operations a month".`,
    `Recomputed: ${count(PLANNED_CROSSOVER)} operations cost ${atPlanned(now)} on DynamoDB (${atPlanned({ ...now, ...before })} at the old prices);`,
    `the smallest instance (${SMALLEST}, one zone, ${rds.storageGb} GB) costs ${dollars(smallest)} whether it is used or not.`,
    `The costs meet at ${count(monthly / 1e6)} million operations a month (${count(rate)} a second),`,
    `${count(monthly / PLANNED_CROSSOVER)} times the planned figure.`,
  ];
}

/** Answers on standard output; returns the exit code. */
export function main(args: readonly string[], print: cli.Print): number {
  const { values } = cli.readArguments(args, USAGE);
  const question = questionOf(values);
  if (values.json) print(`${JSON.stringify(answerCost(question), null, 2)}\n`);
  else print([...(values.mission ? renderMission(question) : renderCost(question)), ''].join('\n'));
  return 0;
}

await cli.runCommand(import.meta.filename, main);
