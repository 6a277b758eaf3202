import { createMemoryCartStore } from '../support/memory-store.ts';
import { testCartStore } from './cart-store-contract.ts';

testCartStore('memory', (clock) =>
  Promise.resolve({ carts: createMemoryCartStore(clock), close: () => Promise.resolve() }),
);
