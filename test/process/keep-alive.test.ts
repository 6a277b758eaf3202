/** The end of a process that nothing tells its clients about: those that keep their connections lose nothing. */
import { Agent, request } from 'node:http';
import { expect, it, vi } from 'vitest';
import { catalogueDatabases } from '../support/catalogue-databases.ts';
import { startService } from './service-process.ts';

/** "200", "200 close" for an answer that ends its connection, or the code of what went wrong. */
function ask(url: string, agent: Agent): Promise<string> {
  const body = JSON.stringify({ query: '{ __typename }' });
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return new Promise((resolve) => {
    request(`${url}/graphql`, { method: 'POST', agent, headers }, (res) => {
      res.resume().on('end', () => {
        resolve(res.headers.connection === 'close' ? `${res.statusCode ?? 0} close` : String(res.statusCode));
      });
      res.on('error', (error: NodeJS.ErrnoException) => {
        resolve(String(error.code));
      });
    })
      .on('error', (error: NodeJS.ErrnoException) => {
        resolve(String(error.code));
      })
      .end(body);
  });
}

it('SIGTERM without a delay lets clients that keep their connections know before it closes them', async () => {
  const database = await catalogueDatabases.postgres();
  const service = startService({ ...database.env });
  const url = await service.listening;
  const outcomes: string[] = [];
  const clients = Array.from({ length: 16 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let last = '';
    while (last !== 'ECONNREFUSED') {
      last = await ask(url, agent);
      outcomes.push(last);
      if (!last.startsWith('200')) break;
    }
    agent.destroy();
  });
  await vi.waitFor(() => {
    expect(outcomes.length).toBeGreaterThan(100);
  }, 30_000);
  service.child.kill('SIGTERM');
  await Promise.all(clients);
  expect(await service.ended()).toBe(0);
  // Until nobody listens any more: a connection that is refused has lost nothing.
  expect(new Set(outcomes)).toEqual(new Set(['200', '200 close', 'ECONNREFUSED']));
  await database.close();
}, 120_000);
