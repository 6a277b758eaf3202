/** Short names for what most API tests do, over a TestApp that is opened once a suite. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import type { AddCartItemInput, CreateCartInput } from '../generated/graphql.ts';
import * as op from '../generated/graphql.ts';
import { openTestApp, type StoreType, type TestApp, type TestAppOptions } from '../support/test-app.ts';

export type ApiClient = ReturnType<typeof openApi>;

type Cart = op.CartPartsFragment;

/** Opens the service before the suite's first test and closes it after the last. */
export function openApi(type: StoreType, options?: TestAppOptions) {
  let opened: TestApp;
  beforeAll(async () => {
    opened = await openTestApp(type, options);
  });
  afterAll(() => opened.close());

  const api = {
    get app() {
      return opened;
    },
    async create(input: CreateCartInput = {}): Promise<Cart> {
      const { createCart } = await opened.execute(op.CreateCartDocument, { input });
      return present(createCart?.cart);
    },
    async add(
      cartId: string,
      items: AddCartItemInput[],
      more: { idempotencyKey?: string; expectedVersion?: number } = {},
    ) {
      const data = await opened.execute(op.AddCartItemsDocument, { input: { cartId, items, ...more } });
      return present(data.addCartItems);
    },
    async get(id: string): Promise<Cart | null | undefined> {
      return (await opened.execute(op.GetCartDocument, { id })).cart;
    },
    async checkOut(cartId: string, more: Partial<op.CheckoutCartInput> = {}) {
      const data = await opened.execute(op.CheckoutCartDocument, { input: { cartId, ...more } });
      return present(data.checkoutCart);
    },
    async merge(sourceCartId: string, targetCartId: string, more: Partial<op.MergeCartsInput> = {}) {
      const data = await opened.execute(op.MergeCartsDocument, {
        input: { sourceCartId, targetCartId, ...more },
      });
      return present(data.mergeCarts);
    },
    /** A cart id that nobody has. */
    unknown: () => randomUUID(),
  };
  return api;
}

/** The value, which the test takes for granted. @throws Error when it is null */
export function present<Value>(value: Value | null | undefined): Value {
  if (value == null) throw new Error('The answer lacks what the test is about');
  return value;
}
