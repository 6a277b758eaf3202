import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { describe, expect, it } from 'vitest';
import { examples } from '../../src/playground/examples.ts';

const sdl = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(sdl);

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
