/** The lean calls do what the SDK's own do: the same input to both, and everything that can be seen of either. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDynamoDB } from '../../../src/stores/dynamodb/open-dynamodb.ts';
import { reply, type Reply } from '../../support/recording-server.ts';
import {
  both,
  commands,
  credentials,
  get,
  open,
  outcomeOf,
  put,
  server,
  signatureOf,
  stored,
  ways,
} from './both-ways.ts';

describe.each(commands)('%s', (operation, make) => {
  it('is asked with the same body and headers', async () => {
    const { sdk, lean } = await both(make, []);
    expect(sdk.requests).toHaveLength(1);
    expect(sdk.requests[0]?.headers['x-amz-target']).toBe(`DynamoDB_20120810.${operation}`);
    expect(lean).toEqual(sdk);
  });

  it('is read the same', async () => {
    const capacity = { TableName: 'carts', CapacityUnits: 1.5 };
    const keys = { carts: { Keys: [{ cart_id: { S: 'b' } }] } };
    const answers = {
      PutItem: { ConsumedCapacity: capacity },
      GetItem: { Item: stored, ConsumedCapacity: capacity },
      BatchGetItem: {
        Responses: { carts: [stored, stored] },
        UnprocessedKeys: keys,
        ConsumedCapacity: [capacity],
      },
      Query: { Items: [stored], Count: 1, ScannedCount: 2, LastEvaluatedKey: { cart_id: { S: 'b' } } },
    };
    const answer = answers[operation as keyof typeof answers];
    const { sdk, lean } = await both(make, [reply(200, answer, { 'x-amzn-requestid': 'the-request' })]);
    expect(sdk.answer).toHaveProperty('$metadata.requestId', 'the-request');
    expect(lean).toEqual(sdk);
  });

  it.each<[string, Reply]>([
    [
      'what is null is absent',
      reply(200, { Item: null, Attributes: null, Items: null, LastEvaluatedKey: null, Responses: null }),
    ],
    ['a middleman has named the request', reply(200, {}, { 'x-amzn-request-id': 'the-request' })],
    ['there is no body', reply(200, '')],
  ])('is read the same: %s', async (_, answer) => {
    const { sdk, lean } = await both(make, [answer]);
    expect(sdk.answer).toHaveProperty('$metadata.httpStatusCode', 200);
    expect(lean).toEqual(sdk);
  });

  it('has a signature that its receiver finds right', async () => {
    const { requests } = await outcomeOf('lean', make, []);
    for (const request of requests) expect(await signatureOf(request)).toBe(request.headers.authorization);
  });
});

const refusal = (name: string, status = 400, details = {}) =>
  reply(status, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'why', ...details });
const cut: Reply = (response) => {
  response.writeHead(200, { 'content-length': 100 }).write('{"Item":');
  setImmediate(() => response.socket?.destroy());
};
const hangUp: Reply = (response) => response.socket?.destroy();

describe('what goes wrong', () => {
  // No pauses between attempts but those that are asked for: how long they are is chance, and what a clock says of them too.
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it.each<[string, Reply[]]>([
    ['a condition fails', [refusal('ConditionalCheckFailedException', 400, { Item: stored })]],
    ['there is no table', [refusal('ResourceNotFoundException')]],
    ['it is refused for what it says', [refusal('ValidationException')]],
    ['the error is none that the SDK knows', [refusal('SomethingNewException')]],
    ['the error has no text', [reply(400, '')]],
    ['it is throttled twice', [refusal('ThrottlingException'), refusal('ThrottlingException')]],
    [
      'it is throttled every time, and the table and the index told',
      Array<Reply>(3).fill(
        refusal('ProvisionedThroughputExceededException', 400, {
          ThrottlingReasons: [{ reason: 'x', resource: 'arn:a/index/b' }],
        }),
      ),
    ],
    ['the service fails once', [refusal('InternalServerError', 500)]],
    ['the service fails every time', Array<Reply>(3).fill(refusal('InternalServerError', 500))],
    ['a middleman fails', Array<Reply>(3).fill(reply(502, '<html>'))],
    ['the answer is no JSON', Array<Reply>(3).fill(reply(200, '<html>'))],
    ['the answer is cut off in its text', [reply(200, '{"Item":{"a":{"S"')]],
    ['the answer is a list', [reply(200, [])]],
    ['the answer has a type that DynamoDB has not', [reply(200, { Item: { a: { X: 'x' } } })]],
    ['the body is cut off', [cut]],
    ['every body is cut off', [cut, cut, cut]],
    ['the connection is cut', [hangUp]],
    ['the connection is cut every time', [hangUp, hangUp, hangUp]],
    ['it is told to wait', [reply(503, {}, { 'x-amz-retry-after': '20' })]],
  ])('is the same when %s', async (_, replies) => {
    const { sdk, lean } = await both(get, replies);
    expect(lean).toEqual(sdk);
  });

  it('is the same when nobody listens', async () => {
    const { sdk, lean } = await both(put, [], { endpoint: 'http://127.0.0.1:1' });
    expect(sdk.error).toMatchObject({ metadata: { attempts: 3 }, unanswered: false });
    expect(lean).toEqual(sdk);
  });

  it('is the same when there are no credentials', async () => {
    const none = () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' }));
    const { sdk, lean } = await both(put, [], { credentials: none });
    expect(sdk.error).toMatchObject({ name: 'CredentialsProviderError' });
    expect(lean).toEqual(sdk);
  });

  // The error is the provider's then, and says nothing of the attempt before it, which may have written.
  it.each(['sdk', 'lean'] as const)(
    'is not certain when there are no credentials any more: %s',
    async (way) => {
      const provider = () =>
        server.requests.length === 0
          ? Promise.resolve({ ...credentials, expiration: new Date() })
          : Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' }));
      const { error, requests } = await outcomeOf(way, put, [hangUp], { credentials: provider });
      expect(requests).toHaveLength(1);
      expect(error).toMatchObject({ name: 'CredentialsProviderError', unanswered: true });
    },
  );

  it('is the same when the answer stalls', async () => {
    const stall: Reply = (response) => response.writeHead(200, { 'content-length': 100 }).write('{');
    const patience = { requestTimeout: 200, maxAttempts: 2 };
    const { sdk, lean } = await both(put, [stall, stall], patience);
    expect(sdk.error).toMatchObject({ name: 'TimeoutError', unanswered: true });
    expect(lean).toEqual(sdk);
  });
});

describe('the SDK’s own ways', () => {
  it.each(['sdk', 'lean'] as const)('correct a clock that is wrong: %s', async (way) => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const skewed = reply(400, { __type: 'x#RequestTimeTooSkewed', message: '' }, { date });
    const { answer, requests } = await outcomeOf(way, get, [skewed]);
    expect(answer).toBeDefined();
    const times = requests.map(({ headers }) => String(headers['x-amz-date']).replace(/\D/g, ''));
    expect(Number(times[1]) - Number(times[0])).toBeGreaterThan(5000);
  });

  it.each(['sdk', 'lean'] as const)('take new credentials when the old are over: %s', async (way) => {
    let made = 0;
    const provider = () => {
      made += 1;
      const expiration = new Date(Date.now() + (made === 1 ? 1000 : 3_600_000));
      return Promise.resolve({ accessKeyId: `key-${made}`, secretAccessKey: 'secret', expiration });
    };
    server.plan();
    const client = open({ credentials: provider });
    for (let calls = 0; calls < 3; calls += 1) await ways[way](client, get());
    const keys = server.requests.map(
      ({ headers }) => /Credential=([^/]+)/.exec(String(headers.authorization))?.[1],
    );
    expect(keys.at(-1)).toBe(`key-${made}`);
    expect(made).toBeGreaterThan(1);
    client.destroy();
  });

  it.each(['sdk', 'lean'] as const)('go to the account’s own endpoint on AWS: %s', async (way) => {
    const account = { ...credentials, accountId: '123456789012' };
    const client = openDynamoDB({ region: 'eu-central-1', credentials: account });
    const hosts: string[] = [];
    client.config.requestHandler.handle = (request: { readonly hostname: string }) => {
      hosts.push(request.hostname);
      return Promise.reject(Object.assign(new Error('not sent'), { name: 'NotSent' }));
    };
    await expect(ways[way](client, get())).rejects.toThrow('not sent');
    expect(hosts).toEqual(['123456789012.ddb.eu-central-1.amazonaws.com']);
  });

  it.each(['sdk', 'lean'] as const)('take the time for one call: %s', async (way) => {
    const client = open({ maxAttempts: 1 });
    server.plan(() => undefined);
    await expect(ways[way](client, get(), { requestTimeout: 20 })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    client.destroy();
  });

  it.each(['sdk', 'lean'] as const)('tell a callback: %s', async (way) => {
    server.plan();
    const client = open();
    const answer = await new Promise((resolve) => {
      const told = (_: unknown, output: unknown) => {
        resolve(output);
      };
      void ways[way](client, get(), {}, told);
    });
    expect(answer).toHaveProperty('$metadata.httpStatusCode', 200);
    client.destroy();
  });

  it.each(['sdk', 'lean'] as const)('end with the signal: %s', async (way) => {
    const stop = new AbortController();
    server.plan(() => {
      stop.abort();
    });
    const client = open();
    await expect(ways[way](client, get(), { abortSignal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    await expect(ways[way](client, get(), { abortSignal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(server.requests).toHaveLength(1);
    client.destroy();
  });
});
