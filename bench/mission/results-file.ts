/** The files of the 150-operation test: an array of records, and beside it the records of further access patterns. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../command-line.ts';

const timing = {
  /** Milliseconds from the request to the end of its answer. */
  response_time: z.number().nonnegative(),
  success: z.boolean(),
  /** HTTP status; 0 when there was no answer. */
  status_code: z.int().min(0).max(599),
  timestamp: z.iso.datetime(),
};

export const OPERATION_NAMES = ['create_cart', 'add_items', 'get_cart'] as const;
export const PATTERN_NAMES = [
  'customer_history',
  'get_cart_50_items',
  'concurrent_create_cart',
  'concurrent_add_items',
  'concurrent_get_cart',
] as const;

const operationRecord = z.object({ operation: z.enum(OPERATION_NAMES), ...timing });
const patternRecord = z.object({ operation: z.enum(PATTERN_NAMES), ...timing });

export type OperationRecord = z.infer<typeof operationRecord>;
export type PatternRecord = z.infer<typeof patternRecord>;
export type ResultRecord = OperationRecord | PatternRecord;

/** "a/postgres_results.json" → "a/postgres_results.access-patterns.json". */
export const patternsPath = (path: string): string => path.replace(/(\.json)?$/, '.access-patterns.json');

function readRecords<T>(path: string, schema: z.ZodType<T>): T[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const parsed = z.array(schema).min(1).safeParse(content);
  if (!parsed.success) {
    const problems = z.prettifyError(parsed.error).split('\n').slice(0, 6).join('\n');
    throw new UsageError(`${path} is not a results file of bench:150:\n${problems}`);
  }
  return parsed.data;
}

/** At least two records of each operation, so that an interval can be given; otherwise a UsageError. */
export function readResults(path: string): OperationRecord[] {
  const records = readRecords(path, operationRecord);
  for (const operation of OPERATION_NAMES) {
    const found = records.filter((record) => record.operation === operation).length;
    if (found < 2)
      throw new UsageError(`${path} has ${found} records of ${operation}; at least 2 are needed`);
  }
  return records;
}

/** The records beside a results file; undefined when there are none. */
export function readPatterns(path: string): PatternRecord[] | undefined {
  const beside = patternsPath(path);
  return existsSync(beside) ? readRecords(beside, patternRecord) : undefined;
}
