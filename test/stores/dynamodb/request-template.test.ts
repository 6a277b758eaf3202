/** The request that the SDK makes once, and of which the lean calls make theirs. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import {
  openDynamoDB,
  setUpTimeouts,
  type DynamoDBOptions,
} from '../../../src/stores/dynamodb/open-dynamodb.ts';
import { startRecordingServer } from '../../support/recording-server.ts';

const server = await startRecordingServer();
afterAll(() => server.close());

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
const get = () => new GetCommand({ TableName: 'carts', Key: { cart_id: 'a' } });
const put = (Item = {}) => new PutCommand({ TableName: 'carts', Item: { cart_id: 'a', ...Item } });

function opened(options: Partial<DynamoDBOptions> = {}) {
  server.plan();
  const { endpoint } = server;
  const client = openDynamoDB({
    region: 'eu-central-1',
    endpoint,
    credentials,
    ...setUpTimeouts,
    ...options,
  });
  onTestFinished(() => {
    client.destroy();
  });
  return { client, made: vi.spyOn(client.middlewareStack, 'clone') };
}

it('is one for each operation and table', async () => {
  const { client, made } = opened();
  for (const make of [get, put, get, put]) await client.send(make() as never);
  expect(made).toHaveBeenCalledTimes(2);
});

it('is one for all who ask at the same moment, also when the credentials are new', async () => {
  let [key, expires] = ['first', 400_000];
  const provider = () =>
    Promise.resolve({ ...credentials, accessKeyId: key, expiration: new Date(Date.now() + expires) });
  const { client, made } = opened({ credentials: provider });
  await Promise.all([get(), get(), get()].map((command) => client.send(command)));
  expect(made).toHaveBeenCalledTimes(1);
  [key, expires] = ['second', 800_000];
  vi.useFakeTimers({ now: Date.now() + 200_000, toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  await Promise.all([get(), get(), get()].map((command) => client.send(command)));
  expect(made).toHaveBeenCalledTimes(2);
});

it('is asked for again when it could not be made', async () => {
  const answers = [Promise.reject(new Error('not now')), Promise.resolve(credentials)];
  const { client } = opened({ credentials: () => answers.shift() ?? Promise.resolve(credentials) });
  await expect(client.send(get())).rejects.toThrow('not now');
  await expect(client.send(get())).resolves.toBeDefined();
});

it('does not hang on the values of the first call', async () => {
  const { client } = opened();
  const refusedBySDK = put({ map: { constructor: 'x' } });
  await client.send(refusedBySDK);
  await client.send(refusedBySDK);
  const [sent, again] = server.requests.map(({ body }) => JSON.parse(body) as unknown);
  expect(sent).toMatchObject({ Item: { map: { M: { constructor: { S: 'x' } } } } });
  expect(again).toEqual(sent);
});
