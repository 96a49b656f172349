import { createServer, get } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { WebSocketServer } from 'ws';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { keysOfAddress } from '../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../src/programme/suppression/suppression-repository.ts';
import { keepOptOutLink } from '../../src/recruit/opt-out/opt-out-link-repository.ts';
import { newOptOutToken } from '../../src/recruit/outreach/new-draft.ts';
import { ANA, GENERAL, MILO } from '../sandbox/cast.ts';
import { commandPayload } from '../sandbox/payloads.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { AT, aContact, HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { recorded } from '../support/recorded.ts';

const { uri } = useMongo();
const server = createServer();
const sockets = new WebSocketServer({ server });
const received: { envelope_id?: string }[] = [];
let sandbox: Sandbox;
let stop = async () => {};
let port = 0;
let connect = (): Promise<unknown> => Promise.resolve();

/** Slack's side of Socket Mode: `apps.connections.open` names a socket, which greets; everything else goes to the sandbox. */
beforeAll(async () => {
  sandbox = await startSandbox();
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    if (request.url?.endsWith('apps.connections.open')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
      return;
    }
    const headers = { 'content-type': request.headers['content-type'] ?? '', authorization: request.headers.authorization ?? '' };
    const answer = await fetch(`${sandbox.url}${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => received.push(JSON.parse(String(data))));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' }, debug_info: {} }));
  });

  const config = readConfig({
    MONGODB_URI: uri,
    PORT: '0',
    SLACK_API_URL: `http://127.0.0.1:${address.port}/api/`,
    SLACK_APP_TOKEN: 'xapp-1-socket',
    INBOUND_MAIL_SECRET: 'a secret that both sides know',
    SLACK_BOT_TOKEN: sandbox.cast.app.botToken,
  });
  const { app, installations } = buildApp(config, createLog('silent'));
  connect = () => installations.connectByToken(sandbox.cast.app.botToken);
  await app.init();
  const own: unknown = await app.start();
  if (typeof own === 'object' && own && 'address' in own && typeof own.address === 'function') port = own.address().port;
  stop = async () => void (await app.stop());
});
// The database is emptied after each test, and with it the installation.
beforeEach(() => connect());
afterAll(async () => {
  await stop();
  sockets.close();
  server.close();
  await sandbox.close();
});

const send = (envelope_id: string, type: string, payload: object) => {
  for (const socket of sockets.clients) socket.send(JSON.stringify({ type, envelope_id, accepts_response_payload: true, payload }));
};
/** `fetch` would tidy the path up. */
const statusOf = (path: string) =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path }, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });

test('its HTTP door answers whatever is asked', async () => {
  for (const path of ['//', '/', '//x', '/%', 'http://', '/healthz/..']) expect([path, await statusOf(path)]).toEqual([path, 404]);
  expect(await statusOf('/healthz?x=1')).toBe(200);
});

test('the opt-out page stands beside the socket too', async () => {
  const token = newOptOutToken();
  await keepOptOutLink({ workspaceId: HOME, contact: aContact(), language: 'es', optOutToken: token }, AT);
  const url = `http://127.0.0.1:${port}/optout/${token}`;
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  expect(await (await fetch(url)).text()).toContain('No recibir más correos');
  expect(await findSuppression(HOME, keysOfAddress('dana@peatworks.example'))).toBeNull();
  expect(await (await fetch(url, { method: 'POST', body: 'List-Unsubscribe=One-Click' })).text()).toContain('Hecho');
  expect(await findSuppression(HOME, keysOfAddress('dana@peatworks.example'))).toMatchObject({ via: 'one-click' });
  for (const path of ['/optout', '/optout/', '/optout/%', '/optout/x/y', '/optout/constructor'])
    expect([path, await statusOf(path)]).toEqual([path, 404]);
});

test('mail is handed over at the same door, signed', async () => {
  const { status } = await fetch(`http://127.0.0.1:${port}/mail/inbound`, { method: 'POST', body: 'From: dana@peatworks.example' });
  expect(status).toBe(401);
});

test('a submission refused after its acknowledgement: the person reads why', async () => {
  send('e-2', 'interactive', recorded('submit-rejection', sandbox.url));
  await sandbox.waitFor(() =>
    sandbox
      .messages({ as: ANA })
      .concat(sandbox.messages({ as: MILO }))
      .find(({ text }) => /role|manager/i.test(text)),
  );
  expect(received.filter(({ envelope_id }) => envelope_id === 'e-2')).toHaveLength(1);
});

test('a command that comes through a socket is acknowledged and answered', async () => {
  const payload = commandPayload(sandbox.sourceOf(ANA), {
    command: '/partners',
    text: 'help',
    channel: sandbox.state(ANA).channels.find(({ id }) => id === GENERAL) ?? { id: GENERAL, name: 'general' },
    responseUrl: sandbox.responseUrl(GENERAL, ANA),
    triggerId: sandbox.trigger(ANA),
  });
  send('e-1', 'slash_commands', payload);
  await sandbox.waitFor(() => received.find(({ envelope_id }) => envelope_id === 'e-1'));
  await sandbox.waitFor(() =>
    sandbox.messages({ as: ANA, channel: GENERAL }).find(({ blocks }) => JSON.stringify(blocks).includes('What you can type')),
  );
  expect(received.filter(({ envelope_id }) => envelope_id === 'e-1')).toHaveLength(1);
});
