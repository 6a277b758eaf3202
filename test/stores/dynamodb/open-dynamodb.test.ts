import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAWS, openDynamoDB } from '../../../src/stores/dynamodb/open-dynamodb.ts';

const variables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];
beforeEach(() => {
  for (const name of variables) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

const endpoint = 'http://127.0.0.1:1';

describe('credentials', () => {
  it('are made up for an endpoint outside AWS, so that nobody is asked for any', async () => {
    const client = openDynamoDB({ region: 'local', endpoint });
    expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'local' });
  });

  it('come from the environment where it has some', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'from-environment');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    const client = openDynamoDB({ region: 'local', endpoint });
    expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'from-environment' });
  });

  it.each([
    ['AWS_PROFILE', 'work'],
    ['AWS_ACCESS_KEY_ID', 'without-its-secret'],
    ['AWS_WEB_IDENTITY_TOKEN_FILE', '/nowhere'],
    ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://127.0.0.1:1/'],
  ])('are not looked for on this machine, whatever %s says', async (name, value) => {
    vi.stubEnv(name, value);
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      const client = openDynamoDB({ region: 'local', endpoint: `http://${host}:1` });
      expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'local' });
    }
  });

  it('of a profile are for engines elsewhere', async () => {
    vi.stubEnv('AWS_PROFILE', 'work');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    const client = openDynamoDB({ region: 'local', endpoint: 'http://dynamodb:8000' });
    await expect(client.config.credentials()).rejects.toThrow();
  });

  it('are those given', async () => {
    const credentials = { accessKeyId: 'given', secretAccessKey: 'secret' };
    const client = openDynamoDB({ region: 'local', endpoint, credentials });
    expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'given' });
  });

  it('are the SDK’s own search on AWS, where made-up ones would be of no use', async () => {
    const privateEndpoint = 'https://vpce-1.dynamodb.eu-central-1.vpce.amazonaws.com';
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    const client = openDynamoDB({ region: 'eu-central-1', endpoint: privateEndpoint });
    await expect(client.config.credentials()).rejects.toThrow();
  });
});

it('keeps to the number of connections, and closes them', async () => {
  let [open, most] = [0, 0];
  const server = createServer((_, response) => {
    setTimeout(() => response.end('{}'), 20);
  });
  server.on('connection', (socket) => {
    most = Math.max(most, (open += 1));
    socket.on('close', () => (open -= 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = openDynamoDB({
    region: 'local',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connectTimeout: 5_000,
    requestTimeout: 5_000,
    maxSockets: 2,
  });
  const get = () => client.send(new GetCommand({ TableName: 'any', Key: { id: 1 } }));
  await Promise.all(Array.from({ length: 8 }, get));
  expect(most).toBe(2);
  client.destroy();
  await expect.poll(() => open, { timeout: 10_000 }).toBe(0);
  await new Promise((resolve) => server.close(resolve));
});

describe('an address', () => {
  it.each([
    ['https://dynamodb.us-west-2.amazonaws.com', true],
    ['https://dynamodb.us-west-2.amazonaws.com.', true],
    ['https://dynamodb.cn-north-1.amazonaws.com.cn', true],
    ['https://dynamodb.cn-north-1.api.amazonwebservices.com.cn', true],
    ['https://vpce-1-2.dynamodb.us-west-2.vpce.amazonaws.com', true],
    ['https://dynamodb.us-west-2.api.aws', true],
    ['http://localhost:8000', false],
    ['http://dynamodb:8000', false],
    ['https://amazonaws.com.example.org', false],
  ])('%s is AWS: %s', (address, expected) => {
    expect(isAWS(address)).toBe(expected);
  });
});
