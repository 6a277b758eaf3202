import type { DynamoDBProxy, WireBody } from '../../test/support/dynamodb-proxy.ts';

type Item = Record<string, { S?: string }>;
interface Keys {
  readonly ConsistentRead?: boolean;
  readonly Keys: readonly Item[];
}

/**
 * Makes a DynamoDB behind the proxy whose eventual reads and whose index show each cart as it was `lagMs` ago, as a replica
 * that lags does. Consistent reads and writes go straight to the engine.
 */
export function plantLag(proxy: DynamoDBProxy, table: string, lagMs: number): void {
  /** Every state of a cart that went by, with the time from which it is visible to eventual reads. */
  const states = new Map<string, { visibleFrom: number; item: Item }[]>();
  const asSeen = ({ cart_id }: Item): Item[] => {
    const now = performance.now();
    const seen = states.get(cart_id?.S ?? '')?.findLast(({ visibleFrom }) => visibleFrom <= now);
    return seen === undefined ? [] : [seen.item];
  };
  const alter = (operation: string, change: (answer: WireBody, request: WireBody) => WireBody) => {
    proxy.injectAlways(operation, {
      kind: 'alter',
      request: (body) => body,
      answer: (answer, request) => change(answer, request),
    });
  };

  alter('PutItem', (answer, { TableName, Item }) => {
    const item = Item as Item;
    const id = item['cart_id']?.S ?? '';
    const state = { visibleFrom: performance.now() + lagMs, item };
    if (TableName === table) states.set(id, [...(states.get(id) ?? []), state]);
    return answer;
  });
  alter('GetItem', (answer, { TableName, ConsistentRead, Key }) => {
    if (TableName !== table || ConsistentRead === true) return answer;
    const [Item] = asSeen(Key as Item);
    return Item === undefined ? {} : { Item };
  });
  alter('Query', (answer, { TableName, IndexName }) => {
    if (TableName !== table || IndexName === undefined) return answer;
    const seen = (answer['Items'] as Item[]).flatMap(asSeen);
    return { ...answer, Items: seen, Count: seen.length, ScannedCount: seen.length };
  });
  alter('BatchGetItem', (answer, { RequestItems }) => {
    const wanted = (RequestItems as Record<string, Keys>)[table];
    if (wanted === undefined || wanted.ConsistentRead === true) return answer;
    return {
      ...answer,
      Responses: { ...(answer['Responses'] as object), [table]: wanted.Keys.flatMap(asSeen) },
    };
  });
}
