/** Kinds of environment variables. Their messages never show a value that may be a secret. */
import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';

/** All mistakes of a configuration at once. Values that may be secrets are not shown. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration has mistakes:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** The variables that are set, by name. */
export type Given = Readonly<Record<string, string | undefined>>;

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

export const integer = (least: number, most: number, fallback: number) =>
  wholeNumber(least, most).default(fallback);

export const optionalInteger = (least: number, most: number) => wholeNumber(least, most).optional();

/** A part of all: a decimal from 0 to 1. */
export const share = (fallback: number) =>
  z
    .string()
    .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'must be a number from 0 to 1, such as 0.01')
    .transform(Number)
    .default(fallback);

/** The beginning of every path: without a slash at its end, so that the paths themselves can follow. */
export const pathPrefix = z
  .string()
  .regex(/^(\/[\w.~-]+)+$/, 'must be a path such as /shop, without a slash at its end')
  .refine(
    (path) => path.split('/').every((part) => part !== '.' && part !== '..'),
    'must not have . or .. in it',
  )
  .default('');

/** The path of a file. Whether it is there is for whoever loads the configuration to see. */
export const file = z.string().optional();

export const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

export const awsRegion = z.string().min(1).default('us-west-2');

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

/** One of a few words. The value is shown, so it is not for secrets. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, {
    error: ({ input }) => `must be ${inWords(words)}, not ${JSON.stringify(String(input).slice(0, 40))}`,
  });

function inWords(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** What to listen on: an address, one of IPv6 also as addresses of pages have it, in brackets, or a host name. */
export const host = z
  .string()
  .transform((text) => (isIPv6(text.slice(1, -1)) && /^\[.*\]$/.test(text) ? text.slice(1, -1) : text))
  .refine(
    (text) => isIP(text) !== 0 || (/^[\w.-]{1,253}$/.test(text) && !/^[\d.]+$/.test(text)),
    'must be an IP address or a host name, without a port, such as 0.0.0.0, :: or localhost',
  );
