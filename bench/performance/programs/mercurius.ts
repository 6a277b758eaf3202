/** Mercurius with its jit on the same schema, operations and stores. */
import fastify from 'fastify';
import mercurius from 'mercurius';
import { createSchema } from '../../../src/graphql/schema.ts';
import { contextOn, openStore } from './open-store.ts';

const context = contextOn(await openStore());
const app = fastify({ keepAliveTimeout: 65_000 });
await app.register(mercurius, {
  schema: createSchema(),
  jit: 1,
  context,
});
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
