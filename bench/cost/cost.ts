/**
 * `npm run cost -- --rate 100 --reads 0.7`: what a month costs on either database, the price of a million
 * operations, and the rate at which the cheaper one changes. Needs nothing but prices.json.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import * as cli from '../command-line.ts';
import { answerCost, count, crossoverRate, dollars } from './answer.ts';
import * as month from './monthly-cost.ts';
import { loadPrices } from './prices.ts';
import { OPERATIONS, PRICED_SHAPE, unitsByFormula, type OperationUnits } from './units.ts';

const prices = loadPrices();
const INSTANCES = Object.keys(prices.rds.instancePerHour);
const WHOLE = 'a whole number';

const USAGE = {
  call: 'npm run cost -- [options]',
  options: {
    rate: cli.number('operations per second, averaged over the month', [0.000001, 1e6], 100),
    reads: cli.number('share of reads among them, 0 to 1', [0, 1], 0.7),
    region: cli.choice(prices.regions.join(' or '), prices.regions, 'us-east-1'),
    consistency: cli.choice('of queries: eventual or strong (eventual)', ['eventual', 'strong'], undefined),
    items: cli.number('items in a cart', [0, 500], PRICED_SHAPE.items, WHOLE),
    'history-carts': cli.number(
      'carts a customer history reads, of as many items (20)',
      [1, 100],
      undefined,
      WHOLE,
    ),
    'rds-instance': cli.choice('instance class', INSTANCES, 'db.t4g.medium'),
    'rds-capacity': cli.number(
      'operations per second it carries, from your own test on AWS',
      [0.001, 1e6],
      undefined,
    ),
    'single-az': cli.flag('price RDS without its standby'),
    'rds-storage': cli.number('GB of gp3 storage', [20, 65_536], 20),
    backup: cli.number('GB of backups kept; as much as the storage is free', [0, 1e6], 20),
    'no-pitr': cli.flag('price DynamoDB without point-in-time recovery'),
    tasks: cli.number('Fargate tasks of 0.5 vCPU and 1 GB, ARM64', [1, 1000], 2, WHOLE),
    'nat-gateways': cli.number('0 for interface endpoints, which are not priced here', [0, 3], 1, WHOLE),
    units: cli.text('FILE', 'request-units.json of a comparison, instead of the formula', undefined),
    mission: cli.flag('recompute the figures of the mission'),
    json: cli.flag('the same as JSON'),
  },
  notes: 'A file of units has its own histories and consistency; with it --items only sizes what is stored.',
} satisfies cli.Usage;
type Asked = cli.Values<(typeof USAGE)['options']>;

const units = z.object({ read: z.number().min(0), write: z.number().min(0) });
const unitsFile = z.object({ operations: z.record(z.enum(OPERATIONS), units) });

function readUnitsFile(path: string): OperationUnits {
  try {
    return unitsFile.parse(JSON.parse(readFileSync(path, 'utf8'))).operations;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new cli.UsageError(`--units: ${path} is not a request-units.json: ${why}`);
  }
}

/** Request units, and where they come from; what a file of units would silently overrule is refused. */
function readUnits(asked: Asked): { units: OperationUnits; unitsFrom: string } {
  const { units: file, items, consistency = 'eventual', 'history-carts': historyCarts } = asked;
  if (file === undefined) {
    const found = unitsByFormula(items, historyCarts ?? PRICED_SHAPE.historyCarts, consistency);
    return { units: found, unitsFrom: 'the formula (no measurement given)' };
  }
  const needless = (['history-carts', 'consistency'] as const).find((name) => asked[name] !== undefined);
  if (needless === undefined) return { units: readUnitsFile(file), unitsFrom: file };
  const why = 'the file has the units of its own histories';
  throw new cli.UsageError(`--${needless} does not go with --units: ${why}`);
}

const questionOf = (asked: Asked) => ({
  prices,
  region: asked.region,
  workload: {
    rate: asked.rate,
    shares: month.splitOperations(asked.reads),
    items: asked.items,
    hoursPerMonth: prices.hoursPerMonth,
  },
  ...readUnits(asked),
  pitr: !asked['no-pitr'],
  rds: {
    instance: asked['rds-instance'],
    multiAz: !asked['single-az'],
    storageGb: asked['rds-storage'],
    backupGb: asked.backup,
  },
  /** Operations per second the instance carries: the asker's own figure, never derived here. */
  rdsCapacity: asked['rds-capacity'],
  shared: { tasks: asked.tasks, natGateways: asked['nat-gateways'] },
});
export type CostQuestion = ReturnType<typeof questionOf>;

/** The question behind the options; without any, the one that reports ask. */
export const readQuestion = (args: readonly string[]): CostQuestion =>
  questionOf(cli.readArguments(args, USAGE).values);

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
