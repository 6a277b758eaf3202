import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  validateSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema, printSdl } from '../../src/graphql/schema.ts';
import { changesBetween, findLastRelease } from '../../src/tasks/schema-changes.ts';

const read = (name: string) => readFile(new URL(`../../schema/${name}`, import.meta.url), 'utf8');

const lastRelease = findLastRelease();

describe('the schema', () => {
  it('is a valid one', () => {
    expect(validateSchema(createSchema())).toEqual([]);
  });

  it('is the one in schema/schema.graphql', async () => {
    expect(printSdl(createSchema())).toBe(await read('schema.graphql'));
  });

  it('breaks no client of the promised schema', async () => {
    const { breaking } = changesBetween(buildSchema(await read('promised.graphql')), createSchema());
    expect(breaking).toEqual([]);
  });

  it.runIf(lastRelease !== undefined)('breaks no client of the last release', () => {
    const { breaking } = changesBetween(buildSchema(lastRelease?.sdl ?? ''), createSchema());
    expect(breaking).toEqual([]);
  });

  it('describes every type, field, argument and enum value', () => {
    expect(undescribed(createSchema())).toEqual([]);
  });
});

describe('changes of a schema', () => {
  const before = `enum Way { A } input Input { way: Way! = A, more: Int = 1 }
    type Query { a(input: Input!, b: Int = 1): Int, c: Int }`;
  const changes = (from: string, to: string) =>
    changesBetween(buildSchema(before), buildSchema(before.replace(from, to)));

  it.each([
    ['a field is gone', ', c: Int', '', 'Query.c was removed.'],
    ['a field can be null', 'c: Int', 'c: String', 'Query.c changed type from Int to String.'],
    [
      'an argument is required',
      'b: Int = 1',
      'b: Int = 1, d: Int!',
      'A required arg d on Query.a was added.',
    ],
    ['a default is gone', 'Way! = A', 'Way!', 'Input.way has changed its default from "A" to none.'],
  ])('break clients: %s', (_, from, to, text) => {
    expect(changes(from, to)).toEqual({ breaking: [text], dangerous: [] });
  });

  it.each([
    ['a value more', '{ A }', '{ A B }', 'B was added to enum type Way.'],
    [
      'an optional input more',
      'more:',
      'and: Int, more:',
      'An optional field and on input type Input was added.',
    ],
    ['another default', 'Int = 1 }', 'Int = 2 }', 'Input.more has changed its default from 1 to 2.'],
  ])('are dangerous: %s', (_, from, to, text) => {
    expect(changes(from, to)).toEqual({ breaking: [], dangerous: [text] });
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
