import type { ViewResponseAction } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { MIA } from './cast.ts';
import { useStage } from './stage.ts';
import { form } from './tiny-app.ts';

const stage = useStage();

describe('forms', () => {
  test('a trigger opens one view, within three seconds, and must be real', async () => {
    const { views } = stage.tiny.app.client;
    const trigger_id = stage.sandbox.trigger(MIA);
    await views.open({ trigger_id, view: form('One') });
    await expect(views.open({ trigger_id, view: form('Two') })).rejects.toThrow('exchanged_trigger_id');
    await expect(views.open({ trigger_id: '1.2.3', view: form('Three') })).rejects.toThrow('invalid_trigger_id');
    const late = stage.sandbox.trigger(MIA);
    stage.sandbox.expireTriggers();
    await expect(views.open({ trigger_id: late, view: form('Four') })).rejects.toThrow('expired_trigger_id');
  });

  test('a stale hash, a closed form and a fourth level are refused', async () => {
    const { views } = stage.tiny.app.client;
    const view = await stage.openForm(MIA);
    const stale = view.hash;
    await views.update({ view_id: view.id, hash: stale, view: form('Two') });
    await expect(views.update({ view_id: view.id, hash: stale, view: form('Three') })).rejects.toThrow('hash_conflict');
    await views.push({ trigger_id: stage.sandbox.trigger(MIA, view.id), view: form('B') });
    await views.push({ trigger_id: stage.sandbox.trigger(MIA, view.id), view: form('C') });
    await expect(views.push({ trigger_id: stage.sandbox.trigger(MIA, view.id), view: form('D') })).rejects.toThrow('push_limit_reached');
    await stage.sandbox.as(MIA).close(view);
    expect(stage.sandbox.state(MIA).modals).toEqual([]);
    await expect(views.update({ view_id: view.id, view: form('E') })).rejects.toThrow('not_found');
    expect(stage.lastSeen('view_closed')).toBeUndefined();
  });

  test('closing is told to the app that asked', async () => {
    stage.ackAll();
    await stage.sandbox.as(MIA).close(await stage.openForm(MIA, { notify_on_close: true }));
    expect(stage.lastSeen('view_closed')?.body).toMatchObject({ is_cleared: false, view: { callback_id: 'form' } });
  });

  test.each([
    ['update', { response_action: 'update', view: form('Next') }, 1, { ok: true }],
    ['push', { response_action: 'push', view: form('Next') }, 2, { ok: true }],
    ['clear', { response_action: 'clear' }, 0, { ok: true }],
    ['errors', { response_action: 'errors', errors: { kind: 'Choose.' } }, 1, { ok: false, errors: { kind: 'Choose.' } }],
    [
      'errors elsewhere',
      { response_action: 'errors', errors: { nowhere: 'x' } },
      1,
      { ok: false, error: expect.stringContaining('nowhere') },
    ],
    [
      'too long a title',
      { response_action: 'update', view: form('x'.repeat(25)) },
      1,
      { ok: false, error: expect.stringContaining('/view/title') },
    ],
  ])('the app answers a submission with %s', async (_name, answer, left, expected) => {
    // The test sends what Bolt's types would not let an app send.
    stage.tiny.app.view('form', async ({ ack }) => ack(answer as ViewResponseAction));
    const view = await stage.openForm(MIA);
    expect(await stage.sandbox.as(MIA).submit(view, { company: 'Acme' })).toEqual(expected);
    expect(stage.sandbox.state(MIA).modals).toHaveLength(left);
  });

  test('fields nobody has, options nobody offers and text too long do not reach the app', async () => {
    const view = await stage.openForm(MIA);
    expect(() => stage.sandbox.as(MIA).submit(view, { nobody: 1 })).toThrow('This form has no nobody; it has company, kind.');
    expect(() => stage.sandbox.as(MIA).submit(view, { company: 'A', kind: 'other' })).toThrow('There is no option other');
    expect(await stage.sandbox.as(MIA).submit(view, { company: 'x'.repeat(41) })).toMatchObject({
      errors: { company: expect.stringContaining('40') },
    });
    expect(stage.tiny.seen).toEqual([]);
  });
});
