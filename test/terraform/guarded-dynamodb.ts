/** An emulated DynamoDB behind a role's policy: what the policy does not allow is refused, as AWS would. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Policy {
  readonly Statement: readonly {
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
  }[];
}

/** Of a request's body, what rights depend on. */
interface Body {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
}

const TABLES = 'arn:aws:dynamodb:us-west-2:123456789012:table/';

/** The rights that a request needs, as "action resource". A transaction needs those of what is in it. */
export function rightsOf(action: string, body: Body): string[] {
  const right = (name: string, table: string) => `dynamodb:${name} ${TABLES}${table}`;
  if (body.TransactItems) {
    const parts = body.TransactItems.flatMap((item) => Object.entries(item));
    return parts.map(([kind, { TableName }]) => right(`${kind}Item`, TableName));
  }
  if (body.RequestItems) return Object.keys(body.RequestItems).map((table) => right(action, table));
  const { TableName = '', IndexName } = body;
  return [right(action, IndexName === undefined ? TableName : `${TableName}/index/${IndexName}`)];
}

/** The rights that a policy gives, as "action resource". */
export function rightsGiven({ Statement }: Policy): Set<string> {
  const pairs = Statement.flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${resource}`)),
  );
  return new Set(pairs);
}

export interface GuardedDynamoDB {
  readonly url: string;
  /** The rights that were used. */
  readonly used: ReadonlySet<string>;
  close(): void;
}

/** @param endpoint of the DynamoDB behind it */
export async function guardDynamoDB(endpoint: string, policy: string): Promise<GuardedDynamoDB> {
  const given = rightsGiven(JSON.parse(policy) as Policy);
  const used = new Set<string>();

  async function pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await buffer(req);
    const action = String(req.headers['x-amz-target']).split('.')[1] ?? '';
    const needed = rightsOf(action, JSON.parse(body.toString()) as Body);
    const missing = needed.find((right) => !given.has(right));
    if (missing !== undefined) {
      console.error(`not allowed: ${missing}`);
      const refusal = { __type: 'com.amazon.coral.service#AccessDeniedException', Message: missing };
      res.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(refusal));
      return;
    }
    for (const right of needed) used.add(right);
    const headers = Object.entries(req.headers).filter(([name]) =>
      /^(authorization|content-type|x-amz-)/.test(name),
    );
    const answer = await fetch(endpoint, { method: 'POST', headers: headers as [string, string][], body });
    res.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    res.end(Buffer.from(await answer.arrayBuffer()));
  }

  const server = createServer((req, res) => {
    pass(req, res).catch((error: unknown) => {
      console.error(error);
      res.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, used, close };
}
