import { describe, expect, test } from 'vitest';
import { ANA, EXT_QUILLMONT, MIA, PARTNERSHIPS, PIA } from './cast.ts';
import { startSandbox } from './server.ts';
import { useStage } from './stage.ts';
import { startTinyApp } from './tiny-app.ts';

const stage = useStage();
const told = () => stage.tiny.seen.filter(({ kind }) => kind === 'event_callback').map(({ body }) => body.event);

describe('channels', () => {
  test.each([
    ['', 'invalid_name_required'],
    ['x'.repeat(81), 'invalid_name_maxlength'],
    ['Ext-Acme', 'invalid_name_specials'],
    ['ext acme', 'invalid_name_specials'],
    ['ext.acme', 'invalid_name_specials'],
    ['--', 'invalid_name_punctuation'],
    ['partnerships', 'name_taken'],
  ])('a name like “%s” is refused', async (name, error) => {
    const { conversations } = stage.tiny.app.client;
    await expect(conversations.create({ name })).rejects.toThrow(error);
    const { channel } = await conversations.create({ name: 'x'.repeat(80) });
    await expect(conversations.rename({ channel: channel?.id ?? '', name })).rejects.toThrow(error);
  });

  test('the app hears of a new name, also its own, and of the end of a channel', async () => {
    const { conversations } = stage.tiny.app.client;
    const id = (await conversations.create({ name: 'ext-acme', is_private: true })).channel?.id ?? '';
    await conversations.rename({ channel: id, name: 'ext-acme-2' });
    await stage.sandbox.waitFor(() => told().length > 0);
    expect(told()).toMatchObject([{ type: 'group_rename', channel: { id, name: 'ext-acme-2' } }]);
    expect((await conversations.info({ channel: id })).channel).toMatchObject({ name: 'ext-acme-2', is_private: true });
    await stage.sandbox.archive({ as: ANA, channel: EXT_QUILLMONT });
    expect(told().at(-1)).toMatchObject({ type: 'channel_archive', channel: EXT_QUILLMONT, user: ANA });
    expect((await conversations.info({ channel: EXT_QUILLMONT })).channel).toMatchObject({ is_archived: true });
    await expect(stage.postCard(EXT_QUILLMONT)).rejects.toThrow('is_archived');
    expect(await stage.sandbox.as(PIA).say(EXT_QUILLMONT, 'hello')).toMatchObject({ ok: false });
  });

  test('one that goes by another id keeps what is in it, and the old id is nobody’s', async () => {
    await stage.postCard(PARTNERSHIPS);
    await stage.sandbox.changeChannelId({ from: PARTNERSHIPS, to: 'C0NEWNAME1' });
    expect(told()).toMatchObject([{ type: 'channel_id_changed', old_channel_id: PARTNERSHIPS, new_channel_id: 'C0NEWNAME1' }]);
    await expect(stage.postCard(PARTNERSHIPS)).rejects.toThrow('channel_not_found');
    await stage.postCard('C0NEWNAME1');
    expect(stage.sandbox.messages({ as: MIA, channel: 'C0NEWNAME1' })).toHaveLength(2);
  });

  test('a private one of old changes its id when it is offered to somebody', async () => {
    const channels = [{ id: 'G0OLDONE01', name: 'old', kind: 'private' as const, shared: false, members: [ANA], bot: true }];
    const sandbox = await startSandbox({ channels });
    const tiny = await startTinyApp(sandbox.apiUrl);
    sandbox.setAppUrl(tiny.url);
    await tiny.app.client.conversations.inviteShared({ channel: 'G0OLDONE01', emails: ['a@tamarack.example'] });
    expect(tiny.seen.map(({ body }) => body.event)).toMatchObject([{ type: 'channel_id_changed', new_channel_id: 'C0OLDONE01' }]);
    expect(sandbox.invitations).toMatchObject([{ channel: 'C0OLDONE01', step: 'sent' }]);
    await Promise.all([tiny.close(), sandbox.close()]);
  });
});

describe('pins', () => {
  const pins = async () => (await stage.tiny.app.client.pins.list({ channel: EXT_QUILLMONT })).items?.map(({ message }) => message?.ts);

  test('are listed, seen and taken off by a person, of which the app hears', async () => {
    const ts = await stage.postCard(EXT_QUILLMONT);
    const pin = { channel: EXT_QUILLMONT, timestamp: ts };
    await stage.tiny.app.client.pins.add(pin);
    await expect(stage.tiny.app.client.pins.add(pin)).rejects.toThrow('already_pinned');
    expect(await pins()).toEqual([ts]);
    expect((await stage.newest(PIA, EXT_QUILLMONT)).pinned).toBe(true);
    expect(await stage.sandbox.unpin({ as: PIA, channel: EXT_QUILLMONT, ts })).toEqual({ ok: true });
    expect(told()).toMatchObject([
      { type: 'pin_removed', user: PIA, channel_id: EXT_QUILLMONT, item: { type: 'message', message: { ts } }, has_pins: false },
    ]);
    expect(await pins()).toEqual([]);
    await expect(stage.tiny.app.client.pins.remove(pin)).rejects.toThrow('no_pin');
    await expect(stage.tiny.app.client.pins.add({ ...pin, timestamp: '1.000001' })).rejects.toThrow('message_not_found');
  });

  test('go with their message, which its author or the owner may delete', async () => {
    const ts = await stage.postCard(EXT_QUILLMONT);
    await stage.tiny.app.client.pins.add({ channel: EXT_QUILLMONT, timestamp: ts });
    expect(await stage.sandbox.deleteMessage({ as: PIA, channel: EXT_QUILLMONT, ts })).toMatchObject({ ok: false });
    expect(await stage.sandbox.deleteMessage({ as: ANA, channel: EXT_QUILLMONT, ts })).toEqual({ ok: true });
    expect(await pins()).toEqual([]);
    expect(stage.sandbox.messages({ as: PIA, channel: EXT_QUILLMONT })).toEqual([]);
    expect(told()).toEqual([]);
  });
});
