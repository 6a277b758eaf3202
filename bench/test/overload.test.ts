import { expect, it } from 'vitest';
import { judgeOverload } from '../performance/overload.ts';

const points = (change: object = {}) =>
  [0.5, 1, 2, 4].map((load) => ({
    ...{ load, offered: 1000 * load, goodput: Math.min(1000, 1000 * load), shed: 0, p99: 10, shedMs: 2.5 },
    ...{ unasked: 0, memory: 200, lag: 1, errors: {}, ...(load >= 2 && change) },
  }));
const missed = (change?: object) =>
  judgeOverload(points(change)).flatMap(({ what, reached }) => (reached ? [] : [what]));

it.each([
  [{}, []],
  [{ goodput: 890 }, ['goodput at twice the knee']],
  [{ shedMs: 75 }, ['what is shed is answered within']],
  [{ unasked: 1 }, ['what is shed without Retry-After']],
  [{ memory: 310 }, ['memory at the highest load']],
])('beyond the knee, %j misses %j', (change, expected) => {
  expect(missed(change)).toEqual(expected);
});

it('is missed where no knee was found, and not where all that was offered was answered', () => {
  expect(judgeOverload([])).toMatchObject([{ what: 'a knee', reached: false }]);
  const rising = points().map((point) => ({ ...point, goodput: point.offered }));
  expect(judgeOverload(rising).every(({ reached }) => reached)).toBe(true);
});
