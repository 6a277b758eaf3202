import { expect, it } from 'vitest';
import { onceDone } from '../../src/playground/page-files.ts';

it('the page is made once for all who ask, and again when that has failed', async () => {
  let calls = 0;
  const make = onceDone(() => {
    calls += 1;
    return calls === 1 ? Promise.reject(new Error('no memory')) : Promise.resolve(`made in call ${calls}`);
  });
  const both = await Promise.allSettled([make(), make()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await Promise.all([make(), make()])).toEqual(['made in call 2', 'made in call 2']);
  expect(await make()).toBe('made in call 2');
});
