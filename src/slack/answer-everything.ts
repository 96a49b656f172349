import { setTimeout as pause } from 'node:timers/promises';
import { type App, AuthorizationError, type ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';

declare module '@slack/bolt' {
  interface Context {
    /** Whether this request has been acknowledged. A second acknowledgement throws over HTTP and is only logged in Socket Mode. */
    isAcknowledged?: () => boolean;
  }
}

/** The catch-all: whatever nobody listens to, an unknown command, action or kind of payload, is acknowledged at once. Without it
 *  Bolt keeps the request open for three seconds and the person reads a time-out. Wraps `processEvent`, the one door of every
 *  receiver, because payloads of an unknown kind never reach a middleware. What a listener does once it has acknowledged waits its
 *  turn, so that the next acknowledgement is not late. `settled` waits until no listener runs, or for `limitMs`. */
export function answerEverything(app: App, log: Logger): { settled: (limitMs: number) => Promise<void> } {
  const processEvent = app.processEvent.bind(app);
  const turn = createTurns();
  const running = new Set<Promise<void>>();
  app.processEvent = (event) => {
    const run = answer(event, { processEvent, turn, log });
    running.add(run);
    const done = () => void running.delete(run);
    run.then(done, done);
    return run;
  };
  const settled = async (limitMs: number) => {
    await Promise.race([Promise.allSettled(running), pause(limitMs, undefined, { ref: false })]);
    if (running.size > 0) log.error({ running: running.size }, 'listeners were cut off');
  };
  return { settled };
}

type Door = { processEvent: App['processEvent']; turn: () => Promise<void>; log: Logger };

async function answer(event: ReceiverEvent, { processEvent, turn, log }: Door): Promise<void> {
  let answered = false;
  const ack: ReceiverEvent['ack'] = async (response) => {
    answered = true;
    await event.ack(response);
    await turn();
  };
  const customProperties = { ...event.customProperties, isAcknowledged: () => answered };
  await processEvent({ ...event, ack, customProperties }).catch((err: unknown) => {
    // A workspace that has not installed the app is told so by Bolt; anything else is a payload that Bolt cannot read.
    if (answered || err instanceof AuthorizationError) throw err;
    log.warn({ err }, 'Bolt could not read a payload');
  });
  if (answered) return;
  log.warn({ kind: String(event.body?.type ?? event.body?.command ?? 'unknown').slice(0, 80) }, 'nobody listens to this payload');
  await event.ack(event.body?.command ? { text: 'I do not know this command. Try `/partners help`.' } : undefined);
}

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
