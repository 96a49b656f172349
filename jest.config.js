export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }] },
  globalSetup: './test/support/start-mongo.ts',
  globalTeardown: './test/support/stop-mongo.ts',
  setupFiles: ['./test/support/fast-check-seed.ts'],
  maxWorkers: 2,
  // Modules of a file stay in memory after it has ended: a process that has run many spends its time looking through them.
  workerIdleMemoryLimit: '700MB',
  // Machines are shared and slow at times; a test that hangs still ends.
  testTimeout: 120_000,
  // agenda keeps the timers of jobs it has looked ahead to, for up to a minute after it has drained and disconnected.
  forceExit: true,
};
