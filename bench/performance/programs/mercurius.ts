/** Mercurius with its jit on the same schema, operations and stores. */
import fastify from 'fastify';
import mercurius from 'mercurius';
import { createContext } from '../../../src/graphql/context.ts';
import { createSchema } from '../../../src/graphql/schema.ts';
import { newCaller, openStore, operationsOn } from './open-store.ts';

const store = await openStore();
const dependencies = { currency: 'USD', catalog: store.catalog, operations: operationsOn(store) };
const app = fastify({ keepAliveTimeout: 65_000 });
await app.register(mercurius, {
  schema: createSchema(),
  jit: 1,
  context: () => createContext(dependencies, newCaller(), 'none'),
});
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
