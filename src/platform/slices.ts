import { setImmediate as turn } from 'node:timers/promises';

/** Long work in small steps: it gives way after each, and returns its result at the end. */
export type Steps<Result> = Generator<void, Result>;

/** Other work waits no longer than this, in milliseconds, for its turn. */
const LONGEST_TURN = 10;

export function atOnce<Result>(steps: Steps<Result>): Result {
  let next = steps.next();
  while (!next.done) next = steps.next();
  return next.value;
}

/** Lets everything else that waits run in between: acknowledging Slack comes before ranking. */
export async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  let since = performance.now();
  let next = steps.next();
  for (; !next.done; next = steps.next()) {
    if (performance.now() - since < LONGEST_TURN) continue;
    await turn();
    since = performance.now();
  }
  return next.value;
}

/** For loops that wait for things in between: a promise to be awaited where others have waited long enough, else null. */
export function createPause(): () => Promise<void> | null {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_TURN) return null;
    return turn().then(() => {
      since = performance.now();
    });
  };
}
