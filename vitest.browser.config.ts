import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: tests that need a Chromium, which `npm test` does not. */
export default defineConfig({
  // As in vitest.config.ts: one copy of graphql.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/browser/**/*.browser.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // A browser has processes of its own: with two files at a time two cores are busy.
    maxWorkers: 2,
    // As in vitest.config.ts: each file would load the SDK and the service anew.
    isolate: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
