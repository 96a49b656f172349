import { jest } from '@jest/globals';

/** Real processes, sockets and a browser share CI's two cores. There a failed test is tried once more, with its first error printed,
 *  so that a late answer does not pass for a defect; a defect fails twice. Everywhere else every failure counts. */
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true });
