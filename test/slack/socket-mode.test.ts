import { get } from 'node:http';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { keysOfAddress } from '../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../src/programme/suppression/suppression-repository.ts';
import { keepOptOutLink, newOptOutToken } from '../../src/recruit/opt-out/opt-out-link-repository.ts';
import { ANA, GENERAL, MILO } from '../sandbox/cast.ts';
import { commandPayload } from '../sandbox/payloads.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { AT, aContact, HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { recorded } from '../support/recorded.ts';
import { type SocketSlack, startSocketSlack } from '../support/socket-slack.ts';

const { uri } = useMongo();
let sandbox: Sandbox;
let slack: SocketSlack;
let stop = async () => {};
let port = 0;
let connect = (): Promise<unknown> => Promise.resolve();
const crashes: unknown[] = [];
process.on('unhandledRejection', (error) => crashes.push(error));

beforeAll(async () => {
  sandbox = await startSandbox();
  slack = await startSocketSlack(sandbox);
  const config = readConfig({
    MONGODB_URI: uri,
    PORT: '0',
    SLACK_API_URL: slack.apiUrl,
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
  const left = slack.open().length;
  slack.close();
  await sandbox.close();
  expect(left).toBe(0);
});

const send = (envelope_id: string, type: string, payload: unknown, more: object = {}) =>
  slack.send({ type, envelope_id, accepts_response_payload: true, payload, ...more });
const taken = () => mongoose.connection.collection('taken-events');
const acknowledged = (id: string) => sandbox.waitFor(() => slack.acknowledged(id) || null, 20_000);
async function askForHelp(envelopeId: string): Promise<void> {
  const payload = commandPayload(sandbox.sourceOf(ANA), {
    command: '/partners',
    text: 'help',
    channel: sandbox.state(ANA).channels.find(({ id }) => id === GENERAL) ?? { id: GENERAL, name: 'general' },
    responseUrl: sandbox.responseUrl(GENERAL, ANA),
    triggerId: sandbox.trigger(ANA),
  });
  const before = sandbox.messages({ as: ANA, channel: GENERAL }).length;
  send(envelopeId, 'slash_commands', payload);
  await acknowledged(envelopeId);
  await sandbox.waitFor(() =>
    sandbox
      .messages({ as: ANA, channel: GENERAL })
      .slice(before)
      .find(({ blocks }) => JSON.stringify(blocks).includes('What you can type')),
  );
}
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
  expect(slack.acknowledged('e-2')).toBe(1);
});

test('a command that comes through a socket is acknowledged and answered', async () => {
  await askForHelp('e-1');
  expect(slack.acknowledged('e-1')).toBe(1);
});

