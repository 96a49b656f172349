import { App, type ReceiverEvent } from '@slack/bolt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { answerEverything, NotTaken } from '../../src/slack/answer-everything.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { recorded } from '../support/recorded.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** A Bolt app whose one listener works until it is let go. */
async function slowApp() {
  const idle = async () => {};
  const app = new App({
    receiver: { init: () => {}, start: idle, stop: idle },
    authorize: async () => ({ botToken: 'xoxb-1' }),
    deferInitialization: true,
    tokenVerificationEnabled: false,
  });
  await app.init();
  const { settled } = answerEverything(app, { log: createLog('silent'), now: () => new Date() });
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let worked = 0;
  app.command('/partners', async ({ ack }) => {
    await ack();
    await held;
    worked += 1;
  });
  const acks: unknown[] = [];
  const send = async (name: string, change: object = {}) => {
    const ack: ReceiverEvent['ack'] = async (response) => void acks.push(response);
    await app.processEvent({ body: { ...recorded(name, sandbox.url), ...change }, ack });
  };
  return { acks, send, settled, letGo: () => letGo(), worked: () => worked };
}

test('a thousand answers under way are the most: everybody beyond is told at once, and nothing of it is kept', async () => {
  const { acks, send, settled, letGo, worked } = await slowApp();
  const all = Array.from({ length: 1_000 }, () => send('command'));
  await Promise.all(Array.from({ length: 5_000 }, () => send('command')));
  const busy = { response_type: 'ephemeral', text: expect.stringContaining('try again') };
  expect(acks.filter(Boolean)).toEqual(Array.from({ length: 5_000 }, () => busy));

  acks.length = 0;
  const view = (blocks: object[]) => ({ view: { ...Object(recorded('submit-setup', sandbox.url).view), blocks } });
  await send('submit-setup', view([{ type: 'section' }, { type: 'input', block_id: 'name' }]));
  await send('submit-setup', view([{ type: 'section' }]));
  await send('click-in-message', { type: 'block_suggestion' });
  expect(acks).toEqual([
    { response_action: 'errors', errors: { name: expect.stringContaining('try again') } },
    { response_action: 'push', view: expect.objectContaining({ type: 'modal' }) },
    { options: [] },
  ]);

  // An event is not acknowledged, so that Slack sends it again.
  acks.length = 0;
  await expect(send('event-mention')).rejects.toEqual(expect.objectContaining({ name: NotTaken.name, status: 503 }));
  expect(acks).toEqual([]);

  letGo();
  await Promise.all(all);
  await settled(1_000);
  expect(worked()).toBe(1_000);
  acks.length = 0;
  await send('command');
  expect(acks).toEqual([undefined]);
});
