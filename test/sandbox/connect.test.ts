import { describe, expect, test } from 'vitest';
import { ANA, EXT_QUILLMONT, GENERAL, PETE, PIA, TOBY } from './cast.ts';
import { card, useStage } from './stage.ts';

const stage = useStage();
const HOME = 'T0LARKSPUR';
const TAMARACK = 'T0TAMARACK';

type Event = Record<string, unknown> & { type: string };
/** What the app was told, without the envelope. */
const told = () => stage.tiny.seen.filter(({ kind }) => kind === 'event_callback').map(({ body }) => body.event as Event); // as the sandbox sends it
const types = () => told().map(({ type }) => type);
const info = async (channel: string) => (await stage.tiny.app.client.conversations.info({ channel })).channel;
const stranger = async (user: string) => (await stage.tiny.app.client.users.info({ user })).user?.is_stranger;

const TOBYS = 'toby.thorn@tamarack.example';
const invited = () => stage.invite(TOBYS);

describe('an invitation', () => {
  test('makes the channel pending; accepting it makes it shared, and the guest known', async () => {
    const channel = await invited();
    expect(await info(channel)).toMatchObject({ is_ext_shared: false, is_pending_ext_shared: true, pending_connected_team_ids: [] });
    expect(await stranger(TOBY)).toBe(true);
    expect(await stage.sandbox.as(TOBY).say(channel, 'hello')).toMatchObject({ ok: false });

    expect(await stage.sandbox.acceptInvite({ as: TOBY, channel })).toEqual({ ok: true });
    expect(told()).toMatchObject([
      {
        type: 'shared_channel_invite_accepted',
        approval_required: false,
        invite: { recipient_email: TOBYS, inviting_team: { id: HOME }, inviting_user: { id: 'U0PRTNRBOT' } },
        channel: { id: channel, is_private: false, name: 'ext-tamarack' },
        teams_in_channel: [{ id: HOME }],
        accepting_user: { id: TOBY, team_id: TAMARACK },
      },
      { type: 'channel_shared', connected_team_id: TAMARACK, channel },
    ]);
    expect(await info(channel)).toMatchObject({
      is_ext_shared: true,
      is_pending_ext_shared: false,
      shared_team_ids: [HOME, TAMARACK],
      connected_team_ids: [TAMARACK],
    });
    expect(await stranger(TOBY)).toBe(false);
    expect(await stage.sandbox.acceptInvite({ as: TOBY, channel })).toMatchObject({ ok: false });
  });

  test.each(['ours', 'theirs'] as const)('that waits for an admin of %s is not shared before', async (approval) => {
    const channel = await invited();
    await stage.sandbox.acceptInvite({ as: TOBY, channel, approval });
    expect(told()).toMatchObject([{ type: 'shared_channel_invite_accepted', approval_required: true }]);
    expect(await info(channel)).toMatchObject({
      is_ext_shared: false,
      is_pending_ext_shared: true,
      pending_shared: [TAMARACK],
      pending_connected_team_ids: [TAMARACK],
    });
    expect(stage.sandbox.state(TOBY).channels).toEqual([]);
    await stage.sandbox.approveInvite({ channel });
    const by = approval === 'ours' ? { id: ANA, team_id: HOME } : { id: TOBY, team_id: TAMARACK };
    expect(told().slice(1)).toMatchObject([
      { type: 'shared_channel_invite_approved', approving_team_id: by.team_id, approving_user: by, teams_in_channel: [{ id: HOME }] },
      { type: 'channel_shared' },
    ]);
    expect((await info(channel))?.is_ext_shared).toBe(true);
  });

  test('may be declined by the guest, or by an admin after the guest said yes; then another may be sent', async () => {
    const channel = await invited();
    const again = () => stage.tiny.app.client.conversations.inviteShared({ channel, emails: [TOBYS] });
    await stage.sandbox.declineInvite({ as: TOBY, channel });
    await again();
    await stage.sandbox.acceptInvite({ as: TOBY, channel, approval: 'ours' });
    await stage.sandbox.denyInvite({ channel });
    expect(told().map(({ type, declining_team_id }) => [type, declining_team_id])).toEqual([
      ['shared_channel_invite_declined', TAMARACK],
      ['shared_channel_invite_accepted', undefined],
      ['shared_channel_invite_declined', HOME],
    ]);
    expect(await info(channel)).toMatchObject({ is_ext_shared: false, is_pending_ext_shared: false });
    expect(await again()).toMatchObject({ ok: true });
  });

  test('ends after 14 days by the app’s clock', async () => {
    const channel = await stage.invite(TOBYS, 13);
    expect((await info(channel))?.is_pending_ext_shared).toBe(true);
    stage.sandbox.setAppClock(() => new Date(Date.now() + 2 * 86_400_000));
    expect((await info(channel))?.is_pending_ext_shared).toBe(false);
    expect(await stage.sandbox.acceptInvite({ as: TOBY, channel })).toEqual({ ok: false, error: 'This invitation has expired.' });
    expect(types()).toEqual([]);
    expect(await stage.tiny.app.client.conversations.inviteShared({ channel, emails: ['a@tamarack.example'] })).toMatchObject({ ok: true });
  });

  test('to another spelling of the address is the same person’s; two admins at once approve it once', async () => {
    const { conversations } = stage.tiny.app.client;
    const id = (await conversations.create({ name: 'ext-tamarack' })).channel?.id ?? '';
    await conversations.inviteShared({ channel: id, emails: ['Toby.Thorn@Tamarack.example'] });
    expect(stage.sandbox.state(TOBY).invitations).toHaveLength(1);
    await stage.sandbox.acceptInvite({ as: TOBY, channel: id, approval: 'theirs' });
    const approve = () => stage.sandbox.approveInvite({ channel: id });
    expect((await Promise.all([approve(), approve()])).map(({ ok }) => ok)).toEqual([true, false]);
    expect(types()).toEqual(['shared_channel_invite_accepted', 'shared_channel_invite_approved', 'channel_shared']);
  });

  test('is refused as Slack refuses it', async () => {
    const { conversations } = stage.tiny.app.client;
    const emails = [TOBYS];
    await expect(conversations.inviteShared({ channel: 'C0NOWHERE', emails })).rejects.toThrow('channel_not_found');
    await expect(conversations.inviteShared({ channel: GENERAL, emails })).rejects.toThrow('cannot_share_mandatory_channel');
    await expect(conversations.inviteShared({ channel: stage.sandbox.dmWith(ANA), emails })).rejects.toThrow('invalid_channel_type');
    const { channel } = await conversations.create({ name: 'ext-tamarack' });
    const id = channel?.id ?? '';
    await expect(conversations.inviteShared({ channel: id, emails: [] })).rejects.toThrow('recipients_not_specified');
    await expect(conversations.inviteShared({ channel: id, emails: [...emails, 'a@b.example'] })).rejects.toThrow('too_many_emails');
    await expect(conversations.inviteShared({ channel: id, emails: ['toby'] })).rejects.toThrow('invalid_email');
    await expect(conversations.inviteShared({ channel: id, user_ids: [TOBY] })).rejects.toThrow('user_not_found');
    await expect(conversations.inviteShared({ channel: EXT_QUILLMONT, user_ids: [PIA] })).rejects.toThrow('already_in_channel');
    expect(await conversations.inviteShared({ channel: id, user_ids: [PIA] })).not.toHaveProperty('url');
    await expect(conversations.inviteShared({ channel: id, emails })).rejects.toThrow('connection_limit_exceeded_pending');
    expect((await info(id))?.pending_connected_team_ids).toEqual(['T0QUILLMNT']);
  });

  test('for an address brings a link unless the guest may only post, which is the default', async () => {
    const { conversations } = stage.tiny.app.client;
    const emails = [TOBYS];
    const ids = await Promise.all(['one', 'two'].map(async (name) => (await conversations.create({ name })).channel?.id ?? ''));
    expect(await conversations.inviteShared({ channel: ids[0] ?? '', emails })).not.toHaveProperty('url');
    expect(await conversations.inviteShared({ channel: ids[1] ?? '', emails, external_limited: false })).toHaveProperty('url');
    expect(stage.sandbox.invitations.map(({ externalLimited }) => externalLimited)).toEqual([true, false]);
  });
});

