import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { describeStart } from '../../src/process/start-up-notice.ts';

const store = { title: 'PostgreSQL', location: '.data/postgres' };
const notice = (env: Record<string, string>) => describeStart(loadConfig(env), 8080, store);

it('says where the playground and the schema are, where they are', () => {
  expect(notice({})).toContain(
    'Playground  http://localhost:8080/\n  Schema      http://localhost:8080/schema.graphql\n',
  );
  expect(notice({ PLAYGROUND: 'false' })).not.toMatch(/Playground|Schema/);
});

it('says that the service signs tokens itself, where it does', () => {
  expect(notice({ AUTH_MODE: 'jwt' })).toContain(
    '  Tokens      of a secret for today; the playground offers some\n',
  );
  expect(notice({})).not.toContain('Tokens');
  expect(notice({ AUTH_MODE: 'jwt', AUTH_JWT_SECRET: 'x'.repeat(32) })).not.toContain('Tokens');
});
