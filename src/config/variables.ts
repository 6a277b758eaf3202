/** Kinds of environment variables. Their messages never show a value: it may be a secret. */
import { z } from 'zod';
import { readPostgresUrl } from '../postgres-url.ts';

/** All mistakes of a configuration at once. Values are not shown: they may be secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration has mistakes:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** The variables that are set, by name. */
export type Given = Readonly<Record<string, string | undefined>>;

export const integer = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`)
    .default(fallback);

export const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

export const postgresUrl = z
  .string()
  .refine(
    (text) => readPostgresUrl(text) !== undefined,
    'must be an address such as postgres://user:password@host:5432/database',
  );

export const httpUrl = (example: string) =>
  z.url({ protocol: /^https?$/, error: `must be an address such as ${example}` });

/** Entries with commas between them; spaces around them do not count. */
export const list = (isValid: (entry: string) => boolean, message: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((entry) => entry.trim()))
    .refine((entries) => entries.every(isValid), message);

export const tableName = (fallback: string) =>
  z
    .string()
    .regex(/^[\w.-]{3,255}$/, 'must have 3 to 255 characters of a-z, A-Z, 0-9, "_", "-" and "."')
    .default(fallback);
