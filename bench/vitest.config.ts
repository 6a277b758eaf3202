import { defineConfig } from 'vitest/config';
import root from '../vitest.config.ts';

/** The root's way of running tests, for those that need the bench's own packages; engines are started by the tests that need one. */
export default defineConfig({
  ...root,
  test: {
    ...root.test,
    root: import.meta.dirname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-programs.ts'],
  },
});
