import { type App, AuthorizationError, type ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';
import { createTurns } from './turns.ts';

/** The catch-all: whatever nobody listens to, an unknown command, action or kind of payload, is acknowledged at once. Without it
 *  Bolt keeps the request open for three seconds and the person reads a time-out. Wraps `processEvent`, the one door of every
 *  receiver, because payloads of an unknown kind never reach a middleware. What a listener does once it has acknowledged waits its
 *  turn, so that the next acknowledgement is not late. */
export function answerEverything(app: App, log: Logger): void {
  const processEvent = app.processEvent.bind(app);
  const turn = createTurns();
  app.processEvent = async (event: ReceiverEvent) => {
    let answered = false;
    const ack: ReceiverEvent['ack'] = async (response) => {
      answered = true;
      await event.ack(response);
      await turn();
    };
    await processEvent({ ...event, ack }).catch((err: unknown) => {
      // A workspace that has not installed the app is told so by Bolt; anything else is a payload that Bolt cannot read.
      if (answered || err instanceof AuthorizationError) throw err;
      log.warn({ err }, 'Bolt could not read a payload');
    });
    if (answered) return;
    log.warn({ kind: String(event.body?.type ?? event.body?.command ?? 'unknown').slice(0, 80) }, 'nobody listens to this payload');
    await event.ack(event.body?.command ? { text: 'I do not know this command. Try `/partners help`.' } : undefined);
  };
}
