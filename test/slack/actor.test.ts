import type { Context } from '@slack/bolt';
import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { PartnerContact } from '../../src/onboard/partners/partner.ts';
import { findPartnerByTeam } from '../../src/onboard/partners/partner-repository.ts';
import { saveWorkspace } from '../../src/programme/workspaces/workspace-repository.ts';
import { isOfPartnerNow, onUserChanged, resolveActor } from '../../src/slack/actor.ts';
import { createInstallations } from '../../src/slack/installations.ts';
import { defaultCast, PIA } from '../sandbox/cast.ts';
import type { Json } from '../sandbox/json.ts';
import { blockActions, commandPayload, eventCallback, messageEvent, type Source, viewSubmission } from '../sandbox/payloads.ts';
import { aPartner, changed, QUILLMONT_TEAM } from '../support/a-partner.ts';
import { AT, HOME as LARKSPUR } from '../support/builders.ts';
import { someDeps } from '../support/deps.ts';
import { useMongo } from '../support/mongo.ts';
import { setUp } from '../support/ready-workspace.ts';

useMongo();
const HOME = 'T0HOME';
const ORG = 'E0ORG';

/** Slack's answer to users.info, or its error. The client is real; only the line to Slack is cut short. */
function clientThatSays(user: Json | string): WebClient {
  const client = new WebClient('xoxb-none', { retryConfig: { retries: 0 } });
  client.users.info = async () => {
    if (typeof user === 'string') throw new WebAPIPlatformError({ ok: false, error: user });
    return { ok: true, user };
  };
  return client;
}

/** What Bolt puts into the context of a request to a workspace that has installed the app. */
async function contextOf(
  id: string,
  enterpriseId: string | null,
  source: { teamId: string; isEnterpriseInstall: boolean },
): Promise<Context> {
  const bot = { botToken: 'environment', botUserId: 'U0BOT', botId: null, installedBy: null };
  await saveWorkspace({ id, enterpriseId, name: 'Home', installedAt: new Date(0), ...bot });
  const config = readConfig({ MONGODB_URI: 'mongodb://127.0.0.1', SLACK_BOT_TOKEN: 'xoxb-none' });
  const { authorize } = createInstallations(config, {}, () => new Date());
  return { ...source, ...(await authorize({ ...source, enterpriseId: enterpriseId ?? undefined })) };
}

let people = 0;
async function seen(user: Json | string, given: { payloadTeam?: string; enterpriseId?: string | null; org?: boolean } = {}) {
  const { payloadTeam = HOME, enterpriseId = null, org = false } = given;
  const id = org ? ORG : HOME;
  const context = await contextOf(id, org ? ORG : enterpriseId, { teamId: org ? payloadTeam : HOME, isEnterpriseInstall: org });
  const results: boolean[] = [];
  for (const body of payloadsOf(`U${people++}`, payloadTeam)) {
    const actor = await resolveActor({ context, body, client: clientThatSays(user) });
    if (actor.kind === 'member') expect(actor.role).toBe('member');
    results.push(actor.kind === 'member');
  }
  expect(new Set(results).size).toBe(1);
  return results[0];
}

/** The same person as a command, a click, a submission and an event. */
function payloadsOf(id: string, teamId: string): object[] {
  const [someone] = defaultCast.people;
  if (!someone) throw new Error('nobody in the cast');
  const team = { id: teamId, name: 'Team', domain: 'team' };
  const source: Source = { actor: { ...someone, id, teamId }, actorTeam: team, home: { ...team, id: HOME }, app: defaultCast.app };
  const channel = { id: 'C1', name: 'c' };
  const event = messageEvent(source, { type: 'app_mention', message: { text: 'hi', ts: '1.2' }, channel: 'C1' });
  return [
    commandPayload(source, { command: '/partners', text: '', channel, triggerId: 't', responseUrl: 'u' }),
    blockActions(source, { action: { action_id: 'a' }, triggerId: 't', place: {} }),
    viewSubmission(source, { view: {}, values: {}, triggerId: 't' }),
    eventCallback(source, event, false),
  ].filter((body) => teamId === HOME || !('command' in body));
}

const member: Json = { id: 'U', team_id: HOME, is_restricted: false, is_ultra_restricted: false, is_bot: false, deleted: false };

