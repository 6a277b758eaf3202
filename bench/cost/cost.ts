/**
 * `npm run cost -- --rate 100 --reads 0.7`: what a month costs on either database, the price of a million
 * operations, and the rate at which the cheaper one changes. Needs nothing but prices.json.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  readArguments,
  readChoice,
  readNumber,
  runCommand,
  UsageError,
  type Print,
} from '../command-line.ts';
import { renderCost, type CostQuestion } from './cost-report.ts';
import { renderMission } from './mission-figures.ts';
import { splitOperations } from './monthly-cost.ts';
import { OPERATIONS, PRICED_SHAPE, unitsByFormula, type OperationUnits } from './operation-units.ts';
import { loadPrices, REGIONS } from './prices.ts';

const HELP = `npm run cost -- [options]
  --rate N              operations per second, averaged over the month (100)
  --reads F             share of reads among them, 0 to 1 (0.7)
  --region NAME         us-east-1 or us-west-2 (us-east-1)
  --consistency KIND    of queries: eventual or strong (eventual)
  --items N             items in a cart (10)
  --history-carts N     carts a customer history reads, of as many items (20)
  --rds-instance NAME   instance class (db.t4g.medium)
  --rds-capacity N      operations per second that instance carries, from your own test on AWS
  --single-az           price RDS without its standby
  --rds-storage N       GB of gp3 storage (20)
  --backup N            GB of backups kept; as much as the storage is free (20)
  --no-pitr             price DynamoDB without point-in-time recovery
  --tasks N             Fargate tasks of 0.5 vCPU and 1 GB, ARM64 (2)
  --nat-gateways N      NAT gateways (1); 0 for interface endpoints, which are not priced here
  --units FILE          request-units.json of a comparison, instead of the formula: it knows its own history and
                        consistency, and --items then only sizes what is stored
  --mission             recompute the figures of the mission
  --json                the same as JSON`;

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

const OPTIONS = {
  rate: { type: 'string' },
  reads: { type: 'string' },
  region: { type: 'string' },
  consistency: { type: 'string' },
  items: { type: 'string' },
  'history-carts': { type: 'string' },
  'rds-instance': { type: 'string', default: 'db.t4g.medium' },
  'rds-capacity': { type: 'string' },
  'single-az': { type: 'boolean', default: false },
  'rds-storage': { type: 'string' },
  backup: { type: 'string' },
  'no-pitr': { type: 'boolean', default: false },
  tasks: { type: 'string' },
  'nat-gateways': { type: 'string' },
  units: { type: 'string' },
  mission: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];

const whole = { whole: true } as const;

/** Request units, and where they come from; what a file of units would silently overrule is refused. */
function readUnits(values: Values, items: number): Pick<CostQuestion, 'units' | 'unitsFrom'> {
  if (values.units !== undefined) {
    const needless = (['history-carts', 'consistency'] as const).find((name) => values[name] !== undefined);
    if (needless !== undefined) {
      throw new UsageError(
        `--${needless} does not go with --units: the file has the units of its own histories`,
      );
    }
    return { units: readUnitsFile(values.units), unitsFrom: values.units };
  }
  const kinds = ['eventual', 'strong'] as const;
  const consistency = readChoice('consistency', values.consistency, kinds, 'eventual');
  const historyCarts = readNumber('history-carts', values['history-carts'], {
    fallback: PRICED_SHAPE.historyCarts,
    minimum: 1,
    maximum: 100,
    ...whole,
  });
  return {
    units: unitsByFormula({ items, historyCarts, historyItems: items }, consistency),
    unitsFrom: 'the formula (no measurement given)',
  };
}

function readRds(values: Values, known: readonly string[]): Pick<CostQuestion, 'rds' | 'rdsCapacity'> {
  const instance = values['rds-instance'];
  if (!known.includes(instance)) {
    throw new UsageError(`--rds-instance must be one of ${known.join(', ')}; got "${instance}"`);
  }
  const storage = { fallback: 20, minimum: 20, maximum: 65536 };
  const capacity = values['rds-capacity'];
  return {
    rds: {
      instance,
      multiAz: !values['single-az'],
      storageGb: readNumber('rds-storage', values['rds-storage'], storage),
      backupGb: readNumber('backup', values.backup, { fallback: 20, minimum: 0, maximum: 1e6 }),
    },
    rdsCapacity:
      capacity === undefined
        ? undefined
        : readNumber('rds-capacity', capacity, { fallback: 0, minimum: 0.001, maximum: 1e6 }),
  };
}

/** Bytes for each operation: through the load balancer, through NAT, into the logs, across zones. */
const TRAFFIC = { albBytes: 4096, natBytes: 64, logBytes: 400, crossZoneBytes: 2048 } as const;

/** The question behind the options. */
export function readQuestion(values: Values): CostQuestion {
  const prices = loadPrices();
  const region = readChoice('region', values.region, REGIONS, 'us-east-1');
  const reads = readNumber('reads', values.reads, { fallback: 0.7, minimum: 0, maximum: 1 });
  const items = readNumber('items', values.items, {
    fallback: PRICED_SHAPE.items,
    minimum: 0,
    maximum: 500,
    ...whole,
  });
  const gateways = { fallback: 1, minimum: 0, maximum: 3, ...whole };
  return {
    prices,
    region,
    workload: {
      rate: readNumber('rate', values.rate, { fallback: 100, minimum: 0.000001, maximum: 1e6 }),
      shares: splitOperations(reads),
      items,
      hoursPerMonth: prices.hoursPerMonth,
    },
    ...readUnits(values, items),
    pitr: !values['no-pitr'],
    ...readRds(values, Object.keys(prices.regions[region].rds.instancePerHour)),
    shared: {
      tasks: readNumber('tasks', values.tasks, { fallback: 2, minimum: 1, maximum: 1000, ...whole }),
      taskVcpu: 0.5,
      taskGb: 1,
      natGateways: readNumber('nat-gateways', values['nat-gateways'], gateways),
      ...TRAFFIC,
    },
  };
}

/** Answers on standard output; returns the exit code. */
export function main(args: readonly string[], print: Print): number {
  const { values } = readArguments(args, OPTIONS);
  if (values.help) print(`${HELP}\n`);
  else if (values.mission) print(renderMission(readQuestion(values)));
  else print(renderCost(readQuestion(values), values.json ? 'json' : 'text'));
  return 0;
}

await runCommand(import.meta.filename, main);
