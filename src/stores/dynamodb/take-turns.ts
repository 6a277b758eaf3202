import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Lets no more requests go to the connections than there are. The others wait here rather than for a connection, because whoever
 * waits there is sent when one comes free, also when nobody waits for the answer any more and no event has said so; the handler
 * looks at the signal only at its beginning, which is now when the request's turn has come.
 */
export function takeTurns({ config: { requestHandler } }: DynamoDBClient, connections: number): void {
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
}