describe('who is internal, in commands, clicks, submissions and events alike', () => {
  test.each<[string, Json | string, boolean]>([
    ['a full member', member, true],
    ['a guest of several channels', { ...member, is_restricted: true }, false],
    ['a guest of one channel', { ...member, is_restricted: true, is_ultra_restricted: true }, false],
    ['a bot', { ...member, is_bot: true }, false],
    ['somebody who has left', { ...member, deleted: true }, false],
    ['a person of a shared channel', { id: 'U', team_id: 'T0OTHER', is_stranger: false }, false],
    ['a stranger', { id: 'U', team_id: 'T0OTHER', is_stranger: true }, false],
    ['a stranger who claims our team', { ...member, is_stranger: true }, false],
    ['unknown to Slack', 'user_not_found', false],
    ['a person we may not see', 'user_not_visible', false],
    ['no team given', { id: 'U' }, false],
    ['a team that is no text', { ...member, team_id: 7 }, false],
    ['flags that are no flags', { ...member, is_restricted: 'no' }, false],
    ['an empty answer', {}, false],
    ['another organisation', { ...member, team_id: 'T0OTHER', enterprise_user: { enterprise_id: 'E0OTHER' } }, false],
  ])('%s', async (_name, user, internal) => {
    expect(await seen(user)).toBe(internal);
  });

  test('a payload that names another team outweighs what Slack says of the person', async () => {
    expect(await seen(member, { payloadTeam: 'T0OTHER' })).toBe(false);
  });

  test.each<[string, Json, { payloadTeam?: string; org?: boolean }, boolean]>([
    ['named by the organisation', { ...member, team_id: ORG }, { payloadTeam: ORG }, true],
    ['named by the team', member, { payloadTeam: HOME }, true],
    ['org-wide install: a member of one of its workspaces', orgMember(), { org: true, payloadTeam: 'T0INSIDE' }, true],
    ['org-wide install: a guest', { ...orgMember(), is_restricted: true }, { org: true, payloadTeam: 'T0INSIDE' }, false],
    ['org-wide install: a partner', { id: 'U', team_id: 'T0OTHER' }, { org: true, payloadTeam: 'T0OTHER' }, false],
    [
      'org-wide install: a partner that is an organisation too',
      { id: 'U', team_id: 'T0OTHER', enterprise_user: { enterprise_id: 'E0OTHER' } },
      { org: true, payloadTeam: 'E0OTHER' },
      false,
    ],
  ])('in an Enterprise organisation: %s', async (_name, user, given, internal) => {
    expect(await seen(user, { enterpriseId: ORG, ...given })).toBe(internal);
  });
});

describe('which company a stranger is of', () => {
  const foreign = { id: 'U', team_id: 'T0OTHER', is_stranger: false };
  test.each<[string, Json | string, string, string | null]>([
    ['as the payload says', foreign, 'T0OTHER', 'T0OTHER'],
    ['as Slack says, where the payload does not', foreign, HOME, 'T0OTHER'],
    ['none for a guest of ours', { ...member, is_restricted: true }, HOME, null],
    ['none for whom Slack does not know', 'user_not_found', HOME, null],
  ])('%s', async (_name, user, payloadTeam, teamId) => {
    const context = await contextOf(HOME, null, { teamId: HOME, isEnterpriseInstall: false });
    for (const body of payloadsOf(`U${people++}`, payloadTeam))
      expect(await resolveActor({ context, body, client: clientThatSays(user) })).toMatchObject({ kind: 'stranger', teamId });
  });
});

describe('when Slack cannot say who it is', () => {
  test.each(['internal_error', 'fatal_error', 'ratelimited', 'missing_scope', 'account_inactive'])(
    '%s: nobody is taken for anybody',
    async (error) => {
      const context = await contextOf(HOME, null, { teamId: HOME, isEnterpriseInstall: false });
      for (const body of payloadsOf(`U${people++}`, HOME))
        await expect(resolveActor({ context, body, client: clientThatSays(error) })).rejects.toMatchObject({ code: 'person-unchecked' });
    },
  );

  test('whoever the payload says is of another company needs no asking', async () => {
    expect(await seen('internal_error', { payloadTeam: 'T0OTHER' })).toBe(false);
  });
});

