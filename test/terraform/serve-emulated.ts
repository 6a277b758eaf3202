/**
 * Starts the service as Fargate would in an emulated AWS (AWS_ENDPOINT_URL): with its task definition's environment, the rights of
 * its role, and nothing else. Makes a cart, reads it, finds it by its customer, and stops the service, which must end with status 0.
 * Where carts are in PostgreSQL, another server stands in the place of RDS's. Wants `terraform output -json policies` as its input.
 * For scripts/check-terraform.sh.
 */
import { equal, match } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { endpoint, environmentOf, runTask, start, type Environment } from './fargate.ts';
import { guardDynamoDB } from './guarded-dynamodb.ts';
import { standInForRds } from './stand-in-for-rds.ts';

const key = randomBytes(32).toString('hex');

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? String(address?.port) : '';
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

const policies = JSON.parse(readFileSync(0, 'utf8')) as Record<'task' | 'migration', string | null>;
const [ofMigration, ofService] = [
  await environmentOf('cartwright-migration', key),
  await environmentOf('cartwright', key),
];

const rds = 'DATABASE_URL' in ofService ? await standInForRds(ofMigration, key) : undefined;
const dynamodb = 'DYNAMODB_TABLE_NAME' in ofService;

/** The environment with what is another here: addresses that are free and can be reached. */
function here(environment: Environment, table: { readonly url: string } | undefined): Environment {
  return {
    ...(rds ? rds.inPlaceOfRds(environment) : environment),
    ...(table && { AWS_ENDPOINT_URL_DYNAMODB: table.url }),
  };
}

/** What docs/deploy.md runs first: tables in PostgreSQL, and the catalogue in each store. */
async function prepare(): Promise<void> {
  const table = dynamodb ? await guardDynamoDB(endpoint, policies.migration ?? '') : undefined;
  const environment = here(ofMigration, table);
  if (rds) await runTask('src/tasks/migrate.ts', { ...environment, CART_STORE_TYPE: 'postgres' });
  for (const type of [...(rds ? ['postgres'] : []), ...(dynamodb ? ['dynamodb'] : [])]) {
    await runTask('src/tasks/seed.ts', { ...environment, CART_STORE_TYPE: type });
  }
  table?.close();
}

async function serve(): Promise<void> {
  const table = dynamodb ? await guardDynamoDB(endpoint, policies.task ?? '') : undefined;
  // After the other one listens, which may be given this very port else.
  const port = await freePort();
  const address = { HOST: '127.0.0.1', PORT: port, METRICS_PORT: '0' };
  const service = start('src/main.ts', { ...here(ofService, table), ...address });
  const ended = once(service, 'exit');
  try {
    await until(`http://127.0.0.1:${port}/startupz`);
    await useCarts(`http://127.0.0.1:${port}`);
    console.log(
      `made a cart in ${ofService['CART_STORE_TYPE'] ?? ''}, read it, and found it by its customer`,
    );
    for (const right of [...(table?.used ?? [])].sort()) console.log(`  ${right}`);
  } finally {
    service.kill('SIGTERM');
    await ended;
    table?.close();
  }
  equal((await ended)[0], 0);
}

try {
  await prepare();
  await serve();
} finally {
  await rds?.close();
}
