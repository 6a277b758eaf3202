/** The files of the 150-operation test: an array of records, and beside it the records of further access patterns. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../command-line.ts';

export const OPERATION_NAMES = ['create_cart', 'add_items', 'get_cart'] as const;
const PATTERN_NAMES = [
  'customer_history',
  'get_cart_50_items',
  ...OPERATION_NAMES.map((name) => `concurrent_${name}` as const),
] as const;

const record = z.object({
  operation: z.enum([...OPERATION_NAMES, ...PATTERN_NAMES]),
  /** Milliseconds from the request to the end of its answer. */
  response_time: z.number().nonnegative(),
  success: z.boolean(),
  /** HTTP status; 0 when there was no answer. */
  status_code: z.int().min(0).max(599),
  timestamp: z.iso.datetime(),
});
export type ResultRecord = z.infer<typeof record>;

/** "a/postgres_results.json" → "a/postgres_results.access-patterns.json". */
export const patternsPath = (path: string): string => path.replace(/(\.json)?$/, '.access-patterns.json');

function readRecords(path: string): ResultRecord[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
  const parsed = z.array(record).min(1).safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = z.prettifyError(parsed.error).split('\n').slice(0, 6).join('\n');
  throw new UsageError(`${path} is not a results file of bench:150:\n${problems}`);
}

/** At least two records of each of the 150 operations' kinds, so that an interval can be given, and what lies beside them. */
export function readResults(path: string): ResultRecord[] {
  const records = readRecords(path);
  for (const operation of OPERATION_NAMES) {
    const found = records.filter((one) => one.operation === operation).length;
    if (found < 2)
      throw new UsageError(`${path} has ${found} records of ${operation}; at least 2 are needed`);
  }
  const beside = patternsPath(path);
  return [...records, ...(existsSync(beside) ? readRecords(beside) : [])];
}
