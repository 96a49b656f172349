import { defineConfig } from 'vitest/config';

/** What they try is what a process remembers: each begins with a process that remembers nothing, and leaves none of it to others. */
const ALONE = [
  'test/discover/digest/kept-ranking.test.ts',
  'test/slack/before-ack.test.ts',
  'test/slack/slack-trouble.test.ts',
  'test/slack/with-fallback.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: './test/support/start-mongo.ts',
    setupFiles: ['./test/support/fast-check-seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Machines are shared and slow at times; a test that hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { hooks: 'list' },
    projects: [
      // Modules are loaded once for all files of a process: loading them anew for each is a third of the time that tests take.
      { extends: true, test: { name: 'together', isolate: false, include: ['test/**/*.test.ts'], exclude: ALONE } },
      { extends: true, test: { name: 'alone', isolate: true, include: ALONE } },
    ],
  },
});
