import { Kind, parse } from 'graphql';
import { expect, it } from 'vitest';
import { examples } from '../../src/playground/examples.ts';

it('each example is one operation, named like its tab, and no name occurs twice', () => {
  for (const { name, query } of examples) {
    const [operation, ...others] = parse(query).definitions;
    expect(others, name).toEqual([]);
    expect(operation?.kind === Kind.OPERATION_DEFINITION && operation.name?.value).toBe(name);
  }
  expect(new Set(examples.map((example) => example.name)).size).toBe(examples.length);
});

it('each example needs only the ids of carts that an example before it has created', () => {
  const kept = new Set<string>();
  for (const { name, query, variables, keepCartIdAs } of examples) {
    for (const [, placeholder = ''] of JSON.stringify(variables).matchAll(/\{\{(\w+)\}\}/g)) {
      expect([...kept], `${name} needs {{${placeholder}}}`).toContain(placeholder);
    }
    if (keepCartIdAs) {
      expect(query, name).toMatch(/createCart\(.*\) \{\s+cart \{\s+id\s/);
      kept.add(keepCartIdAs);
    }
  }
  expect([...kept]).toEqual(['cartId', 'guestCartId', 'otherCartId']);
});
