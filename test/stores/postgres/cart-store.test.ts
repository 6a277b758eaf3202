import { createPostgresCartStore } from '../../../src/stores/postgres/cart-store.ts';
import { openTestPostgres } from '../../support/postgres.ts';
import { testCartStore } from '../cart-store-contract.ts';

testCartStore('PostgreSQL', async (clock) => {
  const { db, close } = await openTestPostgres();
  return { carts: createPostgresCartStore({ db, clock }), close };
});
