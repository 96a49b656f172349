import { describe, expect, test } from 'vitest';
import { ANA, EXT_QUILLMONT, GENERAL, MILO, PETE, PIA } from './cast.ts';
import { useStage } from './stage.ts';

const stage = useStage();

describe('a person of the partner company', () => {
  test('clicks: home team in team, theirs in user', async () => {
    stage.ackAll();
    await stage.postCard(EXT_QUILLMONT);
    expect(await stage.sandbox.as(PIA).click(await stage.newest(PIA, EXT_QUILLMONT), 'pick', { value: 'y' })).toEqual({ ok: true });
    const { body, context } = stage.lastSeen('block_actions') ?? {};
    expect(body).toMatchObject({
      team: { id: 'T0LARKSPUR', domain: 'larkspur' },
      user: { id: PIA, team_id: 'T0QUILLMNT' },
      channel: { id: EXT_QUILLMONT, name: 'ext-quillmont' },
      container: { type: 'message', channel_id: EXT_QUILLMONT, is_ephemeral: false },
      message: { text: 'Card', bot_id: 'B0PARTNERS' },
      actions: [{ type: 'static_select', action_id: 'pick', selected_option: { value: 'y' } }],
    });
    expect(context?.teamId).toBe('T0LARKSPUR');
  });

  test('submits: theirs everywhere but in app_installed_team_id', async () => {
    stage.ackAll();
    const view = await stage.openForm(PIA);
    expect(await stage.sandbox.as(PIA).submit(view, { company: 'Acme' })).toEqual({ ok: true });
    const { body, context } = stage.lastSeen('view_submission') ?? {};
    expect(body).toMatchObject({
      team: { id: 'T0QUILLMNT', domain: 'quillmont' },
      user: { id: PIA, team_id: 'T0QUILLMNT' },
      view: { team_id: 'T0QUILLMNT', app_installed_team_id: 'T0LARKSPUR', state: { values: { company: { company: { value: 'Acme' } } } } },
    });
    expect(context?.teamId).toBe('T0LARKSPUR');
    expect(stage.sandbox.modal(PIA)).toBeNull();
  });

  test('mentions the bot, in the shared channel only', async () => {
    await stage.sandbox.as(PIA).mention(EXT_QUILLMONT, 'hello');
    expect(stage.lastSeen('event_callback')?.body).toMatchObject({
      is_ext_shared_channel: true,
      context_team_id: 'T0LARKSPUR',
      authorizations: [{ team_id: 'T0LARKSPUR', is_bot: true }],
      event: { type: 'app_mention', user: PIA, user_team: 'T0QUILLMNT', text: '<@U0PRTNRBOT> hello', channel: EXT_QUILLMONT },
    });
    expect(await stage.sandbox.as(PIA).say(GENERAL, 'hello')).toMatchObject({ ok: false });
  });

  test('is shown under their own company', () => {
    expect(stage.sandbox.state(PIA).me).toMatchObject({ teamId: 'T0QUILLMNT', teamName: 'Quillmont', external: true });
    expect(stage.sandbox.state(ANA).me).toMatchObject({ teamId: 'T0LARKSPUR', teamName: 'Larkspur', external: false });
  });

  test('is known to users.info and absent from users.list', async () => {
    const { client } = stage.tiny.app;
    expect((await client.users.info({ user: PIA })).user).toMatchObject({ team_id: 'T0QUILLMNT', is_stranger: false });
    expect((await client.users.info({ user: ANA })).user).toMatchObject({ team_id: 'T0LARKSPUR', is_owner: true, tz: 'Europe/London' });
    expect((await client.users.list({})).members?.map(({ id }) => id)).not.toContain(PIA);
    expect((await client.conversations.info({ channel: EXT_QUILLMONT })).channel).toMatchObject({ is_ext_shared: true, is_shared: true });
    expect((await client.conversations.info({ channel: GENERAL })).channel).toMatchObject({ is_ext_shared: false });
    expect((await client.conversations.members({ channel: EXT_QUILLMONT })).members?.sort()).toEqual(
      [ANA, MILO, PIA, PETE, 'U0PRTNRBOT'].sort(),
    );
  });
});
