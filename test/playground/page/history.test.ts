import { describe, expect, it } from 'vitest';
import { loadHistory, nameOf, remember, saveHistory } from '../../../src/playground/page/history.ts';
import type { Stored } from '../../../src/playground/page/stored.ts';

function createStored(): Stored & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: (name) => kept.get(name) ?? null,
    set(name, value) {
      if (value === null) kept.delete(name);
      else kept.set(name, value);
    },
    watch: () => undefined,
  };
}

const sent = (name: string) => ({ query: `query ${name} { a }`, variables: '{}' });

describe('the history', () => {
  it('has what was sent last first, each once, and no more than 50', () => {
    const names = Array.from({ length: 60 }, (_, index) => `Q${index}`);
    const history = [...names, 'Q30'].reduce<ReturnType<typeof remember>>(
      (so, name) => remember(so, sent(name)),
      [],
    );
    expect(history).toHaveLength(50);
    expect(history.slice(0, 2).map(nameOf)).toEqual(['Q30', 'Q59']);
  });

  it('outlives a visit, until it is cleared', () => {
    const stored = createStored();
    saveHistory(stored, [sent('A')]);
    expect(loadHistory(stored)).toEqual([sent('A')]);
    saveHistory(stored, []);
    expect(stored.kept.size).toBe(0);
    for (const broken of ['no JSON', '{}', '[{}]']) {
      stored.kept.set('history', broken);
      expect(loadHistory(stored)).toEqual([]);
    }
  });
});
