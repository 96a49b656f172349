import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { createLog } from '../../src/log.ts';
import { clientLogger } from '../../src/slack/client-logger.ts';
import { createSocketDoor } from '../../src/slack/socket-door.ts';

const server = createServer();
const sockets = new WebSocketServer({ server });
afterEach(() => {
  for (const socket of sockets.clients) socket.terminate();
  server.close();
});

test('a socket that Slack names after it was given up is closed again', async () => {
  const asked = new Promise<ServerResponse>((resolve) => server.on('request', (_request, response) => resolve(response)));
  const closed = new Promise<void>((resolve) => {
    sockets.on('connection', (socket) => {
      socket.on('close', () => resolve());
      socket.send(JSON.stringify({ type: 'hello' }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  const clientOptions = { slackApiUrl: `http://127.0.0.1:${port}/api/` };
  const logger = clientLogger(createLog('silent'));
  const door = createSocketDoor({ appToken: 'xapp-1-late', clientOptions, logger }, 200);
  const app = new App({ receiver: door, authorize: async () => ({}), deferInitialization: true, tokenVerificationEnabled: false });
  await app.init();
  await expect(door.start()).rejects.toThrow('no connection');
  const answer = { ok: true, url: `ws://127.0.0.1:${port}/link` };
  (await asked).writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  await closed;
  await door.stop();
});
