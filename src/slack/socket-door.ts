import { setTimeout as pause } from 'node:timers/promises';
import { type App, type Logger, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError, type WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import { NotTaken } from './answer-everything.ts';

/** Each payload comes by any one of the open connections, so one that breaks takes only what is under way with it. Slack allows ten for
 *  each app; a process has four during a handover. Source: docs.slack.dev/apis/events-api/using-socket-mode. */
const CONNECTIONS = 2;
/** Slack announces the end of a connection about ten seconds ahead; until then it may still bring something. */
const HANDOVER_MS = 10_000;
/** `apps.connections.open` may have to wait out a rate limit of a minute. */
const OPEN_WITHIN_MS = 90_000;
/** Whoever loses connections sooner than this waits longer before each next one. */
const LASTING_MS = 5_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** For acknowledgements that are still to leave, and for the handshake of closing. */
const CLOSE_MS = 2_000;

/** One message of a socket. Only `type` is sure. */
const Envelope = z.object({
  type: z.string(),
  envelope_id: z.string().optional().catch(undefined),
  payload: z.unknown().optional(),
  retry_attempt: z.number().optional().catch(undefined),
  retry_reason: z.string().optional().catch(undefined),
});
type Envelope = z.infer<typeof Envelope>;

type Client = SocketModeReceiver['client'];
type Tools = { appToken: string; clientOptions: WebClientOptions; logger: Logger };
/** `ending` settles when Slack announces the end of the connection, or when it is cut. */
type Connection = { ending: Promise<void>; close: () => Promise<void> };

/** Socket Mode over two connections, each followed by the next before it ends. Of Slack's client only the socket and its heartbeat are used:
 *  its own reader ends the process at an envelope without an inner event (`app_rate_limited` is one), takes names of events for its own, and
 *  opens the next connection five seconds after the last has closed; what Slack sends meanwhile is lost. */
export function createSocketDoor(tools: Tools, openWithinMs = OPEN_WITHIN_MS): Receiver {
  const { logger } = tools;
  const stopping = new AbortController();
  const { signal } = stopping;
  const open = new Set<Connection>();
  let app: App | undefined;

  async function connect(): Promise<Connection> {
    if (!app) throw new Error('the receiver has no app');
    const connection = await openConnection(app, tools, openWithinMs);
    open.add(connection);
    if (signal.aborted) await close(connection);
    return connection;
  }
  async function close(connection: Connection): Promise<void> {
    await connection.close();
    open.delete(connection);
  }
  /** Keeps one connection open until the end. */
  async function keep(current: Connection | null): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const since = Date.now();
      await current?.ending;
      if (current && Date.now() - since > LASTING_MS) failures = 0;
      if (failures > 0) await waitAfter(failures, signal);
      if (signal.aborted) return;
      const next = await connect().catch((error: unknown) => void logger.warn('a socket could not be opened', error));
      failures = next && !current ? 0 : failures + 1;
      if (!next) continue;
      if (current) closeLater(current);
      current = next;
    }
  }
  function closeLater(connection: Connection): void {
    pause(HANDOVER_MS, undefined, { signal, ref: false }).then(
      () => close(connection),
      () => {},
    );
  }

  return {
    init: (given) => {
      app = given;
    },
    start: async () => {
      void keep(await connect().catch(refuseStart));
      for (let number = 1; number < CONNECTIONS; number++) void keep(null);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([...open].map(close));
    },
  };
}

/** Longer with each failure, and never the same in two processes. */
async function waitAfter(failures: number, signal: AbortSignal): Promise<void> {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
  await pause(most * (0.5 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => {});
}

function refuseStart(cause: unknown): never {
  const code = cause instanceof WebAPIPlatformError ? cause.data.error : 'no connection';
  throw new Error(
    `Slack does not open a socket (${code}). Copy SLACK_APP_TOKEN again, with the scope connections:write, and switch Socket Mode on in your Slack app.`,
    { cause },
  );
}

/** Resolves when Slack has greeted. */
async function openConnection(app: App, { appToken, clientOptions, logger }: Tools, withinMs: number): Promise<Connection> {
  const { client } = new SocketModeReceiver({ appToken, logger, autoReconnectEnabled: false, installerOptions: { clientOptions } });
  const unanswered = new Set<Envelope>();
  let end = () => {};
  const ending = new Promise<void>((resolve) => {
    end = resolve;
  });
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown) => {
    const envelope = readEnvelope(data);
    if (envelope?.type === 'hello') client.emit('connected');
    else if (envelope?.type === 'disconnect') end();
    else if (envelope) void take(envelope, { app, client, unanswered, logger });
    else logger.warn('a socket brought what nobody can read');
  });
  client.once('disconnected', end);
  const started = client.start();
  try {
    await within(withinMs, started);
  } catch (error) {
    void client.disconnect();
    // Slack may still name a socket, and the client would open it all the same.
    void started.then(
      () => client.disconnect(),
      () => {},
    );
    throw error ?? new Error('Slack closed the socket');
  }
  return { ending, close: () => closeClient(client, unanswered) };
}

async function within<Value>(limitMs: number, promise: Promise<Value>): Promise<Value> {
  const done = new AbortController();
  const late = pause(limitMs, undefined, { signal: done.signal, ref: false }).then((): never => {
    throw new Error('that took too long');
  });
  return Promise.race([promise, late]).finally(() => done.abort());
}

async function closeClient(client: Client, unanswered: ReadonlySet<Envelope>): Promise<void> {
  for (let waited = 0; unanswered.size > 0 && waited < CLOSE_MS; waited += 50) await pause(50);
  // Asked a second time, the client does without the other side's answer.
  await within(CLOSE_MS, client.disconnect()).catch(() => client.disconnect());
}

function readEnvelope(data: unknown): Envelope | null {
  if (typeof data !== 'string') return null;
  try {
    return Envelope.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}

type Taking = { app: App; client: Client; unanswered: Set<Envelope>; logger: Logger };

/** Never rejects: nothing waits for it. What is not acknowledged, Slack sends again if it is an event. */
async function take(envelope: Envelope, { app, client, unanswered, logger }: Taking): Promise<void> {
  const { payload, retry_attempt: retryNum, retry_reason: retryReason } = envelope;
  const ack = async (response?: unknown) => {
    if (unanswered.delete(envelope)) send(client, envelope, response, logger);
  };
  unanswered.add(envelope);
  try {
    // `answerEverything` looks at the body before Bolt does.
    const event = { body: payload as ReceiverEvent['body'], ack };
    await app.processEvent({
      ...event,
      ...(retryNum === undefined ? {} : { retryNum }),
      ...(retryReason === undefined ? {} : { retryReason }),
    });
  } catch (error) {
    if (error instanceof NotTaken && error.status === 400) await ack();
    logger.warn('an envelope was not worked off', error);
  } finally {
    unanswered.delete(envelope);
  }
}

function send(client: Client, { envelope_id }: Envelope, response: unknown, logger: Logger): void {
  const payload = typeof response === 'string' ? { text: response } : (response ?? {});
  const failed = (error?: unknown) => error && logger.warn('an acknowledgement could not leave', error);
  if (envelope_id === undefined) return;
  if (!client.websocket?.isActive()) return void failed(new Error('the socket has closed'));
  client.websocket.send(JSON.stringify({ envelope_id, payload }), failed);
}