describe('a guest', () => {
  test('clicks, fills in forms, reads what is for them alone, writes to the bot and has a Home tab', async () => {
    stage.ackAll();
    const channel = await invited();
    await stage.sandbox.acceptInvite({ as: TOBY, channel });
    await stage.postCard(channel);
    expect(await stage.sandbox.as(TOBY).click(await stage.newest(TOBY, channel), 'open')).toEqual({ ok: true });
    expect(stage.lastSeen('block_actions')?.body).toMatchObject({ team: { id: HOME }, user: { id: TOBY, team_id: TAMARACK } });
    const view = await stage.openForm(TOBY);
    expect(await stage.sandbox.as(TOBY).submit(view, { company: 'Acme' })).toEqual({ ok: true });
    const { chat, views } = stage.tiny.app.client;
    await chat.postEphemeral({ channel, user: TOBY, text: 'For Toby' });
    expect(stage.sandbox.messages({ as: TOBY, channel }).at(-1)?.text).toBe('For Toby');
    expect(await stage.sandbox.as(TOBY).dm('hi')).toEqual({ ok: true });
    await chat.postMessage({ channel: TOBY, text: 'Hello' });
    expect(stage.sandbox.messages({ as: TOBY, channel: stage.sandbox.dmWith(TOBY) }).map(({ text }) => text)).toEqual(['hi', 'Hello']);
    await views.publish({ user_id: TOBY, view: { type: 'home', blocks: card() } });
    expect(stage.sandbox.home(TOBY)).toMatchObject({ type: 'home', app_installed_team_id: HOME });
  });

  test('may bring a colleague once their company is in, without an admin', async () => {
    const { conversations } = stage.tiny.app.client;
    const { channel } = await conversations.create({ name: 'ext-two' });
    const id = channel?.id ?? '';
    await expect(conversations.invite({ channel: id, users: TOBY })).rejects.toThrow('user_not_found');
    await expect(conversations.invite({ channel: id, users: PETE })).rejects.toThrow('user_team_not_in_channel');
    await conversations.inviteShared({ channel: id, user_ids: [PIA] });
    await stage.sandbox.acceptInvite({ as: PIA, channel: id });
    expect(await conversations.invite({ channel: id, users: PETE })).toMatchObject({ channel: { is_ext_shared: true } });
    expect(types()).toEqual(['shared_channel_invite_accepted', 'channel_shared']);
  });

  test('is a stranger again when the sharing ends, and the channel is ours alone', async () => {
    const channel = await invited();
    await stage.sandbox.acceptInvite({ as: TOBY, channel });
    await stage.sandbox.unshare({ channel });
    expect(told().at(-1)).toMatchObject({
      type: 'channel_unshared',
      previously_connected_team_id: TAMARACK,
      channel,
      is_ext_shared: false,
    });
    expect(await info(channel)).toMatchObject({ is_ext_shared: false, shared_team_ids: [HOME] });
    expect(await stranger(TOBY)).toBe(true);
    expect(stage.sandbox.state(TOBY).channels.map(({ kind }) => kind)).toEqual(['dm']);
  });
});
