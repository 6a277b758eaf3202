import { availableParallelism } from 'node:os';
import { defineConfig, type TestUserConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { canHoldTests, openRunFolder } from './test/support/temporary-folder.ts';

/** Start the service, or its engines, by processes of their own. */
const PROCESSES = [
  'test/process/**/*.test.ts',
  'test/docs/commands.test.ts',
  'test/stores/embedded/{dynamodb,postgres}.test.ts',
  'test/tasks/source.test.ts',
];

/** Apollo Client, urql and Relay, whose packages are no part of a root install: `npm run clients:check`. */
const OTHER_CLIENTS = ['test/client-packages/*.test.ts'];

/** Several of them, cut off, killed and with full disks: too long for `npm test`, and a part of what CI runs. */
const RELIABILITY = ['test/reliability/processes/**/*.test.ts'];

/**
 * The longest first: nobody is to wait for them when everything else is done. With `log-lines` those that calculate most, since it mostly
 * waits; of the others that do (at the beginnings of these lines, from the fourth) one among two that do not, so that both cores are busy.
 */
const ORDER = [
  'processes',
  ...['same-histories', 'log-lines', 'differential', 'permissions', 'open-stores', 'model.test'],
  ...['moving/engines', 'embedded/', 'fuzz'],
  ...['documented-answers', 'put-faults', 'move-carts'],
  ...['http/server', 'parity', 'rest/flows'],
  ...['sweeper', 'lost-answers', 'api/errors'],
  ...['idempotency', 'migrate', 'upgrade'],
  ...['postgres/failures', 'known-documents', 'docs/clients'],
  ...['security/faults', 'import-while', 'dynamodb/cart-store'],
  ...['http/connections', 'concurrency', 'service-user'],
  ...['errors-bounded', 'transaction-faults', 'envelopes'],
  ...['spent-budget', 'api/catalogue', 'terraform/deployment'],
];

/**
 * A database is a thousand small files, which a disk's file system is slow to make where others have just been removed: a twelfth of the
 * whole time. They are made in memory where Linux has a folder there, and room for ten times as much as a run has needed, by
 * what the container allows as well.
 */
const IN_MEMORY = '/dev/shm';
const ENOUGH = 4 * 2 ** 30;
if (
  process.env['TMPDIR'] === undefined &&
  process.availableMemory() > ENOUGH &&
  canHoldTests(IN_MEMORY, ENOUGH)
) {
  process.env['TMPDIR'] = openRunFolder(IN_MEMORY);
}

/** A clean clone knows no durations, and would begin with the largest files. */
class InThisOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ project, moduleId }: TestSpecification) => {
      const found = ORDER.findIndex((name) => project.name === name || moduleId.includes(name));
      return found < 0 ? ORDER.length : found;
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

/**
 * With the 16 MB that are young by default, collecting garbage takes a tenth of the whole time. And most of what tests call is called a
 * few times: Node 20 optimises it after 66 KB of its bytecode have run, later Nodes by other rules.
 */
const V8_OF_TESTS = [
  '--max-semi-space-size=64',
  ...(process.version.startsWith('v20.') ? ['--interrupt-budget=1000000'] : []),
];

const project = (name: string, test: TestUserConfig) => ({
  // Without the alias Vite resolves a second copy of graphql, and its `instanceof` checks fail.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    name,
    // Each file would load the SDK, type-graphql and the service anew: a fifth of the whole time.
    isolate: false,
    execArgv: V8_OF_TESTS,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...test,
  },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    // One more than there are cores: tests of processes spend much of their time waiting.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: InThisOrder },
    projects: [
      project('processes', { include: PROCESSES, globalSetup: ['test/support/compile-service.ts'] }),
      project('reliability', { include: RELIABILITY, globalSetup: ['test/support/compile-service.ts'] }),
      project('other-clients', { include: OTHER_CLIENTS }),
      project('in-process', {
        include: ['test/**/*.test.ts'],
        exclude: ['**/node_modules/**', ...PROCESSES, ...RELIABILITY, ...OTHER_CLIENTS],
      }),
    ],
  },
});
