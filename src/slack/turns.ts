/** Between two answers that start; 300 a second is more than a process can work off. */
const PACE_MS = 3;
/** A timer as late as this says that the process is busy. */
const BUSY_MS = 2;
/** Then an answer starts all the same: a modal must be open three seconds after the click. */
const LONGEST_WAIT_MS = 1_000;

/** Returns `turn`, to be awaited between acknowledging and answering. Answers start one after the other, and none while the process
 *  is busy: Slack waits three seconds for an acknowledgement, a person waits a little longer for an answer. An idle process lets
 *  each one through at once. How many answers are under way is not limited: most of their time they wait for Slack. */
export function createTurns(): () => Promise<void> {
  const waiting: { start: () => void; since: number }[] = [];
  let lastStart = 0;
  const pump = (due: number) => {
    const now = performance.now();
    const first = waiting[0];
    if (first && (now - due < BUSY_MS || now - first.since > LONGEST_WAIT_MS)) {
      waiting.shift();
      lastStart = now;
      first.start();
    }
    if (waiting.length > 0) setTimeout(pump, PACE_MS, now + PACE_MS);
  };
  return () => {
    const now = performance.now();
    if (waiting.length === 0 && now - lastStart > PACE_MS) {
      lastStart = now;
      return Promise.resolve();
    }
    return new Promise((start) => {
      waiting.push({ start, since: now });
      if (waiting.length === 1) setTimeout(pump, PACE_MS, now + PACE_MS);
    });
  };
}
