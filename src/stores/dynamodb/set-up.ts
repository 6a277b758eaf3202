/** Tables and a catalogue on an engine that runs elsewhere, such as DynamoDB Local. On AWS Terraform makes the tables. */
import { setTimeout as sleep } from 'node:timers/promises';
import { demoCatalog } from '../demo-catalog.ts';
import type { StoreSurroundings } from '../store.ts';
import { createTables } from './create-tables.ts';
import { openDynamoDBStores } from './open.ts';
import { isAWS, openDynamoDB, setUpTimeouts } from './open-dynamodb.ts';
import type { DynamoDBConfig } from './variables.ts';

/** Milliseconds to wait for an engine that is just starting, as in compose. */
const PATIENCE = 20_000;

/**
 * Makes the tables that are not there yet, and loads the demo catalogue.
 * @returns what is there now, for people
 * @throws Error when the configuration names no engine, or AWS
 */
export async function setUpDynamoDB(
  config: DynamoDBConfig,
  surroundings: StoreSurroundings,
): Promise<string> {
  const { region, cartsTable, catalogueTable } = config;
  const endpoint = endpointOf(config);
  const client = openDynamoDB({ region, endpoint, ...setUpTimeouts });
  await whenUp(
    () => createTables(client, { carts: cartsTable, catalogue: catalogueTable }),
    () => {
      surroundings.log.info({ endpoint, milliseconds: PATIENCE }, 'waiting for the engine');
    },
  );
  client.destroy();
  const stores = await openDynamoDBStores(config, surroundings);
  const products = demoCatalog(surroundings.currency);
  await stores.catalog.upsert(products);
  await stores.close();
  return `${endpoint} has the tables ${cartsTable} and ${catalogueTable}, with ${products.length} products.`;
}

function endpointOf({ endpoint }: DynamoDBConfig): string {
  if (endpoint === undefined) {
    throw new Error(
      'AWS_ENDPOINT_URL_DYNAMODB must name the engine to make tables on, such as http://127.0.0.1:8000. ' +
        'On AWS Terraform makes them, and the embedded engine has them from its start',
    );
  }
  if (isAWS(endpoint)) {
    throw new Error(
      `AWS_ENDPOINT_URL_DYNAMODB is AWS itself (${new URL(endpoint).host}), where Terraform makes the tables`,
    );
  }
  return endpoint;
}

/** Repeats `work` as long as nothing listens. @param waiting is told once, when it must */
async function whenUp(work: () => Promise<void>, waiting: () => void): Promise<void> {
  const end = performance.now() + PATIENCE;
  for (let first = true; ; first = false) {
    try {
      await work();
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ECONNREFUSED' || performance.now() > end) throw error;
      if (first) waiting();
      await sleep(500);
    }
  }
}
