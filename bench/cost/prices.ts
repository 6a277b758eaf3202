/** The price list, checked when loaded: a typing mistake in prices.json must not become a wrong bill. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const price = z.number().positive();

const regionPrices = z.strictObject({
  dynamodb: z.strictObject({
    perMillionWriteUnits: price,
    perMillionReadUnits: price,
    storagePerGbMonth: price,
    pitrPerGbMonth: price,
  }),
  rds: z.strictObject({
    /** Single-AZ, by instance class. */
    instancePerHour: z.record(z.string().startsWith('db.'), price),
    gp3PerGbMonth: price,
    /** Beyond the first 100 % of the allocated storage, which is free. */
    backupPerGbMonth: price,
    /** Applies to the instance and to its storage. */
    multiAzFactor: z.number().min(1),
  }),
  shared: z.strictObject({
    /** Linux on ARM64, which is what the deployment runs on. */
    fargateArmVcpuHour: price,
    fargateArmGbHour: price,
    albHour: price,
    albLcuHour: price,
    natHour: price,
    natPerGb: price,
    /** Each address: the load balancer's in two zones, and one of each NAT gateway. */
    publicIpv4Hour: price,
    logsPerGb: price,
    logsStoragePerGbMonth: price,
    crossZonePerGbEachWay: price,
  }),
});

const priceList = z.strictObject({
  $comment: z.string(),
  date: z.iso.date(),
  sources: z.record(z.string(), z.url()),
  hoursPerMonth: price,
  regions: z.strictObject({ 'us-east-1': regionPrices, 'us-west-2': regionPrices }),
  beforeNovember2024: z.strictObject({ perMillionWriteUnits: price, perMillionReadUnits: price }),
});

export type PriceList = z.infer<typeof priceList>;
export type RegionPrices = z.infer<typeof regionPrices>;
export type Region = keyof PriceList['regions'];
export const REGIONS = ['us-east-1', 'us-west-2'] as const satisfies readonly Region[];

/** Reads prices.json beside this file; throws with the path of every faulty entry. */
export function loadPrices(file: string | URL = new URL('./prices.json', import.meta.url)): PriceList {
  const parsed = priceList.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`the price list is not usable:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
