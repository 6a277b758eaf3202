/** What a month costs, in US dollars, line by line. A gigabyte is 2^30 bytes, as AWS bills it. */
import type { PriceList } from './prices.ts';
import { OPERATIONS, typicalCartBytes, type Operation, type OperationUnits } from './units.ts';

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

export const operationsPerMonth = ({ rate, hoursPerMonth }: Workload): number => rate * 3600 * hoursPerMonth;

/** Reads (a share of all operations) and writes as the cart mix has them: 6 gets to 1 history; 15 adds to 8 updates to 7 creations. */
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

/** Request units per operation of the mix, on average. */
export function averageUnits({ shares }: Workload, units: OperationUnits): { read: number; write: number } {
  const sum = (kind: 'read' | 'write') =>
    OPERATIONS.reduce((all, operation) => all + shares[operation] * units[operation][kind], 0);
  return { read: sum('read'), write: sum('write') };
}

/** DynamoDB on demand, with the carts of seven days, after which an untouched one expires. PITR is billed on the table, not on its index. */
export function dynamoDbMonth(
  workload: Workload,
  units: OperationUnits,
  prices: PriceList['dynamodb'],
  { pitr }: { pitr: boolean },
): CostLine[] {
  const millions = operationsPerMonth(workload) / 1e6;
  const average = averageUnits(workload, units);
  const carts = workload.rate * workload.shares.create * WEEK_SECONDS;
  const tableGb = (carts * (typicalCartBytes(workload.items) + ITEM_OVERHEAD)) / GB;
  return [
    { label: 'write request units', dollars: millions * average.write * prices.perMillionWriteUnits },
    { label: 'read request units', dollars: millions * average.read * prices.perMillionReadUnits },
    { label: 'table storage', dollars: tableGb * prices.storagePerGbMonth },
    { label: 'index storage', dollars: tableGb * prices.storagePerGbMonth },
    { label: 'point-in-time recovery', dollars: pitr ? tableGb * prices.pitrPerGbMonth : 0 },
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
export function rdsMonth(choice: RdsChoice, prices: PriceList['rds'], hours: number): CostLine[] {
  const { instance, multiAz, storageGb, backupGb } = choice;
  const hourly = prices.instancePerHour[instance];
  if (hourly === undefined) throw new RangeError(`no price for the instance class "${instance}"`);
  const factor = multiAz ? prices.multiAzFactor : 1;
  const backup = Math.max(0, backupGb - storageGb);
  return [
    { label: `instance ${instance}${multiAz ? ', Multi-AZ' : ''}`, dollars: hourly * factor * hours },
    { label: 'storage (gp3)', dollars: storageGb * prices.gp3PerGbMonth * factor },
    { label: 'backups beyond the free size', dollars: backup * prices.backupPerGbMonth },
  ];
}

/** As the deployment has it: tasks of 0.5 vCPU and 1 GB; a load balancer takes one address in each of its two zones. */
const TASK = { vcpu: 0.5, gb: 1 };
const LOAD_BALANCER_ADDRESSES = 2;
/** Bytes for each operation: through the load balancer, through NAT, into the logs, across zones. */
const TRAFFIC = { alb: 4096, nat: 64, logs: 400, crossZone: 2048 } as const;

/**
 * What either database needs beside it: the service itself, the load balancer, the way out, the logs. Traffic between
 * zones is paid on the way to an instance in another zone; DynamoDB has none.
 */
export function sharedMonth(
  workload: Workload,
  { tasks, natGateways }: { readonly tasks: number; readonly natGateways: number },
  prices: PriceList['shared'],
): CostLine[] {
  const hours = workload.hoursPerMonth;
  const gigabytes = (kind: keyof typeof TRAFFIC) => (operationsPerMonth(workload) * TRAFFIC[kind]) / GB;
  // One load balancer capacity unit processes 1 GB an hour; the other dimensions are far from reached with keep-alive.
  const capacityUnits = gigabytes('alb') / hours;
  const task = TASK.vcpu * prices.fargateArmVcpuHour + TASK.gb * prices.fargateArmGbHour;
  const nat = natGateways * prices.natHour * hours + gigabytes('nat') * prices.natPerGb;
  const addresses = LOAD_BALANCER_ADDRESSES + natGateways;
  const perLogGb = prices.logsPerGb + prices.logsStoragePerGbMonth;
  const crossZone = gigabytes('crossZone') * 2 * prices.crossZonePerGbEachWay;
  return [
    { label: `Fargate (ARM64), ${tasks} tasks`, dollars: tasks * task * hours },
    { label: 'load balancer', dollars: (prices.albHour + capacityUnits * prices.albLcuHour) * hours },
    { label: `NAT, ${natGateways} ${natGateways === 1 ? 'gateway' : 'gateways'}`, dollars: nat },
    { label: `public IPv4, ${addresses} addresses`, dollars: addresses * prices.publicIpv4Hour * hours },
    { label: 'logs', dollars: gigabytes('logs') * perLogGb },
    { label: 'traffic between zones (to RDS only)', dollars: crossZone },
  ];
}
