import { describe, expect, test } from '@jest/globals';
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
