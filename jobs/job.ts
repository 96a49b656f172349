import type { z } from 'zod';
import type { Deps } from '../src/deps.ts';

/** One kind of background work. `run` may be called twice with the same payload: it claims, then acts. */
export type Job<Payload extends z.ZodType = z.ZodType> = {
  name: string;
  payload: Payload;
  /** A second one with the same payload is dropped while the first waits or runs. With `while-waiting`, for jobs that show how
   *  things stand, it brings the waiting one forward instead; while the first runs a second is queued all the same, because the
   *  first may have read what was true before. */
  once?: boolean | 'while-waiting';
  /** Cron-like interval for a job that nobody enqueues. */
  every?: string;
  run: (payload: z.infer<Payload>, deps: Deps) => Promise<void>;
};

export function defineJob<Payload extends z.ZodType>(job: Job<Payload>): Job<Payload> {
  return job;
}
