/** Stands in the place of the tests here where their packages are not installed, so that they are counted as skipped. */
import { describe, it } from 'vitest';

const how = '`npm ci --prefix test/client-packages` installs what they need';

describe.skip(`docs/clients.md with other clients, and the caches of Apollo Client and urql: ${how}`, () => {
  it('on the real service', () => undefined);
});
