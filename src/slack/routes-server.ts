import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { Logger, Receiver } from '@slack/bolt';
import type { Route } from '../deps.ts';

/** A receiver whose events come through a socket, with an HTTP server of ours for the routes. Bolt's own one for this case reads
 *  any request's URL where nothing catches what it throws: `GET //` would end the process. */
export function withRoutes(receiver: Receiver, routes: Route[], port: number, logger: Logger): Receiver {
  const server = createServer(answerRoutes(routes, logger, notFound));
  return {
    init: (app) => receiver.init(app),
    start: async (given: unknown) => {
      server.listen(typeof given === 'number' ? given : port);
      await once(server, 'listening');
      await receiver.start();
      return server;
    },
    stop: async () => {
      const closed = server.listening ? once(server, 'close') : null;
      server.close();
      await receiver.stop();
      await closed;
    },
  };
}

/** Answers the routes and hands every other request on; at once, because Bolt throws what it does not know and its server catches that.
 *  An address that cannot be decoded is only compared. */
export function answerRoutes(routes: Route[], logger: Logger, otherwise: RequestListener): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const route = routes.find((known) => isAt(known.path, path) && known.method.includes(request.method ?? ''));
    if (!route) return otherwise(request, response);
    answered(route, request, response).catch((error: unknown) => {
      logger.error('a route failed', error);
      if (!response.headersSent) response.writeHead(500).end();
    });
  };
}

/** What a handler throws at once is a rejection like any other. */
async function answered({ handler }: Route, ...args: Parameters<RequestListener>): Promise<void> {
  await handler(...args);
}

const notFound: RequestListener = (_request, response) => void response.writeHead(404).end();

/** `:name` in a route stands for any one part of the path. */
function isAt(route: string, path: string): boolean {
  const asked = path.split('/');
  const parts = route.split('/');
  return (
    parts.length === asked.length && parts.every((part, index) => (part.startsWith(':') ? asked[index] !== '' : part === asked[index]))
  );
}
