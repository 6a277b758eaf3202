/** docs/configuration.md against src/config: every variable that is read, once, with its default and its limits. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { loadConfig, variables } from '../../src/config/config.ts';

interface Row {
  readonly name: string;
  readonly fallback: string;
  readonly values: string;
}

const page = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const ROW = /^\| `([A-Z][A-Z0-9_]*)` +\| (.*?) +\| (.*?) +\| .* \|$/gm;
const all: readonly Row[] = [...page.matchAll(ROW)].map(([, name = '', fallback = '', values = '']) => ({
  name,
  fallback: fallback.trim(),
  values,
}));

/** Those of variables that there are; the first test has no others. */
const rows = all.filter(({ name }) => name in variables);
const kindOf = ({ name }: Row) => variables[name] as NonNullable<(typeof variables)[string]>;
const accepts = (row: Row, text: string) => kindOf(row).safeParse(text).success;

/** Of a value in a cell: on which condition it is the default. */
const CONDITIONAL = /`([^`]+)`(?: (in production|with `(\w+)`))?/g;

const PRODUCTION = { NODE_ENV: 'production', ALLOW_UNAUTHENTICATED: 'true', AUTH_MODE: 'none' };
const DATABASE = { DATABASE_URL: 'postgres://user:password@host:5432/database' };
/** A configuration in which the variable in a condition is set. */
const WITH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AUTH_JWKS_URL: { AUTH_MODE: 'jwt', AUTH_JWKS_URL: 'https://login.example.com/jwks.json' },
  AUTH_JWT_SECRET: { AUTH_MODE: 'jwt', AUTH_JWT_SECRET: 'a secret of at least 32 characters' },
};

test('every variable that is read stands in one row, and no other does', () => {
  expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(variables).sort());
});

describe('the default of', () => {
  const isConditional = ({ fallback }: Row) => /`,? (in production|with) /.test(fallback);

  test.each(rows.filter((row) => !isConditional(row)))('$name', (row) => {
    const [, given] = /^`([^`]+)`$/.exec(row.fallback) ?? [];
    const real = kindOf(row).parse(undefined);
    if (given !== undefined) expect(real).toEqual(kindOf(row).parse(given));
    // A cell without code stands for nothing, or for what takes its place, such as an embedded engine.
    else expect([undefined, '', '[]']).toContain(Array.isArray(real) ? JSON.stringify(real) : real);
  });

  test.each(rows.filter(isConditional))('$name, which depends on others', (row) => {
    for (const [, value = '', condition, variable] of row.fallback.matchAll(CONDITIONAL)) {
      const env =
        condition === undefined
          ? {}
          : condition === 'in production'
            ? { ...PRODUCTION, ...DATABASE }
            : WITH[variable ?? ''];
      expect(env, row.fallback).toBeDefined();
      expect(loadConfig({ ...env, [row.name]: value })).toEqual(loadConfig({ ...env }));
    }
  });
});

describe('the values of', () => {
  /** A variable that takes some number and not every text. */
  const isNumber = (row: Row) =>
    !accepts(row, 'nonsense') && ['1', '50', '1000', '100000'].some((text) => accepts(row, text));

  test.each(rows.filter(isNumber))('$name: both ends, and nothing beyond', (row) => {
    const [, least = '', most = ''] = /([\d,]+) to ([\d,]+)/.exec(row.values) ?? [];
    const ends = [least, most].map((text) => Number(text.replaceAll(',', '')));
    const [first = NaN, last = NaN] = ends;
    expect(ends.map((end) => accepts(row, String(end)))).toEqual([true, true]);
    expect([first - 1, last + 1].map((beyond) => accepts(row, String(beyond)))).toEqual([false, false]);
  });

  test.each(rows.filter(({ values }) => values.startsWith('`')))('$name: each that is named', (row) => {
    const named = [...row.values.matchAll(/`([^`]+)`/g)].map(([, value = '']) => value);
    expect(named.filter((value) => !accepts(row, value))).toEqual([]);
  });

  test.each(rows.filter(({ values }) => /^`\w+`(, `\w+`)+$/.test(values)))('$name: no other word', (row) => {
    expect(accepts(row, 'another')).toBe(false);
  });
});
