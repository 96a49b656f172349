import { z } from 'zod';
import type { Deps, Job } from '../src/deps.ts';

/** What a sweep finds: enough to name a record, read without its schema, so that one that cannot be read keeps nobody else's from being found. */
export type Ref = { workspaceId: string; id: string };

/** A job that finds records on which something is still to be done, and does this one duty for each on its own: one that cannot be read, or done, is
 *  logged and left to the next sweep, and the rest goes on. */
export function defineSweep<Found extends Ref>(sweep: {
  name: string;
  every: string;
  find: (at: Date) => Promise<Iterable<Found>> | AsyncIterable<Found>;
  act: (found: Found, deps: Deps) => Promise<unknown>;
}): Job<z.ZodObject> {
  const { name, every, find, act } = sweep;
  const run = async (_payload: unknown, deps: Deps) => {
    for await (const found of await find(deps.now())) {
      const { workspaceId, id } = found;
      await act(found, deps).catch((err: unknown) =>
        deps.log.error({ err, workspace: workspaceId, record: id }, 'a sweep passed a record over'),
      );
    }
  };
  return { name, every, payload: z.object({}), run };
}

/** Ties the type of a job's payload to its schema. */
export function defineJob<Payload extends z.ZodType>(job: Job<Payload>): Job<Payload> {
  return job;
}
