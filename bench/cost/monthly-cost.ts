/** What a month costs, in US dollars, line by line. A gigabyte is 2^30 bytes, as AWS bills it. */
import { OPERATIONS, typicalCartBytes, type Operation, type OperationUnits } from './operation-units.ts';
import type { RegionPrices } from './prices.ts';

const GB = 2 ** 30;
const WEEK_SECONDS = 7 * 24 * 3600;
/** Every stored item and every index entry is billed 100 bytes more than its size. */
const ITEM_OVERHEAD = 100;

export interface Workload {
  /** Operations per second, averaged over the month. */
  readonly rate: number;
  /** Share of each operation; they add up to 1. */
  readonly shares: Readonly<Record<Operation, number>>;
  /** Items in a stored cart, on average. */
  readonly items: number;
  readonly hoursPerMonth: number;
}

export interface CostLine {
  readonly label: string;
  readonly dollars: number;
}

export const total = (lines: readonly CostLine[]): number =>
  lines.reduce((sum, { dollars }) => sum + dollars, 0);

/** Operations in a month at the workload's rate. */
export const operationsPerMonth = ({ rate, hoursPerMonth }: Workload): number => rate * 3600 * hoursPerMonth;

/**
 * Splits reads (share `reads` of all operations) and writes the way the measured cart mix does:
 * six gets to one history; fifteen adds to eight updates to seven creations.
 */
export function splitOperations(reads: number): Record<Operation, number> {
  const writes = 1 - reads;
  return {
    get: (reads * 6) / 7,
    history: reads / 7,
    add: (writes * 15) / 30,
    update: (writes * 8) / 30,
    create: (writes * 7) / 30,
  };
}

/** Carts alive at any time: those created in the seven days after which an untouched cart expires. */
export const liveCarts = (workload: Workload): number =>
  workload.rate * workload.shares.create * WEEK_SECONDS;

/** Request units per operation of the mix, on average. */
export function averageUnits(workload: Workload, units: OperationUnits): { read: number; write: number } {
  const sum = (kind: 'read' | 'write') =>
    OPERATIONS.reduce((all, operation) => all + workload.shares[operation] * units[operation][kind], 0);
  return { read: sum('read'), write: sum('write') };
}

/** DynamoDB on demand. PITR is billed on the table, not on its index. */
export function dynamoDbMonth(
  workload: Workload,
  units: OperationUnits,
  prices: RegionPrices['dynamodb'],
  options: { pitr: boolean },
): CostLine[] {
  const millions = operationsPerMonth(workload) / 1e6;
  const average = averageUnits(workload, units);
  const tableGb = (liveCarts(workload) * (typicalCartBytes(workload.items) + ITEM_OVERHEAD)) / GB;
  return [
    { label: 'write request units', dollars: millions * average.write * prices.perMillionWriteUnits },
    { label: 'read request units', dollars: millions * average.read * prices.perMillionReadUnits },
    { label: 'table storage', dollars: tableGb * prices.storagePerGbMonth },
    { label: 'index storage', dollars: tableGb * prices.storagePerGbMonth },
    { label: 'point-in-time recovery', dollars: options.pitr ? tableGb * prices.pitrPerGbMonth : 0 },
  ];
}

export interface RdsChoice {
  readonly instance: string;
  readonly multiAz: boolean;
  readonly storageGb: number;
  /** Backup storage kept; as much as `storageGb` is free. */
  readonly backupGb: number;
}

/** RDS for PostgreSQL: it costs the same whether it is used or not, up to what the instance can carry. */
export function rdsMonth(choice: RdsChoice, prices: RegionPrices['rds'], hoursPerMonth: number): CostLine[] {
  const hourly = prices.instancePerHour[choice.instance];
  if (hourly === undefined) {
    const known = Object.keys(prices.instancePerHour).join(', ');
    throw new RangeError(`no price for the instance class "${choice.instance}"; the price list has ${known}`);
  }
  const factor = choice.multiAz ? prices.multiAzFactor : 1;
  const billedBackup = Math.max(0, choice.backupGb - choice.storageGb);
  return [
    {
      label: `instance ${choice.instance}${choice.multiAz ? ', Multi-AZ' : ''}`,
      dollars: hourly * factor * hoursPerMonth,
    },
    { label: 'storage (gp3)', dollars: choice.storageGb * prices.gp3PerGbMonth * factor },
    { label: 'backups beyond the free size', dollars: billedBackup * prices.backupPerGbMonth },
  ];
}

/** A load balancer takes one in each of its zones; the deployment has two. */
const LOAD_BALANCER_ADDRESSES = 2;

export interface SharedChoice {
  readonly tasks: number;
  readonly taskVcpu: number;
  readonly taskGb: number;
  readonly natGateways: number;
  /** Bytes through the load balancer, through NAT, into the logs and across zones, per operation. */
  readonly albBytes: number;
  readonly natBytes: number;
  readonly logBytes: number;
  readonly crossZoneBytes: number;
}

/**
 * What either database needs beside it: the service itself, the load balancer, the way out, the logs. Traffic between
 * zones is paid on the way to an instance in another zone; DynamoDB has none.
 */
export function sharedMonth(
  workload: Workload,
  choice: SharedChoice,
  prices: RegionPrices['shared'],
): CostLine[] {
  const hours = workload.hoursPerMonth;
  const gigabytes = (bytes: number) => (operationsPerMonth(workload) * bytes) / GB;
  // One load balancer capacity unit processes 1 GB an hour; the other dimensions are far from reached with keep-alive.
  const capacityUnits = gigabytes(choice.albBytes) / hours;
  const task = choice.taskVcpu * prices.fargateArmVcpuHour + choice.taskGb * prices.fargateArmGbHour;
  const addresses = LOAD_BALANCER_ADDRESSES + choice.natGateways;
  return [
    { label: `Fargate (ARM64), ${choice.tasks} tasks`, dollars: choice.tasks * task * hours },
    { label: 'load balancer', dollars: (prices.albHour + capacityUnits * prices.albLcuHour) * hours },
    {
      label: `NAT, ${choice.natGateways} ${choice.natGateways === 1 ? 'gateway' : 'gateways'}`,
      dollars: choice.natGateways * prices.natHour * hours + gigabytes(choice.natBytes) * prices.natPerGb,
    },
    { label: `public IPv4, ${addresses} addresses`, dollars: addresses * prices.publicIpv4Hour * hours },
    {
      label: 'logs',
      dollars: gigabytes(choice.logBytes) * (prices.logsPerGb + prices.logsStoragePerGbMonth),
    },
    {
      label: 'traffic between zones (to RDS only)',
      dollars: gigabytes(choice.crossZoneBytes) * 2 * prices.crossZonePerGbEachWay,
    },
  ];
}

/**
 * The rate (operations per second) at which DynamoDB costs what the instance costs: below it DynamoDB is cheaper,
 * above it the instance, as long as it carries the rate. DynamoDB's cost is proportional to the rate, so it is a
 * division.
 */
export function crossoverRate(
  workload: Workload,
  units: OperationUnits,
  prices: RegionPrices['dynamodb'],
  options: { pitr: boolean },
  rdsDollars: number,
): number {
  return rdsDollars / total(dynamoDbMonth({ ...workload, rate: 1 }, units, prices, options));
}
