/** A service alone on a store in which carts are marked as moved says so, once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fenceFor, markerOf } from '../../src/cart/moved.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/process/log.ts';
import { openStores, type OpenOptions } from '../../src/stores/open-stores.ts';
import { newCart } from '../support/carts.ts';
import { catalogueDatabases, type CatalogueDatabase } from '../support/catalogue-databases.ts';
import { storeTypes } from '../support/test-app.ts';

const now = Date.now();

describe.each(storeTypes)('%s alone', (type) => {
  let database: CatalogueDatabase;
  beforeAll(async () => {
    database = await catalogueDatabases[type]();
  });
  afterAll(() => database.close());

  async function opened(options: OpenOptions) {
    const lines: string[] = [];
    const log = createLog('warn', { write: (line) => lines.push(line) });
    const stores = await openStores(
      loadConfig(database.env).store,
      { clock: () => now, currency: 'USD', log, sweeps: false },
      options,
    );
    const warnings = () =>
      lines
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ msg }) => /moved/.test(String(msg)));
    return { ...stores, warnings };
  }
  const told = (what: string) =>
    expect.stringMatching(
      new RegExp(
        `^${what} in ${type} moved to another store, .* Set CART_STORE_MOVE_TO and .*docs/move\\.md`,
      ),
    ) as string;

  const cart = newCart(now, { id: randomUUID() });

  it('says nothing where none is marked, but carts that nobody has made', async () => {
    const stores = await opened({ looksForMarkers: true });
    await stores.carts.commit([{ after: newCart(now) }, { after: fenceFor(newCart(now), 1) }]);
    await stores.ready();
    await stores.carts.load([cart.id]);
    await stores.close();
    expect(stores.warnings()).toEqual([]);
  });

  it('says at its start that some of the first records are', async () => {
    const stores = await opened({ looksForMarkers: true });
    await stores.carts.commit([{ after: cart }]);
    await stores.carts.commit([{ before: cart, after: markerOf(cart, 1) }]);
    await stores.ready();
    await expect.poll(() => stores.warnings(), { timeout: 10_000 }).toHaveLength(1);
    await stores.ready();
    await stores.carts.load([cart.id]);
    await stores.close();
    expect(stores.warnings()).toMatchObject([
      { level: 'warn', markers: 1, records: 3, msg: told('Carts, at least 1 of the first 3 records,') },
    ]);
  });

  it('says so of the first that is asked for, where it does not look, as on AWS', async () => {
    const stores = await opened({});
    await stores.ready();
    expect(stores.warnings()).toEqual([]);
    await stores.carts.load([cart.id]);
    await stores.carts.load([cart.id]);
    await stores.close();
    expect(stores.warnings()).toMatchObject([{ msg: told('A cart that was asked for') }]);
    expect(JSON.stringify(stores.warnings())).not.toContain(cart.id);
  });
});
