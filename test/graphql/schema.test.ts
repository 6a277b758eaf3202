import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  findBreakingChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema, printSdl } from '../../src/graphql/schema.ts';

const read = (name: string) => readFile(new URL(`../../schema/${name}`, import.meta.url), 'utf8');

const lastRelease = schemaOfLastRelease();

/** The schema at the newest tag; undefined where there is none, or no history at all. */
function schemaOfLastRelease(): string | undefined {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return git('show', `${git('describe', '--tags', '--abbrev=0')}:schema/schema.graphql`);
  } catch {
    return undefined;
  }
}

describe('the schema', () => {
  it('is the one in schema/schema.graphql', async () => {
    expect(printSdl(createSchema())).toBe(await read('schema.graphql'));
  });

  it('breaks no client of the promised schema', async () => {
    expect(findBreakingChanges(buildSchema(await read('promised.graphql')), createSchema())).toEqual([]);
  });

  it.runIf(lastRelease !== undefined)('breaks no client of the last release', () => {
    expect(findBreakingChanges(buildSchema(lastRelease ?? ''), createSchema())).toEqual([]);
  });

  it('describes every type, field, argument and enum value', () => {
    expect(undescribed(createSchema())).toEqual([]);
  });
});

function undescribed(schema: GraphQLSchema): string[] {
  const missing: string[] = [];
  const check = (name: string, { description }: { description?: string | null | undefined }) => {
    if (!description) missing.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (type !== schema.getQueryType() && type !== schema.getMutationType()) check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    const fields: {
      name: string;
      description?: string | null | undefined;
      args?: readonly GraphQLArgument[];
    }[] = Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields());
    for (const field of fields) {
      check(`${type.name}.${field.name}`, field);
      for (const arg of field.args ?? []) check(`${type.name}.${field.name}(${arg.name})`, arg);
    }
  }
  return missing;
}
