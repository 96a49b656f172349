import type { z } from 'zod';
import type { Job } from '../src/deps.ts';

/** Ties the type of a job's payload to its schema. */
export function defineJob<Payload extends z.ZodType>(job: Job<Payload>): Job<Payload> {
  return job;
}
