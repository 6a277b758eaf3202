/** The price list, checked when loaded: a typing mistake in prices.json must not become a wrong bill. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const price = z.number().positive();
/** All of these prices, each above 0. */
const pricesOf = <N extends string>(...names: N[]) => z.record(z.enum(names), price);

const priceList = z.strictObject({
  $comment: z.string(),
  date: z.iso.date(),
  sources: z.record(z.string(), z.url()),
  hoursPerMonth: price,
  regions: z.array(z.string()).min(1),
  dynamodb: pricesOf('perMillionWriteUnits', 'perMillionReadUnits', 'storagePerGbMonth', 'pitrPerGbMonth'),
  rds: z.strictObject({
    /** Single-AZ, by instance class. */
    instancePerHour: z.record(z.string().startsWith('db.'), price),
    gp3PerGbMonth: price,
    /** Beyond the first 100 % of the allocated storage, which is free. */
    backupPerGbMonth: price,
    /** Applies to the instance and to its storage. */
    multiAzFactor: z.number().min(1),
  }),
  /** Fargate: Linux on ARM64, which is what the deployment runs on. publicIpv4Hour: each address. */
  shared: pricesOf(
    ...(['fargateArmVcpuHour', 'fargateArmGbHour', 'albHour', 'albLcuHour', 'natHour'] as const),
    ...([
      'natPerGb',
      'publicIpv4Hour',
      'logsPerGb',
      'logsStoragePerGbMonth',
      'crossZonePerGbEachWay',
    ] as const),
  ),
  beforeNovember2024: pricesOf('perMillionWriteUnits', 'perMillionReadUnits'),
});

export type PriceList = z.infer<typeof priceList>;

/** Reads prices.json beside this file; throws with the path of every faulty entry. */
export function loadPrices(file: string | URL = new URL('./prices.json', import.meta.url)): PriceList {
  const parsed = priceList.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`the price list is not usable:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
