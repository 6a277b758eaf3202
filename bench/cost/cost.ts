/**
 * `npm run cost -- --rate 100 --reads 0.7`: what a month costs on either database, the price of a million
 * operations, and the rate at which the cheaper one changes. Needs nothing but prices.json.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  choice,
  flag,
  number,
  readArguments,
  runCommand,
  text,
  UsageError,
  type Print,
  type Usage,
  type Values,
} from '../command-line.ts';
import { renderCost, type CostQuestion } from './cost-report.ts';
import { renderMission } from './mission-figures.ts';
import { splitOperations } from './monthly-cost.ts';
import { OPERATIONS, PRICED_SHAPE, unitsByFormula, type OperationUnits } from './operation-units.ts';
import { loadPrices, REGIONS } from './prices.ts';

const count = (help: string, fallback: number, minimum: number, maximum: number) =>
  number(help, { fallback, minimum, maximum, whole: true });
const amount = (help: string, fallback: number, minimum: number, maximum: number) =>
  number(help, { fallback, minimum, maximum });

const prices = loadPrices();
const INSTANCES = Object.keys(prices.regions['us-east-1'].rds.instancePerHour);

const USAGE = {
  call: 'npm run cost -- [options]',
  options: {
    rate: amount('operations per second, averaged over the month', 100, 0.000001, 1e6),
    reads: amount('share of reads among them, 0 to 1', 0.7, 0, 1),
    region: choice('NAME', 'us-east-1 or us-west-2', REGIONS, 'us-east-1'),
    consistency: choice(
      'KIND',
      'of queries: eventual or strong (eventual)',
      ['eventual', 'strong'],
      undefined,
    ),
    items: count('items in a cart', PRICED_SHAPE.items, 0, 500),
    'history-carts': number(
      `carts a customer history reads, of as many items (${PRICED_SHAPE.historyCarts})`,
      {
        fallback: undefined,
        minimum: 1,
        maximum: 100,
        whole: true,
      },
    ),
    'rds-instance': choice('NAME', 'instance class', INSTANCES, 'db.t4g.medium'),
    'rds-capacity': number('operations per second that instance carries, from your own test on AWS', {
      fallback: undefined,
      minimum: 0.001,
      maximum: 1e6,
    }),
    'single-az': flag('price RDS without its standby'),
    'rds-storage': amount('GB of gp3 storage', 20, 20, 65_536),
    backup: amount('GB of backups kept; as much as the storage is free', 20, 0, 1e6),
    'no-pitr': flag('price DynamoDB without point-in-time recovery'),
    tasks: count('Fargate tasks of 0.5 vCPU and 1 GB, ARM64', 2, 1, 1000),
    'nat-gateways': count('NAT gateways; 0 for interface endpoints, which are not priced here', 1, 0, 3),
    units: text(
      'FILE',
      'request-units.json of a comparison, instead of the formula: it knows its own history and\nconsistency, and --items then only sizes what is stored',
    ),
    mission: flag('recompute the figures of the mission'),
    json: flag('the same as JSON'),
  },
} satisfies Usage;
type Asked = Values<(typeof USAGE)['options']>;

const unitsFile = z.object({
  operations: z.record(z.enum(OPERATIONS), z.object({ read: z.number().min(0), write: z.number().min(0) })),
});

function readUnitsFile(path: string): OperationUnits {
  try {
    return unitsFile.parse(JSON.parse(readFileSync(path, 'utf8'))).operations;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UsageError(`--units: ${path} is not a request-units.json: ${why}`);
  }
}

/** Request units, and where they come from; what a file of units would silently overrule is refused. */
function readUnits({ units, items, ...asked }: Asked): Pick<CostQuestion, 'units' | 'unitsFrom'> {
  if (units !== undefined) {
    const needless = (['history-carts', 'consistency'] as const).find((name) => asked[name] !== undefined);
    if (needless === undefined) return { units: readUnitsFile(units), unitsFrom: units };
    const why = 'the file has the units of its own histories';
    throw new UsageError(`--${needless} does not go with --units: ${why}`);
  }
  const { historyCarts } = PRICED_SHAPE;
  const shape = { items, historyCarts: asked['history-carts'] ?? historyCarts, historyItems: items };
  return {
    units: unitsByFormula(shape, asked.consistency ?? 'eventual'),
    unitsFrom: 'the formula (no measurement given)',
  };
}

/** Bytes for each operation: through the load balancer, through NAT, into the logs, across zones. */
const TRAFFIC = { albBytes: 4096, natBytes: 64, logBytes: 400, crossZoneBytes: 2048 } as const;

/** The question behind the options. */
function questionOf(asked: Asked): CostQuestion {
  const { rate, reads, region, items, backup, tasks } = asked;
  return {
    prices,
    region,
    workload: { rate, shares: splitOperations(reads), items, hoursPerMonth: prices.hoursPerMonth },
    ...readUnits(asked),
    pitr: !asked['no-pitr'],
    rds: {
      instance: asked['rds-instance'],
      multiAz: !asked['single-az'],
      storageGb: asked['rds-storage'],
      backupGb: backup,
    },
    rdsCapacity: asked['rds-capacity'],
    shared: { tasks, taskVcpu: 0.5, taskGb: 1, natGateways: asked['nat-gateways'], ...TRAFFIC },
  };
}

export const readQuestion = (args: readonly string[]): CostQuestion =>
  questionOf(readArguments(args, USAGE).values);

/** Answers on standard output; returns the exit code. */
export function main(args: readonly string[], print: Print): number {
  const { values } = readArguments(args, USAGE);
  const question = questionOf(values);
  print(values.mission ? renderMission(question) : renderCost(question, values.json ? 'json' : 'text'));
  return 0;
}

await runCommand(import.meta.filename, main);
