/** Carts in DynamoDB, one item each. */
import { PutCommand, TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isLive, type Timestamp } from '../../cart/cart.ts';
import type { CartStore, CartWrite, StoreOptions } from '../cart-store.ts';
import type { ReportUnreadable } from '../unreadable-record.ts';
import { readCart } from './read-cart.ts';
import { checkTable } from './check-table.ts';
import { getItems } from './get-items.ts';
import { putRequest } from './put-request.ts';
import { queryCustomerCarts } from './query-customer-carts.ts';
import { CUSTOMER_INDEX } from './tables.ts';
import { asCommitFailure } from './version-conflict.ts';
import { within } from './within.ts';

export interface DynamoDBCartStoreOptions {
  /** From openDynamoDB. It may be shared, so whoever opened it destroys it, after closing the store. */
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: () => Timestamp;
  /** For loads that do not ask for consistency; a strong read costs twice as much. The index is never read strongly. */
  readonly readConsistency: 'eventual' | 'strong';
  readonly report?: ReportUnreadable;
  readonly metMarker?: (() => void) | undefined;
}

/** Besides the contract's errors all functions reject with the SDK's own, when its attempts are used up. */
// eslint-disable-next-line max-lines-per-function -- the methods of one store, each short
export function createDynamoDBCartStore(options: DynamoDBCartStoreOptions): CartStore {
  const { client, tableName, clock, readConsistency, report = () => undefined, metMarker } = options;
  const underWay = new Set<Promise<unknown>>();

  async function tracked<Result>(call: Promise<Result>): Promise<Result> {
    underWay.add(call);
    try {
      return await call;
    } finally {
      underWay.delete(call);
    }
  }

  return {
    load(ids, { consistent = false, includeExpired = false, signal } = {}) {
      const load = async () => {
        const reading = { consistent: consistent || readConsistency === 'strong', signal };
        const records = await getItems(client, { name: tableName, attribute: 'cart_id' }, ids, reading);
        const now = clock();
        return records.map((record) => {
          const cart = record && readCart(record);
          if (cart?.movedStatus !== undefined) metMarker?.();
          return cart && (includeExpired || isLive(cart, now)) ? cart : undefined;
        });
      };
      return tracked(load());
    },

    commit(writes, { signal } = {}) {
      return tracked(commit(client, tableName, writes, { now: clock(), ...(signal && { signal }) }));
    },

    listByCustomer(customerId, page, options = {}) {
      const asked = { ...options, now: clock(), report };
      return tracked(queryCustomerCarts(client, tableName, customerId, page, asked));
    },

    ready({ signal } = {}) {
      const probe = {
        tableName,
        key: { cart_id: '00000000-0000-0000-0000-000000000000' },
        indexName: CUSTOMER_INDEX,
        indexPartition: ['customer_id', 0] as const,
      };
      return tracked(checkTable(client, probe, { ...(signal && { signal }) }));
    },

    async close() {
      await Promise.allSettled(underWay);
    },
  };
}

/** One PutItem for one cart, one transaction for several. */
async function commit(
  client: DynamoDBDocumentClient,
  tableName: string,
  writes: readonly CartWrite[],
  { now, signal }: StoreOptions & { readonly now: Timestamp },
): Promise<void> {
  const puts = writes.map((write) => putRequest(tableName, write, now));
  // What `send` is here: lean-calls.ts, and below it take-turns.ts (open-dynamodb.ts); the SDK sends what those do not.
  const [only] = puts;
  if (!only) return;
  try {
    if (puts.length === 1) {
      const put = new PutCommand(only);
      await within(signal, (options) => client.send(put, options), put);
    } else {
      const transaction = new TransactWriteCommand({ TransactItems: puts.map((Put) => ({ Put })) });
      await within(signal, (options) => client.send(transaction, options), transaction);
    }
  } catch (error) {
    throw signal?.aborted ? error : asCommitFailure(error);
  }
}
