/** A question of cost: what is asked, in options, and the prices it is answered with. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import * as cli from '../command-line.ts';
import * as month from './monthly-cost.ts';
import { loadPrices } from './prices.ts';
import { OPERATIONS, PRICED_SHAPE, unitsByFormula, type OperationUnits } from './units.ts';

export const prices = loadPrices();
const INSTANCES = Object.keys(prices.rds.instancePerHour);
const WHOLE = 'a whole number';

/** The options, with what each means. */
export const USAGE = {
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

export const questionOf = (asked: Asked) => ({
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
