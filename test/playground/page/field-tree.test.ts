import { buildSchema, parse, print, validate, OperationTypeNode } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operationAt } from '../../../src/playground/page/documents.ts';
import {
  emptyOperation,
  selectionAt,
  toggle,
  toggleArgument,
  type Path,
} from '../../../src/playground/page/field-tree.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'));

function draft(text: string) {
  const operation = operationAt(parse(text), 0);
  if (!operation) throw new Error('no operation');
  return operation;
}

const path = (...names: string[]): Path => names.map((name) => ({ field: name }));
const text = (operation: Parameters<typeof print>[0] | undefined) =>
  operation && print(operation).replaceAll(/\s+/g, ' ');

const roots = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].flatMap((kind) =>
  Object.keys(schema.getRootType(kind)?.getFields() ?? {}).map((name) => ({ kind, name })),
);

describe.each(roots)('choosing $name for an empty $kind', ({ kind, name }) => {
  it('makes an operation that is valid, with values for its variables', () => {
    const { operation, variables } = toggle(schema, emptyOperation(kind), {}, path(name));
    const document = parse(print(operation ?? emptyOperation(kind)));
    expect(validate(schema, document)).toEqual([]);
    const declared = operation?.variableDefinitions ?? [];
    expect(getVariableValues(schema, declared, variables).errors).toBeUndefined();
  });
});

it('chooses what leads to a field too, and takes away what is empty without it', () => {
  const start = draft('{ cart(id: "1") { id } }');
  const chosen = toggle(schema, start, {}, path('cart', 'totalAmount', 'amount')).operation;
  expect(text(chosen)).toBe('{ cart(id: "1") { id totalAmount { amount } } }');
  expect(selectionAt(chosen, path('cart', 'totalAmount'))).toBeDefined();
  const without = toggle(schema, chosen ?? start, {}, path('cart', 'totalAmount', 'amount')).operation;
  expect(text(without)).toBe('{ cart(id: "1") { id } }');
  expect(toggle(schema, start, {}, path('cart', 'id')).operation).toBeUndefined();
});

it('goes into types behind an interface', () => {
  const start = draft('mutation { deleteCart(input: {cartId: "1"}) { userErrors { code } } }');
  const limit = [...path('deleteCart', 'userErrors'), { on: 'LimitError' }, ...path('limit')];
  const { operation } = toggle(schema, start, {}, limit);
  expect(text(operation)).toContain('userErrors { code ... on LimitError { limit } }');
  expect(text(toggle(schema, operation ?? start, {}, limit).operation)).toContain('userErrors { code }');
});

it('gives arguments variables with values, and forgets those that nothing uses', () => {
  const start = draft('{ products { nodes { id } } }');
  const { products } = schema.getQueryType()?.getFields() ?? {};
  const first = products?.args.find(({ name }) => name === 'first');
  if (!first) throw new Error('no such argument');
  const given = toggleArgument(start, { mine: 1 }, path('products'), first);
  expect(text(given.operation)).toBe('query ($first: Int!) { products(first: $first) { nodes { id } } }');
  expect(given.variables).toEqual({ first: 20, mine: 1 });
  const taken = toggleArgument(given.operation ?? start, given.variables, path('products'), first);
  expect(text(taken.operation)).toBe('{ products { nodes { id } } }');
  expect(taken.variables).toEqual({ mine: 1 });
});