describe('what is remembered of a person', () => {
  const asked = async (client: WebClient, id: string) => {
    const context = await contextOf(HOME, null, { teamId: HOME, isEnterpriseInstall: false });
    const [body = {}] = payloadsOf(id, HOME);
    return (await resolveActor({ context, body, client })).kind;
  };
  const userChanged = async (id: string) => {
    // Bolt hands over more; the listener reads these.
    const args = {
      client: new WebClient('xoxb-none'),
      context: { isEnterpriseInstall: false, teamId: HOME },
      event: { type: 'user_change', user: { id } },
    };
    await onUserChanged(someDeps())(args as unknown as Parameters<ReturnType<typeof onUserChanged>>[0]);
  };

  test.each([
    ['made a guest', { ...member, is_restricted: true }],
    ['deactivated', { ...member, deleted: true }],
  ])('somebody %s is refused from the event on', async (name, now) => {
    const id = `U0${name.length}CHANGED`;
    expect(await asked(clientThatSays(member), id)).toBe('member');
    expect(await asked(clientThatSays(now), id)).toBe('member');
    await userChanged(id);
    expect(await asked(clientThatSays(now), id)).toBe('stranger');
  });

  test('an answer that was under way when they changed is not remembered', async () => {
    const client = clientThatSays(member);
    let answer = () => {};
    const held = new Promise<void>((done) => {
      answer = done;
    });
    let isAsked = false;
    client.users.info = async () => {
      isAsked = true;
      await held;
      return { ok: true, user: member };
    };
    const first = asked(client, 'U0RACE');
    while (!isAsked) await new Promise((done) => setTimeout(done, 5));
    await userChanged('U0RACE');
    answer();
    await first;
    expect(await asked(clientThatSays({ ...member, deleted: true }), 'U0RACE')).toBe('stranger');
  });

  test('without the event for five minutes at most', async () => {
    const clock = vi.spyOn(Date, 'now');
    expect(await asked(clientThatSays(member), 'U0KEPT')).toBe('member');
    const later = Date.now() + 5 * 60_000;
    clock.mockReturnValue(later);
    expect(await asked(clientThatSays({ ...member, deleted: true }), 'U0KEPT')).toBe('stranger');
    clock.mockRestore();
  });
});

test('a workspace that is not connected has no members', async () => {
  const [body = {}] = payloadsOf('U0LATE', HOME);
  const actor = await resolveActor({ context: { isEnterpriseInstall: false, teamId: 'T0GONE' }, body, client: clientThatSays(member) });
  expect(actor).toEqual({ kind: 'stranger', workspaceId: 'T0GONE', userId: 'U0LATE', teamId: null });
});

test.each([[{}], [{ user: null }], [{ user: 'U1' }], [{ user: { id: 5 } }], [{ event: [] }], [{ user_id: {} }]])(
  'a payload that names nobody: %j',
  async (body) => {
    const actor = await resolveActor({
      context: { isEnterpriseInstall: false, homeIds: [HOME], teamId: HOME },
      body,
      client: clientThatSays(member),
    });
    expect(actor.kind).toBe('stranger');
  },
);

function orgMember(): Json {
  return { ...member, team_id: 'T0INSIDE', enterprise_user: { enterprise_id: ORG } };
}

describe('somebody of a partner’s Slack workspace', () => {
  const pia: Json = { id: PIA, team_id: QUILLMONT_TEAM, is_stranger: false, real_name: 'Pia Pine' };
  const left = async (change: Partial<PartnerContact> = {}) => {
    await setUp(AT);
    const partner = await aPartner();
    return changed(partner, { people: partner.people.map((one) => ({ ...one, leftAt: AT, ...change })) });
  };
  const kindOf = async (user: Json) => {
    const context = await contextOf(LARKSPUR, null, { teamId: LARKSPUR, isEnterpriseInstall: false });
    const id = `U${people++}`;
    const [, click = {}] = payloadsOf(id, QUILLMONT_TEAM);
    const client = clientThatSays(user);
    const { kind } = await resolveActor({ context, body: click, client });
    const partner = await findPartnerByTeam(LARKSPUR, QUILLMONT_TEAM);
    expect(await isOfPartnerNow(client, LARKSPUR, { userId: id, partnerId: partner?.id ?? '' })).toBe(kind === 'partner');
    return kind;
  };

  test.each<[string, Json, string]>([
    ['a colleague who is on no list', { ...pia, real_name: 'Pete Perch' }, 'partner'],
    ['a guest there', { ...pia, real_name: 'Pete Perch', is_restricted: true }, 'stranger'],
    ['a guest of one channel there', { ...pia, real_name: 'Pete Perch', is_ultra_restricted: true }, 'stranger'],
    ['who has left, by the address', { ...pia, real_name: 'P.', profile: { email: 'Pia.Pine@quillmont.example' } }, 'stranger'],
    ['a namesake with another address', { ...pia, profile: { email: 'pia2@quillmont.example' } }, 'partner'],
    ['who has left, by the name where Slack gives no address', pia, 'stranger'],
  ])('%s', async (_name, user, kind) => {
    await left();
    expect(await kindOf(user)).toBe(kind);
  });

  test('a namesake who is on the list and present is let in', async () => {
    const partner = await left();
    await changed(partner, {
      people: [...partner.people, ...partner.people.map((one) => ({ ...one, id: 'two', email: '', leftAt: null }))],
    });
    expect(await kindOf(pia)).toBe('partner');
  });
});
