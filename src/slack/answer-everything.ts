import { setTimeout as pause } from 'node:timers/promises';
import { type App, AuthorizationError, type ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import { refusalSentence } from '../../blocks/refusals.ts';
import type { Deps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { sentenceFor } from './answer-error.ts';
import { isUnderWay } from './answer-once.ts';
import { answerShortly } from './answer-shortly.ts';

declare module '@slack/bolt' {
  interface Context {
    /** Whether this request has been acknowledged. A second acknowledgement throws over HTTP and is only logged in Socket Mode. */
    isAcknowledged?: () => boolean;
  }
}

/** Requests under way, acknowledged ones included; each holds its payload. The turns below start 300 a second, so the last one in still
 *  opens its modal within the three seconds that Slack allows. */
const MOST_UNDER_WAY = 1_000;

/** A request that gets no acknowledgement: 400 cannot be read, 503 is to come again. Each receiver says it in its own way. */
export class NotTaken extends Error {
  readonly status: 400 | 503;

  constructor(status: 400 | 503, message: string) {
    super(message);
    this.name = 'NotTaken';
    this.status = status;
  }
}

/** What every payload of Slack has in common. Bolt believes it without looking. */
const Payload = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  event: z.looseObject({ type: z.string().optional() }).optional(),
});
type Payload = z.infer<typeof Payload>;

/** Wraps `processEvent`, the one door of every receiver, so that each request of Slack is answered at once, whatever it is: Bolt leaves what
 *  nobody listens to, and what it cannot read, open for three seconds. What a listener does once it has acknowledged waits its turn, so that
 *  the next acknowledgement is not late, and there is a bound to what waits. `settled` waits until no listener runs, or for `limitMs`. */
export function answerEverything(app: App, { log, now }: Pick<Deps, 'log' | 'now'>): { settled: (limitMs: number) => Promise<void> } {
  const processEvent = app.processEvent.bind(app);
  const turn = createTurns();
  const running = new Set<Promise<void>>();
  app.processEvent = (event) => {
    const { data: payload } = Payload.safeParse(event.body);
    if (!payload) return Promise.reject(new NotTaken(400, 'a payload is of no shape that Slack has'));
    if (running.size >= MOST_UNDER_WAY) return refuseBusy(event, payload, log);
    const run = answer(event, payload, { processEvent, turn, log, now });
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

/** Too much is under way: an event comes again, a person is told to. */
async function refuseBusy(event: ReceiverEvent, payload: Payload, log: Logger): Promise<void> {
  log.warn({ kind: kindOf(payload) }, 'too much is under way: a request was refused');
  if (payload.event) throw new NotTaken(503, 'too much is under way');
  await answerShortly(event, refusalSentence('too-busy', {}), log);
}

type Door = { processEvent: App['processEvent']; turn: () => Promise<void>; log: Logger; now: Deps['now'] };

async function answer(event: ReceiverEvent, payload: Payload, { processEvent, turn, log, now }: Door): Promise<void> {
  // Asked for what Slack repeats only: the first time, nothing stands between an event and its acknowledgement.
  if (event.retryNum && (await isUnderWay(event.body, now()))) throw new NotTaken(503, 'somebody else may be answering this event');
  let answered = false;
  const ack: ReceiverEvent['ack'] = async (response) => {
    answered = true;
    await event.ack(response);
    await turn();
  };
  const customProperties = { ...event.customProperties, isAcknowledged: () => answered };
  try {
    await processEvent({ ...event, ack, customProperties });
  } catch (err) {
    if (answered) throw err;
    if (err instanceof AuthorizationError) return refuseUnknown(event, payload, err.original, log);
    log.warn({ err }, 'Bolt could not read a payload');
  }
  if (answered) return;
  log.warn({ kind: kindOf(payload) }, 'nobody listens to this payload');
  await event.ack(payload.command === undefined ? undefined : { text: 'I do not know this command. Try `/partners help`.' });
}

/** Buttons outlive the installation they came from. Where the database cannot say who has installed the app, an event comes again. */
async function refuseUnknown(event: ReceiverEvent, payload: Payload, why: Error, log: Logger): Promise<void> {
  if (payload.event && why instanceof Refusal) return event.ack();
  if (payload.event) throw new NotTaken(503, 'it is not known who has installed the app');
  await answerShortly(event, sentenceFor(why, log), log);
}

function kindOf({ type, command }: Payload): string {
  return (type ?? command ?? 'unknown').slice(0, 80);
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
