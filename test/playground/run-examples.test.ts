import { afterAll, beforeAll, expect, it } from 'vitest';
import { examples } from '../../src/playground/examples.ts';
import { openTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp('postgres');
});
afterAll(() => app.close());

interface Answer {
  readonly errors?: unknown;
  readonly data: Readonly<Record<string, { userErrors?: unknown[]; cart?: { id: string } } | null>>;
}

it('every example does what it shows when they are run one after the other', async () => {
  const kept: Record<string, string> = {};
  for (const { name, query, variables, keepCartIdAs } of examples) {
    const filled = JSON.stringify(variables).replaceAll(/\{\{(\w+)\}\}/g, (_, id: string) => kept[id] ?? '');
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, operationName: name, variables: JSON.parse(filled) as unknown }),
    });
    const { data, errors } = (await response.json()) as Answer;
    expect(errors, name).toBeUndefined();
    for (const result of Object.values(data)) {
      expect(result, name).not.toBeNull();
      expect(result?.userErrors ?? [], name).toHaveLength(name === 'UserErrors' ? 2 : 0);
      if (keepCartIdAs) kept[keepCartIdAs] = result?.cart?.id ?? '';
    }
  }
});
