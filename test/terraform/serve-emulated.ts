/**
 * What Fargate does with the service's task definition in an emulated AWS (AWS_ENDPOINT_URL): reads its environment and its
 * secrets, and starts the service with these, the rights of its role and where that AWS is. Then makes a cart, reads it, finds it
 * by its customer, and stops the service, which must end with status 0. Wants `terraform output -json policies` as its input.
 * For scripts/check-terraform.sh.
 */
import { equal, match } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { guardDynamoDB } from './guarded-dynamodb.ts';

type Environment = Record<string, string>;

interface Container {
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
}

const endpoint = process.env['AWS_ENDPOINT_URL'] ?? '';
const key = randomBytes(32).toString('hex');

/** Calls an action of an AWS service by its JSON protocol. */
async function call(service: string, target: string, input: object): Promise<unknown> {
  const scope = `emulated/20260101/us-west-2/${service}/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(input),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${target}: ${answer}`);
  return JSON.parse(answer);
}

/** The environment of a task definition's container. The key for tokens is put in first, as docs/deploy.md does by hand. */
async function environmentOf(taskDefinition: string): Promise<Environment> {
  const target = 'AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition';
  const answer = (await call('ecs', target, { taskDefinition })) as {
    taskDefinition: { containerDefinitions: [Container] };
  };
  const [container] = answer.taskDefinition.containerDefinitions;
  const given = Object.fromEntries(container.environment.map(({ name, value }) => [name, value]));
  for (const { name, valueFrom: SecretId } of container.secrets ?? []) {
    await call('secretsmanager', 'secretsmanager.PutSecretValue', { SecretId, SecretString: key });
    const secret = await call('secretsmanager', 'secretsmanager.GetSecretValue', { SecretId });
    given[name] = (secret as { SecretString: string }).SecretString;
  }
  return given;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? String(address?.port) : '';
}

/** Starts a program of the service. The address to listen on is not the task definition's: it must be free here. */
function start(file: string, environment: Environment, dynamodb: string, port: string): ChildProcess {
  const env = {
    PATH: process.env['PATH'],
    ...environment,
    AWS_ACCESS_KEY_ID: 'emulated',
    AWS_SECRET_ACCESS_KEY: 'emulated',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    HOST: '127.0.0.1',
    PORT: port,
  };
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let log = '';
  child.stdout.on('data', (data: Buffer) => (log += data.toString()));
  child.once('exit', (code) => {
    if (code !== 0) console.error(log);
  });
  return child;
}

async function until(url: string): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await pause(250);
  }
  throw new Error(`${url} does not answer 200`);
}

async function useCarts(url: string): Promise<void> {
  const token = await new SignJWT({ sub: '7' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5m')
    .sign(Buffer.from(key));
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const ask = async (query: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
    });
    return (await response.text()).trim();
  };
  const made = await ask(
    'mutation { createCart(input: { customerId: 7, items: [{ productId: 1, quantity: 3 }] }) { cart { id } userErrors { message } } }',
  );
  const id = /"id":"([^"]+)"/.exec(made)?.[1];
  if (id === undefined) throw new Error(`no cart was made: ${made}`);
  equal(
    await ask(`{ cart(id: "${id}") { totalAmount { amount } } }`),
    '{"data":{"cart":{"totalAmount":{"amount":"89.97"}}}}',
  );
  const listed = await fetch(`${url}/customers/7/shopping-carts`, { headers });
  match(await listed.text(), new RegExp(id));
}

const policies = JSON.parse(readFileSync(0, 'utf8')) as Record<'task' | 'migration', string>;
const port = await freePort();

const forMigration = await guardDynamoDB(endpoint, policies.migration);
const seed = start('src/tasks/seed.ts', await environmentOf('cartwright-migration'), forMigration.url, port);
equal((await once(seed, 'exit'))[0], 0);
forMigration.close();

const forService = await guardDynamoDB(endpoint, policies.task);
const service = start('src/main.ts', await environmentOf('cartwright'), forService.url, port);
const ended = once(service, 'exit');
try {
  await until(`http://127.0.0.1:${port}/startupz`);
  await useCarts(`http://127.0.0.1:${port}`);
  console.log('made a cart, read it, and found it by its customer, with these rights:');
  for (const right of [...forService.used].sort()) console.log(`  ${right}`);
} finally {
  service.kill('SIGTERM');
  await ended;
  forService.close();
}
equal((await ended)[0], 0);
