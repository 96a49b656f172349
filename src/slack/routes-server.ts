import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { Logger, Receiver } from '@slack/bolt';
import type { Route } from './install-routes.ts';

/** A receiver whose events come through a socket, with an HTTP server of ours for the routes. Bolt's own one for this case reads
 *  any request's URL where nothing catches what it throws: `GET //` would end the process. */
export function withRoutes(receiver: Receiver, routes: Route[], port: number, logger: Logger): Receiver {
  const server = createServer(answerRoutes(routes, logger));
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

/** Anybody may call: whatever cannot be read is not found, and whatever fails is answered. */
function answerRoutes(routes: Route[], logger: Logger): RequestListener {
  return async (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const route = routes.find((known) => known.path === path && known.method.includes(request.method ?? ''));
    if (!route) return void response.writeHead(404).end();
    try {
      await route.handler(request, response);
    } catch (error) {
      logger.error('a route failed', error);
      if (!response.headersSent) response.writeHead(500).end();
    }
  };
}
