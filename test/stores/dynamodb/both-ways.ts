/** The same command in the SDK's way and in the lean one, with all that can be seen of either. */
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  NumberValue,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll } from 'vitest';
import {
  openDynamoDB,
  setUpTimeouts,
  type DynamoDBOptions,
} from '../../../src/stores/dynamodb/open-dynamodb.ts';
import { wasUnanswered } from '../../../src/stores/dynamodb/unanswered.ts';
import { startRecordingServer, type RecordedRequest, type Reply } from '../../support/recording-server.ts';

export const credentials = { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' };
export const server = await startRecordingServer();
afterAll(() => server.close());

type Command = GetCommand | BatchGetCommand | PutCommand | QueryCommand;
type Options = Partial<DynamoDBOptions>;

export function open(options: Options = {}) {
  const { endpoint } = server;
  return openDynamoDB({ region: 'eu-central-1', endpoint, credentials, ...setUpTimeouts, ...options });
}

/** The two ways, on a client each: the SDK's estimate of the clock and its budget for retries are a client's. */
export const ways = {
  sdk: (client: DynamoDBDocumentClient, ...sent: Sent): Promise<object> =>
    (DynamoDBDocumentClient.prototype.send as Send).call(client, ...sent),
  lean: (client: DynamoDBDocumentClient, ...sent: Sent): Promise<object> =>
    (client.send as Send).call(client, ...sent),
} as const;
type Sent = [command: Command, options?: object, callback?: (error: unknown, output: unknown) => void];
type Send = (...sent: Sent) => Promise<object>;
type Way = keyof typeof ways;

/** What comes of a command: the answer or all that an error tells, and the requests. */
export async function outcomeOf(way: Way, make: () => Command, replies: Reply[], options: Options = {}) {
  server.plan(...replies);
  const client = open(options);
  try {
    const answer: unknown = await ways[way](client, make());
    return { answer, requests: [...server.requests] };
  } catch (error) {
    return { error: told(error), requests: [...server.requests] };
  } finally {
    client.destroy();
  }
}

function told(error: unknown) {
  const { name, message, $metadata: metadata, ...fields } = error as Error & { $metadata?: object };
  const kind = (error as Error).constructor.name;
  const isResponse = '$response' in (error as object);
  return { name, message, kind, metadata, fields, isResponse, unanswered: wasUnanswered(error) };
}

/** Both ways, and what differs by nature taken out. */
export async function both(make: () => Command, replies: Reply[], options: Options = {}) {
  const sdk = await outcomeOf('sdk', make, replies, options);
  const lean = await outcomeOf('lean', make, replies, options);
  return {
    sdk: { ...sdk, requests: sdk.requests.map(comparable) },
    lean: { ...lean, requests: lean.requests.map(comparable) },
  };
}

/** The last is the body's, in which the order of the names is free; that it is right the receiver's computation shows. */
const BY_CHANCE = ['amz-sdk-invocation-id', 'x-amz-date', 'authorization', 'x-amz-content-sha256'];

function comparable({ method, path, headers, body }: RecordedRequest) {
  const kept = Object.entries(headers).filter(([name]) => !BY_CHANCE.includes(name));
  return { method, path, headers: Object.fromEntries(kept), body: JSON.parse(body) as unknown };
}

const item = {
  cart_id: 'a',
  note: 'Für Ada 😀 "quoted"\n',
  price: NumberValue.from('12345678901234567890.5'),
  quantity: 3,
  gone: undefined,
  nothing: null,
  flag: true,
  lines: [{ id: 1, tags: new Set(['x', 'y']) }, new Map([['constructor', new Uint8Array([0, 255])]])],
  bytes: new Set([new Uint8Array([1]), new Uint8Array([2, 3])]),
};
export const put = () =>
  new PutCommand({
    TableName: 'carts',
    Item: item,
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': 7, ':now': NumberValue.from(1) },
  });
export const get = () => new GetCommand({ TableName: 'carts', Key: { cart_id: 'a' }, ConsistentRead: true });
const batch = () =>
  new BatchGetCommand({
    RequestItems: { carts: { Keys: [{ cart_id: 'a' }, { cart_id: 'b' }], ConsistentRead: false } },
  });
const query = () =>
  new QueryCommand({
    TableName: 'carts',
    IndexName: 'CustomerIndex',
    KeyConditionExpression: 'customer_id = :id',
    ExpressionAttributeValues: { ':id': NumberValue.from('1') },
    ExclusiveStartKey: { cart_id: 'a', customer_id: 1 },
    Limit: 3,
  });
export const commands: [string, () => Command][] = [
  ['PutItem', put],
  ['GetItem', get],
  ['BatchGetItem', batch],
  ['Query', query],
];

export const stored = {
  S: { S: 'text' },
  N: { N: '0.10' },
  B: { B: 'AP8=' },
  BOOL: { BOOL: false },
  NULL: { NULL: true },
  SS: { SS: ['a'] },
  NS: { NS: ['1', '2'] },
  BS: { BS: ['AQ==', 'AgM='] },
  L: { L: [{ N: '1' }, { L: [] }] },
  M: { M: { constructor: { S: 'x' }, deep: { M: {} } } },
};

/** As the receiver computes it: over the headers that the request names. */
export async function signatureOf({
  method,
  path,
  headers,
  body,
}: RecordedRequest): Promise<string | undefined> {
  const signer = new SignatureV4({
    service: 'dynamodb',
    region: 'eu-central-1',
    credentials,
    sha256: Sha256,
  });
  const names = /SignedHeaders=([^,]+)/.exec(String(headers.authorization))?.[1]?.split(';') ?? [];
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  const request = new HttpRequest({ method, path, headers: signed, body, hostname: String(headers.host) });
  const [, year, rest] = /^(\d{8})T(\d{6})Z$/.exec(String(headers['x-amz-date'])) ?? [];
  const date = `${year?.replace(/(....)(..)(..)/, '$1-$2-$3')}T${rest?.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
  const { headers: made } = await signer.sign(request, { signingDate: new Date(date) });
  return made['authorization'];
}