describe('what Slack may send', () => {
  const mention = () => recorded('event-mention', sandbox.url);
  test.each<[string, () => [type: string, payload: unknown]]>([
    [
      'a limit that was reached',
      () => ['events_api', { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1, api_app_id: 'A1' }],
    ],
    ['an event without what happened', () => ['events_api', { ...mention(), event: undefined }]],
    ['an event of null', () => ['events_api', { ...mention(), event: null }]],
    ['an event of another kind', () => ['events_api', { ...mention(), event: [7] }]],
    ['an event that bears a name of the client’s own', () => ['events_api', { ...mention(), event: { type: 'ws_message' } }]],
    ['an event named close', () => ['events_api', { ...mention(), event: { type: 'close' } }]],
    ['no payload', () => ['events_api', undefined]],
    ['a payload of null', () => ['interactive', null]],
    ['a payload of a list', () => ['slash_commands', [[]]]],
    ['a kind that is an object', () => ['interactive', { ...recorded('click-in-message', sandbox.url), type: {} }]],
    ['a kind from the future', () => ['hologram', { type: 'hologram' }]],
    ['an envelope named error', () => ['error', {}]],
  ])('%s: acknowledged, and the product goes on', async (name, make) => {
    send(`odd ${name}`, ...make());
    await acknowledged(`odd ${name}`);
    expect([slack.acknowledged(`odd ${name}`), crashes]).toEqual([1, []]);
  });

  test('envelopes of any shape', async () => {
    const odd = fc.jsonValue({ maxDepth: 2 });
    const event = fc.record(
      { type: odd, user: odd, channel: odd, team: odd, item: odd, thread_ts: odd, bot_id: odd },
      { requiredKeys: [] },
    );
    const kind = fc.oneof(fc.constantFrom('event_callback', 'block_actions', 'view_submission', 'shortcut', 'message_action'), odd);
    const shape = {
      type: kind,
      event: fc.oneof(event, odd),
      team: odd,
      user: odd,
      view: odd,
      actions: odd,
      authorizations: odd,
      command: odd,
    };
    const payload = fc.oneof(fc.record(shape, { requiredKeys: [] }), odd);
    const type = fc.oneof(fc.constantFrom('events_api', 'interactive', 'slash_commands', 'ws_message', 'connected'), odd);
    const envelope = fc.record({ type, payload, retry_attempt: odd, retry_reason: odd }, { requiredKeys: ['type'] });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(envelope, async (given) => {
        number += 1;
        // Slack's own words about the connection, which are not acknowledged.
        const isAnswered = typeof given.type === 'string' && !['hello', 'disconnect'].includes(given.type);
        slack.send({ ...given, envelope_id: `any-${number}` });
        if (isAnswered) await acknowledged(`any-${number}`);
      }),
      { numRuns: 150 },
    );
    for (const raw of ['', 'null', '7', '[]', '{', '{"type":{}}', '{"type":"events_api"}']) slack.send(raw);
    await askForHelp('after all that');
    expect(crashes).toEqual([]);
  });

  test('an event that comes again is acknowledged and answered once', async () => {
    const direct = recorded('event-direct-message', sandbox.url);
    const payload = { ...direct, event: { ...Object(direct.event), channel: sandbox.dmWith(ANA) } };
    const answers = () => sandbox.calls.filter(({ method }) => method === 'chat.postEphemeral').length;
    const before = answers();
    send('first', 'events_api', payload);
    await sandbox.waitFor(() => answers() > before || null);
    // Until then it might have to come again.
    while (!(await taken().findOne({ eventId: String(direct.event_id), isDone: true }))) await new Promise((done) => setTimeout(done, 20));
    send('again', 'events_api', payload, { retry_attempt: 1, retry_reason: 'timeout' });
    await acknowledged('again');
    // A later event is answered after what came before it.
    send('later', 'events_api', { ...payload, event_id: 'Ev0LATER' });
    await sandbox.waitFor(() => answers() > before + 1 || null);
    expect(answers()).toBe(before + 2);
  });
});

test('an event that another process has taken and not answered is left for Slack to send again', async () => {
  const payload = recorded('event-direct-message', sandbox.url);
  const event_id = 'Ev0TAKEN';
  await taken().insertOne({ workspaceId: payload.team_id, eventId: event_id, takenAt: new Date(), isDone: false });
  send('while taken', 'events_api', { ...payload, event_id }, { retry_attempt: 1, retry_reason: 'timeout' });
  // What comes after it, over either connection, is acknowledged.
  for (const id of ['after 1', 'after 2']) send(id, 'events_api', { type: 'app_rate_limited' });
  for (const id of ['after 1', 'after 2']) await acknowledged(id);
  await taken().updateOne({ eventId: event_id }, { $set: { isDone: true } });
  send('once done', 'events_api', { ...payload, event_id }, { retry_attempt: 2, retry_reason: 'timeout' });
  await acknowledged('once done');
  expect(slack.acknowledged('while taken')).toBe(0);
});

test('Slack refreshes all connections while events keep coming: none is lost', async () => {
  const both = () => slack.open().length === 2 || null;
  await sandbox.waitFor(both, 20_000);
  const ids: string[] = [];
  let lost = 0;
  const sending = setInterval(() => {
    ids.push(`during ${ids.length}`);
    if (!send(ids.at(-1) ?? '', 'events_api', { type: 'app_rate_limited' })) lost += 1;
  }, 20);
  const old = slack.open();
  for (const socket of old) socket.send(JSON.stringify({ type: 'disconnect', reason: 'warning', debug_info: {} }));
  // Slack leaves ten seconds; a client that closes at once has nothing open meanwhile.
  await sandbox.waitFor(() => slack.open().filter((socket) => !old.includes(socket)).length === 2 || null, 10_000);
  slack.retire(old);
  for (let more = ids.length + 10; ids.length < more; ) await new Promise((done) => setTimeout(done, 20));
  clearInterval(sending);
  for (const id of ids) await acknowledged(id);
  expect(lost).toBe(0);
  for (const socket of old) {
    socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }));
    socket.close();
  }

  // One is cut without a word: the other takes all until it is back.
  slack.open()[0]?.terminate();
  await askForHelp('over the other one');
  await sandbox.waitFor(both, 20_000);
});
