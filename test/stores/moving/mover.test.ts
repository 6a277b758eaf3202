/** Handing over in groups: what is refused together lands or is refused by itself. */
import { expect, it } from 'vitest';
import { cartOfMarker, fenceFor } from '../../../src/cart/moved.ts';
import type { CartStore, CartWrite } from '../../../src/stores/cart-store.ts';
import { UncertainCommit } from '../../../src/stores/cart-store.ts';
import { commitEach } from '../../../src/stores/moving/commit-each.ts';
import { createMover } from '../../../src/stores/moving/mover.ts';
import { changed, newCart, NOON } from '../../support/carts.ts';
import { createMemoryCartStore } from '../../support/memory-store.ts';

const clock = () => NOON;
const GROUPS = { source: { changed: 10, made: 10 }, target: { changed: 10, made: 10 } };

/** A store that tells the sizes of its commits. */
function counted(commit?: (writes: readonly CartWrite[]) => Promise<void> | undefined) {
  const store = createMemoryCartStore(clock);
  const sizes: number[] = [];
  const carts: CartStore = {
    ...store,
    commit(writes, options) {
      sizes.push(writes.length);
      return commit?.(writes) ?? store.commit(writes, options);
    },
  };
  return { carts, store, sizes };
}

it('writes a page by a few commits, and one that is stale is nobody else’s fault', async () => {
  const [source, target] = [counted(), counted()];
  const carts = Array.from({ length: 25 }, () => newCart(NOON));
  for (const after of carts) await source.store.commit([{ after }]);
  const mover = createMover({ source: source.carts, target: target.carts }, clock, GROUPS);
  const stale = carts[3] as (typeof carts)[0];
  await source.store.commit([{ before: stale, after: changed(stale, NOON) }]);
  const outcomes = await mover.handOver(carts);
  expect(outcomes.map((outcome, at) => (outcome === 'moved' ? -1 : at)).filter((at) => at >= 0)).toEqual([3]);
  expect(outcomes[3]).toBe('changed');
  expect(source.sizes).toEqual([10, 10, 5, ...Array.from({ length: 10 }, () => 1)]);
  expect(target.sizes).toEqual([10, 10, 4]);
  const fences = [fenceFor(newCart(NOON), 1), fenceFor(newCart(NOON), 1)];
  for (const after of fences) await target.store.commit([{ after }]);
  expect(await mover.endFences([...fences, ...carts])).toBe(2);
  const markers = await source.store.load(carts.map(({ id }) => id));
  expect(markers.filter((marker) => cartOfMarker(marker))).toHaveLength(24);
});

it('sends again one by one what a store does not take together, and does not guess what was not answered', async () => {
  const tooLarge = counted((writes) =>
    writes.length > 1 ? Promise.reject(new Error('too large')) : undefined,
  );
  const writes = Array.from({ length: 3 }, () => ({ after: newCart(NOON) }));
  expect(await commitEach(tooLarge.carts, writes, 10, {})).toEqual(['landed', 'landed', 'landed']);
  const cut = counted(() => Promise.reject(new UncertainCommit('cut')));
  expect(await commitEach(cut.carts, writes, 2, {})).toEqual(['unknown', 'unknown', 'unknown']);
  const away = counted(() => Promise.reject(new Error('away')));
  await expect(commitEach(away.carts, writes, 2, {})).rejects.toThrow('away');
});
