import { describe, expect, test } from 'vitest';
import { GENERAL, MIA } from './cast.ts';
import { blockActions, messagePlace } from './payloads.ts';
import { card, useStage } from './stage.ts';

const stage = useStage();

describe('when the app does not answer', () => {
  test('no acknowledgement within three seconds', async () => {
    stage.tiny.app.command('/partners', async () => undefined);
    expect(await stage.sandbox.as(MIA).command(GENERAL, '/partners')).toEqual({
      ok: false,
      error: expect.stringMatching(/^\/partners failed with the error "(operation_timeout|dispatch_failed)"$/),
    });
  });

  test('nobody listens', async () => {
    stage.sandbox.setAppUrl('http://127.0.0.1:9');
    await stage.tiny.app.client.chat.postMessage({ channel: GENERAL, text: 'Card', blocks: card() });
    expect(await stage.sandbox.as(MIA).click(await stage.newest(MIA, GENERAL), 'open')).toEqual({
      ok: false,
      error: 'This action failed with the error "dispatch_failed"',
    });
    expect(await stage.sandbox.as(MIA).submit(await stage.openForm(MIA), { company: 'A' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('trouble'),
    });
    expect(stage.sandbox.modal(MIA)).not.toBeNull();
  });

  test('an event is sent again under the same id, with number and reason', async () => {
    const ids: unknown[] = [];
    stage.tiny.app.use(async ({ body, context, next }) => {
      if ('event_id' in body) ids.push([body.event_id, context.retryNum, context.retryReason]);
      await next();
    });
    const target = stage.tiny.url;
    stage.sandbox.setAppUrl('http://127.0.0.1:9');
    await stage.sandbox.as(MIA).dm('hi');
    stage.sandbox.setAppUrl(target);
    await stage.sandbox.waitFor(() => ids.length === 1);
    expect(ids).toEqual([[expect.stringMatching(/^Ev/), 1, 'connection_failed']]);
  });
});

test('signatures are checked by the app: right, wrong, old, missing', async () => {
  stage.ackAll();
  const place = messagePlace({
    channel: { id: GENERAL, name: 'general' },
    message: { ts: '1.2' },
    ephemeral: false,
    values: {},
    responseUrl: stage.sandbox.responseUrl(GENERAL, MIA),
  });
  const stranger = { ...stage.sandbox.sourceOf(MIA).actor, id: 'U0STRANGER', teamId: 'T0ELSEWHERE' };
  const forged = blockActions(stage.sandbox.sourceOf(stranger), {
    action: { type: 'button', action_id: 'open', block_id: 'b' },
    triggerId: stage.sandbox.trigger(MIA),
    place,
  });
  const body = new URLSearchParams({ payload: JSON.stringify(forged) }).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const old = Math.floor(Date.now() / 1000) - 301;
  expect((await stage.sandbox.post(body, { ...type, ...stage.sandbox.sign(body) })).status).toBe(200);
  expect(stage.lastSeen('block_actions')?.body).toMatchObject({ user: { id: 'U0STRANGER', team_id: 'T0ELSEWHERE' } });
  expect((await stage.sandbox.post(body, { ...type, ...stage.sandbox.sign(body, { secret: 'other' }) })).status).toBe(401);
  expect((await stage.sandbox.post(body, { ...type, ...stage.sandbox.sign(body, { timestamp: old }) })).status).toBe(401);
  expect((await stage.sandbox.post(body, type)).status).toBe(401);
});
