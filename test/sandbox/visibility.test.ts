import { describe, expect, test } from 'vitest';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, MILO, PARTNERSHIPS, PIA } from './cast.ts';
import { card, useStage } from './stage.ts';

const stage = useStage();

describe('what each person sees', () => {
  test('channels, messages and forms of their own', async () => {
    await stage.postCard(GENERAL);
    await stage.postCard(EXT_QUILLMONT);
    await stage.tiny.app.client.chat.postEphemeral({ channel: GENERAL, user: MILO, text: 'For Milo' });
    await stage.openForm(MILO);
    const texts = (as: string) => stage.sandbox.state(as).messages.map(({ channel, text }) => `${channel} ${text}`);
    expect(texts(MILO)).toEqual([`${GENERAL} Card`, `${EXT_QUILLMONT} Card`, `${GENERAL} For Milo`]);
    expect(texts(PIA)).toEqual([`${EXT_QUILLMONT} Card`]);
    expect(texts(MIA)).toEqual([`${GENERAL} Card`]);
    expect(stage.sandbox.state(PIA).channels.map(({ name, kind, shared }) => [name, kind, shared])).toEqual([
      ['ext-quillmont', 'public', true],
      ['partnerships', 'dm', false],
    ]);
    expect(stage.sandbox.state(MIA).modals).toEqual([]);
    expect(stage.sandbox.state(MILO).modals).toHaveLength(1);
  });

  test('nobody acts on what they cannot see', async () => {
    stage.ackAll();
    const ts = await stage.postCard(PARTNERSHIPS);
    const [message] = stage.sandbox.messages({ as: MILO, channel: PARTNERSHIPS });
    if (!message) throw new Error('not posted');
    expect(await stage.sandbox.as(PIA).click(message, 'open')).toMatchObject({ ok: false });
    await stage.tiny.app.client.chat.delete({ channel: PARTNERSHIPS, ts });
    expect(await stage.sandbox.as(MILO).click(message, 'open')).toMatchObject({ ok: false });
    expect(stage.tiny.seen).toEqual([]);
  });

  test('a click on what has just changed is refused, unless the screen was a moment behind', async () => {
    stage.ackAll();
    const ts = await stage.postCard(GENERAL);
    const before = await stage.newest(MIA, GENERAL);
    await stage.tiny.app.client.chat.update({ channel: GENERAL, ts, text: 'Done' });
    expect(before.text).toBe('Card');
    expect(await stage.sandbox.as(MIA).click(before, 'open')).toEqual({ ok: false, error: 'That is no longer there.' });
    expect(await stage.sandbox.as(MIA).click(before, 'open', { stale: true })).toEqual({ ok: true });
    expect(stage.lastSeen('block_actions')?.body).toMatchObject({
      message: { text: 'Done' },
      actions: [{ action_id: 'open', value: 'a' }],
    });
  });

  test('fifty clicks at once each reach the app with a trigger of their own', async () => {
    stage.ackAll();
    await stage.postCard(GENERAL);
    const seen = await stage.newest(MIA, GENERAL);
    const people = [ANA, MILO, MIA];
    const clicks = Array.from({ length: 50 }, (_, n) => stage.sandbox.as(people[n % 3] ?? ANA).click(seen, 'open'));
    expect(await Promise.all(clicks)).toEqual(Array.from({ length: 50 }, () => ({ ok: true })));
    expect(new Set(stage.tiny.seen.map(({ body }) => body.trigger_id)).size).toBe(50);
  });

  test('a direct message and the Home tab reach the app', async () => {
    await stage.sandbox.as(MIA).dm('hi');
    expect(stage.lastSeen('event_callback')?.body).toMatchObject({ event: { type: 'message', channel_type: 'im', user: MIA, text: 'hi' } });
    stage.tiny.app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: card() } });
    });
    await stage.sandbox.as(MIA).openHome();
    const home = await stage.sandbox.waitFor(() => stage.sandbox.home(MIA));
    expect(home).toMatchObject({ type: 'home', callback_id: '' });
    expect(stage.sandbox.home(ANA)).toBeNull();
    stage.ackAll();
    expect(await stage.sandbox.as(MIA).click(home, 'open')).toEqual({ ok: true });
    expect(stage.lastSeen('block_actions')?.body).toMatchObject({ container: { type: 'view', view_id: home.id }, view: { type: 'home' } });
  });
});
