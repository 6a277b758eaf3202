import { describe, expect, it } from 'vitest';
import { createWeightedLimit } from '../../src/waiting/weighted-limit.ts';

/** Lets everything happen that can. */
const settle = () => new Promise(setImmediate);

function open(capacity: number) {
  const limit = createWeightedLimit(capacity);
  const entered: string[] = [];
  const enter = async (name: string, weight: number, signal?: AbortSignal) => {
    const leave = await limit.enter(weight, signal);
    entered.push(name);
    return leave;
  };
  return { enter, entered };
}

describe('what is weighed', () => {
  it('goes at once while there is room, and then in order of arrival', async () => {
    const { enter, entered } = open(10);
    const a = await enter('a', 6);
    const b = enter('b', 5);
    const c = enter('c', 1); // there would be room, but b came first
    await settle();
    expect(entered).toEqual(['a']);
    a();
    await Promise.all([b, c]);
    expect(entered).toEqual(['a', 'b', 'c']);
  });

  it('gives its room back once, however often it says so', async () => {
    const { enter, entered } = open(2);
    const a = await enter('a', 1);
    a();
    a();
    await enter('b', 2);
    void enter('c', 1);
    await settle();
    expect(entered).toEqual(['a', 'b']);
  });

  it('goes alone where it is heavier than all there is room for', async () => {
    const { enter, entered } = open(3);
    const a = await enter('a', 500);
    void enter('b', 1);
    await settle();
    expect(entered).toEqual(['a']);
    a();
    await settle();
    expect(entered).toEqual(['a', 'b']);
  });

  it('waits no longer than its time, and does not hold up who stands behind it', async () => {
    const { enter, entered } = open(10);
    const a = await enter('a', 6);
    const time = new AbortController();
    const over = new Error('over');
    const b = enter('b', 10, time.signal);
    const c = enter('c', 4);
    time.abort(over);
    await expect(b).rejects.toBe(over);
    await c;
    expect(entered).toEqual(['a', 'c']);
    await expect(enter('d', 1, time.signal)).rejects.toBe(over);
    a();
    await enter('e', 6);
    expect(entered).toEqual(['a', 'c', 'e']);
  });
});
