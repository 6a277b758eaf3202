import type { Intercept } from '../compare/dynamodb-proxy.ts';

type Item = Record<string, { S?: string }>;

/**
 * A DynamoDB whose eventual reads and whose index show each cart as it was `lagMs` ago, as a replica that lags does.
 * Consistent reads and writes go straight to the engine.
 */
export function plantLag(table: string, lagMs: number): Intercept {
  /** Every state of a cart that went by, with the time from which it is visible to eventual reads. */
  const states = new Map<string, { visibleFrom: number; item: Item }[]>();
  const asSeen = (id: string | undefined): Item | undefined => {
    const now = performance.now();
    return states.get(id ?? '')?.findLast(({ visibleFrom }) => visibleFrom <= now)?.item;
  };
  return async (operation, request, forward) => {
    const answer = await forward(operation, request);
    const body = answer.body as Record<string, unknown>;
    if (answer.status !== 200) return answer;
    if (operation === 'PutItem' && request['TableName'] === table) {
      const item = request['Item'] as Item;
      const id = item['cart_id']?.S ?? '';
      states.set(id, [...(states.get(id) ?? []), { visibleFrom: performance.now() + lagMs, item }]);
    }
    if (operation === 'GetItem' && request['TableName'] === table && request['ConsistentRead'] !== true) {
      const seen = asSeen((request['Key'] as Item)['cart_id']?.S);
      return { status: 200, body: seen === undefined ? {} : { Item: seen } };
    }
    if (operation === 'Query' && request['IndexName'] !== undefined && request['TableName'] === table) {
      const seen = (body['Items'] as Item[])
        .map((item) => asSeen(item['cart_id']?.S))
        .filter((i) => i !== undefined);
      return { status: 200, body: { ...body, Items: seen, Count: seen.length, ScannedCount: seen.length } };
    }
    if (operation === 'BatchGetItem') {
      const wanted = (request['RequestItems'] as Record<string, { ConsistentRead?: boolean; Keys: Item[] }>)[
        table
      ];
      if (wanted !== undefined && wanted.ConsistentRead !== true) {
        const seen = wanted.Keys.map((key) => asSeen(key['cart_id']?.S)).filter((item) => item !== undefined);
        return {
          status: 200,
          body: { ...body, Responses: { ...(body['Responses'] as object), [table]: seen } },
        };
      }
    }
    return answer;
  };
}
