import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { describe, expect, it, test } from 'vitest';
import { examples } from '../../src/playground/examples.ts';

const sdl = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(sdl);

/** The names of the fields at the root of an operation. */
function rootFields(query: string): string[] {
  return parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.map((field) => (field.kind === Kind.FIELD ? field.name.value : ''))
      : [],
  );
}

test('there is an example of every query and mutation of the schema', () => {
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = types.flatMap((type) => Object.keys(type?.getFields() ?? {}));
  const shown = new Set(examples.flatMap(({ query }) => rootFields(query)));
  expect([...shown].sort()).toEqual(fields.sort());
});

describe.each(examples)('the example $name', ({ query, variables }) => {
  const document = parse(query);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );

  it('is valid against the schema', () => {
    expect(validate(schema, document).map(String)).toEqual([]);
  });

  it('has the variables it declares, of their types, and no others', () => {
    const declared = operation?.variableDefinitions ?? [];
    expect(getVariableValues(schema, declared, variables).errors?.map(String)).toBeUndefined();
    expect(Object.keys(variables).sort()).toEqual(declared.map(({ variable }) => variable.name.value).sort());
  });
});
