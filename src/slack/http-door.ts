import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { parse } from 'node:querystring';
import type { Logger, Receiver } from '@slack/bolt';
import type { Route } from '../deps.ts';

/** As Bolt's own limit. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Of all bodies that are being read; more are answered with 503, and Slack sends its events again. */
const MAX_BYTES_TOGETHER = 64 * 1024 * 1024;
/** A request without a signature is only heard when it is Slack's `ssl_check`, which is short. */
const MAX_BYTES_UNSIGNED = 1_000;
/** Slack waits no longer for an answer; a body that takes longer has nobody behind it. */
const READ_WITHIN_MS = 3_000;
/** Bolt refuses old timestamps alone. Source: docs.slack.dev, "Verifying requests from Slack". */
const MAX_SECONDS_AWAY = 300;
/** For a whole request, mails of 40 MB included. */
const REQUEST_MS = 120_000;
/** At the end, requests under way have this long; then their connections are cut. */
const DRAIN_MS = 10_000;

/** `host` undefined listens on all interfaces. */
export type Door = { routes: Route[]; host: string | undefined; port: number; logger: Logger };

/** The HTTP server of the process: our routes, and Slack's requests where it sends them by HTTP. `inner` starts once the server listens and
 *  stops with it. Bolt's own servers read a request's address where nothing catches what that throws: `GET //` would end the process. */
export function openDoor({ routes, host, port, logger }: Door, slackRequests: RequestListener | null, inner: Receiver): Receiver {
  const server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const route = routes.find((known) => isAt(known.path, path) && known.method.includes(request.method ?? ''));
    if (route) return void answerRoute(route, request, response, logger);
    if (slackRequests && path === '/slack/events' && request.method === 'POST') return slackRequests(request, response);
    response.writeHead(404).end();
  });
  return {
    init: (app) => inner.init(app),
    start: async (given: unknown) => {
      await listen(server, { host, port: typeof given === 'number' ? given : port });
      server.on('error', (error) => logger.error('the HTTP server has a problem', error));
      await inner.start();
      return server;
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await inner.stop();
      await closed;
      clearTimeout(cut);
    },
  };
}

/** Throws a sentence for the operator when the port cannot be had. */
async function listen(server: Server, place: { host: string | undefined; port: number }): Promise<void> {
  const where = `${place.host ?? 'all interfaces'}, port ${place.port}`;
  const next: Record<string, string> = {
    EADDRINUSE: 'Another program listens there. Stop it, or set PORT to another number.',
    EACCES: 'This user may not open that port. Set PORT to a number above 1023.',
    EADDRNOTAVAIL: 'That is no address of this machine. Set HOST to 127.0.0.1, to 0.0.0.0 for all, or to one it has.',
    ENOTFOUND: 'That is no address of this machine. Set HOST to 127.0.0.1, to 0.0.0.0 for all, or to one it has.',
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new Error(`HTTP cannot listen on ${where} (${cause.code}). ${next[cause.code ?? ''] ?? 'Check HOST and PORT.'}`, { cause })),
    );
    server.listen(place, resolve);
  });
  server.removeAllListeners('error');
}

async function answerRoute({ handler }: Route, ...[request, response, logger]: [...Parameters<RequestListener>, Logger]): Promise<void> {
  try {
    await handler(request, response);
  } catch (error) {
    logger.error('a route failed', error);
    if (!response.headersSent) response.writeHead(500).end();
  }
}

/** `:name` in a route stands for any one part of the path. An address that cannot be decoded is only compared. */
function isAt(route: string, path: string): boolean {
  const asked = path.split('/');
  const parts = route.split('/');
  return (
    parts.length === asked.length && parts.every((part, index) => (part.startsWith(':') ? asked[index] !== '' : part === asked[index]))
  );
}

/** What stands before Bolt, which checks the signature: timestamps from the future are refused, bodies are bounded one by one and together.
 *  Bolt takes whatever it has parsed for an object; JSON `null`, even rightly signed, throws where nothing catches it and would end the
 *  process. It is answered here with 400. */
export function guardSlackRequests(listener: RequestListener): RequestListener {
  const readBody = createBodyReader(MAX_BYTES_TOGETHER);
  return (request, response) => {
    const refuse = (status: number) => {
      response.writeHead(status, { connection: 'close' }).end();
      // What is still to come is not kept; unread, it would hide the answer.
      request.resume();
    };
    const { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp } = request.headers;
    const isSigned = signature !== undefined && timestamp !== undefined;
    if (isSigned && !isNow(timestamp)) return refuse(401);
    readBody(request, isSigned ? MAX_BYTES : MAX_BYTES_UNSIGNED).then(
      (body) => {
        if (body === 'too-large') return refuse(isSigned ? 413 : 401);
        if (body === 'too-many') return refuse(503);
        if (isNull(body.toString(), request.headers['content-type'])) return refuse(400);
        // Bolt reads `rawBody` instead of the stream when it is there.
        listener(Object.assign(request, { rawBody: body }), response);
      },
      () => request.destroy(),
    );
  };
}

function isNow(timestamp: string | string[]): boolean {
  return Math.abs(Number(timestamp) - Date.now() / 1000) <= MAX_SECONDS_AWAY;
}

type ReadBody = (request: IncomingMessage, maxBytes: number) => Promise<Buffer | 'too-large' | 'too-many'>;

/** Reads bodies, `maxTogether` bytes of them at a time; rejects when one breaks off or is too slow. */
export function createBodyReader(maxTogether: number): ReadBody {
  let together = 0;
  return async (request, maxBytes) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-large';
    const tooSlow = setTimeout(() => request.destroy(new Error('too slow')), READ_WITHIN_MS);
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      // Left before its end, the request stays open for the answer.
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        bytes += chunk.length;
        together += chunk.length;
        if (bytes > maxBytes) return 'too-large';
        if (together > maxTogether) return 'too-many';
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } finally {
      clearTimeout(tooSlow);
      together -= bytes;
    }
  };
}

function isNull(body: string, contentType: string | undefined): boolean {
  if (contentType !== 'application/x-www-form-urlencoded') return body.trim() === 'null';
  const { payload } = parse(body);
  return typeof payload === 'string' && payload.trim() === 'null';
}
