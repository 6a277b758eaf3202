import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Meter } from '../../metrics/meter.ts';

export interface Turns {
  underWay(): number;
  waiting(): number;
}

/**
 * Lets no more requests go to the connections than there are. The others wait here rather than for a connection, because whoever
 * waits there is sent when one comes free, also when nobody waits for the answer any more and no event has said so; the handler
 * looks at the signal only at its beginning, which is now when the request's turn has come.
 */
export function takeTurns({ config: { requestHandler } }: DynamoDBClient, connections: number): Turns {
  const handle = requestHandler.handle.bind(requestHandler);
  type Handle = typeof handle;
  const waiting: (() => void)[] = [];
  let underWay = 0;

  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else underWay -= 1;
  };
  const send = (...request: Parameters<Handle>): ReturnType<Handle> => {
    const answer = handle(...request);
    answer.then(leave, leave);
    return answer;
  };
  requestHandler.handle = (...request) => {
    if (underWay < connections) {
      underWay += 1;
      return send(...request);
    }
    return new Promise((resolve) => {
      waiting.push(() => {
        resolve(send(...request));
      });
    });
  };
  return { underWay: () => underWay, waiting: () => waiting.length };
}

/** As the connections of a pool: each that is under way has one. */
export function observeTurns({ underWay, waiting }: Turns, connections: number, meter: Meter): void {
  const pool = { db_client_connection_pool_name: 'dynamodb' };
  const labels = { ...pool, db_client_connection_state: 'used' };
  const count = { name: 'db_client_connection_count', help: 'Connections to the database.', labels };
  meter.observe(count, underWay);
  const help = 'Those who wait for a connection.';
  meter.observe({ name: 'db_client_connection_pending_requests', help, labels: pool }, waiting);
  const most = 'The most connections that there may be.';
  meter.observe({ name: 'db_client_connection_max', help: most, labels: pool }, () => connections);
}
