import type { Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import type { Partner } from '../onboard/partners/partner.ts';
import { findPartnerByTeam, getPartner } from '../onboard/partners/partner-repository.ts';
import { hasLeftTheirSlack, personOf } from '../onboard/partners/person-of.ts';
import type { Actor } from '../programme/workspaces/role.ts';
import { findRole } from '../programme/workspaces/role-repository.ts';
import type { Workspace } from '../programme/workspaces/workspace.ts';
import { findWorkspace } from '../programme/workspaces/workspace-repository.ts';
import { type SlackEvent, workspaceOf } from './listener.ts';
import { slackRefusal } from './slack-refusal.ts';

type Home = Pick<Workspace, 'id' | 'enterpriseId'>;

declare module '@slack/bolt' {
  interface Context {
    /** The home company's workspace, as `authorize` read it. */
    home?: Home;
  }
}

/** How long Slack's word about a person is believed where no `user_change` says otherwise. Roles are read afresh at each click. */
const KEPT_MS = 5 * 60_000;
const MAX_KEPT = 20_000;

/** Slack's last word: there is no such person, for us. Every other error says nothing about the person. */
const NOBODY = new Set(['user_not_found', 'user_not_visible', 'users_not_found']);

const SlackPerson = z.object({
  team_id: z.string(),
  enterprise_user: z.object({ enterprise_id: z.string() }).optional(),
  is_stranger: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  deleted: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  tz: z.string().optional(),
  real_name: z.string().optional().catch(undefined),
  /** Slack gives the address to apps that may read addresses. */
  profile: z.object({ email: z.string().optional(), real_name: z.string().optional() }).optional().catch(undefined),
});
type SlackPerson = z.infer<typeof SlackPerson>;

/** Without a person while Slack is being asked. */
const people = new Map<string, { person: SlackPerson | null; until: number }>();

/** Who acts, for commands, clicks, submissions and events alike. A member only when the payload does not name another team and Slack
 *  says the person is a full member of the home workspace. Somebody of a Slack workspace that is known as a partner's acts for that partner.
 *  No flag for "external" exists, so everybody else, guests included, is a stranger. Refuses `person-unchecked` when Slack cannot say who it
 *  is. Source: docs.slack.dev/apis/slack-connect. */
export async function resolveActor({ context, body, client }: { context: Context; body: object; client: WebClient }): Promise<Actor> {
  const workspaceId = workspaceOf(context);
  const said = saidBy(body);
  const userId = said.userId ?? context.userId ?? '';
  const who = { workspaceId, userId };
  const home = context.home && idsOf(context.home);
  if (!home || !userId) return { kind: 'stranger', ...who, teamId: null };
  const foreign = said.teamId && !home.has(said.teamId) ? said.teamId : null;
  // An org-wide install hears of people by any of its workspaces, which the payload cannot tell from another company's.
  if (foreign && !context.isEnterpriseInstall) return outsider(client, who, foreign);
  const person = await slackPerson(client, workspaceId, userId);
  if (!person || !isMember(person, home))
    return outsider(client, who, person && belongs(person, home) ? null : (person?.team_id ?? foreign));
  return { kind: 'member', ...who, role: (await findRole(workspaceId, userId)) ?? 'member' };
}

/** Somebody of another company, or of none that we know. Whoever has left the partner, by the team's word or by Slack's, is a stranger. */
async function outsider(client: WebClient, who: Pick<Actor, 'workspaceId' | 'userId'>, teamId: string | null): Promise<Actor> {
  const stranger = { kind: 'stranger', ...who, teamId } as const;
  const partner = teamId && (await findPartnerByTeam(who.workspaceId, teamId));
  if (!partner || !personOf(partner, who).isPresent) return stranger;
  const person = await slackPerson(client, who.workspaceId, who.userId);
  if (!person || !isOfPartner(person, partner, who.userId)) return stranger;
  return { kind: 'partner', ...who, teamId, partnerId: partner.id };
}

/** A full member of their company's Slack who has not left it. A guest there may be anybody. */
function isOfPartner(person: SlackPerson, partner: Partner, userId: string): boolean {
  const isLimited = person.is_restricted || person.is_ultra_restricted || person.is_stranger || person.is_bot || person.deleted;
  const name = person.real_name ?? person.profile?.real_name ?? '';
  return !isLimited && !hasLeftTheirSlack(partner, { userId, email: person.profile?.email ?? '', name });
}

/** By Slack too: there is more than one. */
function keyOf({ slackApiUrl }: Pick<WebClient, 'slackApiUrl'>, workspaceId: string, userId: string): string {
  return `${slackApiUrl} ${workspaceId}/${userId}`;
}

/** Slack's word about a person, kept for a few minutes; null when Slack knows nobody by that id. Refuses `person-unchecked` when
 *  Slack cannot say. */
export async function slackPerson(client: WebClient, workspaceId: string, userId: string): Promise<SlackPerson | null> {
  const key = keyOf(client, workspaceId, userId);
  const kept = people.get(key);
  if (kept?.person && kept.until > Date.now()) return kept.person;
  const asked = { person: null, until: Date.now() + KEPT_MS };
  if (people.size >= MAX_KEPT) people.clear();
  people.set(key, asked);
  const person = await askSlack(client, userId).catch((cause: unknown) => {
    throw new Refusal('person-unchecked', {}, { cause });
  });
  // Somebody who changed while we asked was forgotten: this answer may be of before.
  if (person && people.get(key) === asked) people.set(key, { person, until: asked.until });
  return person;
}

/** Slack's word at this moment; null when Slack knows nobody by that id. Throws when Slack cannot say. */
async function askSlack(client: WebClient, userId: string): Promise<SlackPerson | null> {
  const answer = await client.users.info({ user: userId }).catch((error: unknown) => {
    if (NOBODY.has(slackRefusal(error) ?? '')) return null;
    throw error;
  });
  return SlackPerson.safeParse(answer?.user).data ?? null;
}

/** Whether somebody is a full member of the home workspace at this moment. Throws when Slack cannot say. */
export async function isFullMemberNow(client: WebClient, workspaceId: string, userId: string): Promise<boolean> {
  const [workspace, person] = await Promise.all([findWorkspace(workspaceId), askSlack(client, userId)]);
  return workspace !== null && person !== null && isMember(person, idsOf(workspace));
}

/** Whether somebody is of this partner at this moment: in its own Slack workspace, and not said to have left. Throws when Slack cannot say. */
export async function isOfPartnerNow(
  client: WebClient,
  workspaceId: string,
  { userId, partnerId }: { userId: string; partnerId: string },
): Promise<boolean> {
  const [partner, person] = await Promise.all([getPartner(workspaceId, partnerId), askSlack(client, userId)]);
  return person !== null && partner.teamIds.includes(person.team_id) && isOfPartner(person, partner, userId);
}

/** The time zone a person set in Slack, to start a form with; UTC where Slack does not say. */
export async function timeZoneOf(client: WebClient, { workspaceId, userId }: Actor): Promise<string> {
  const person = await slackPerson(client, workspaceId, userId).catch(() => null);
  return person?.tz ?? 'UTC';
}

/** Whether somebody a person chose may hold a role. Refuses `person-unchecked` when Slack cannot say. */
export async function isFullMember(client: WebClient, workspaceId: string, userId: string): Promise<boolean> {
  const asked = slackPerson(client, workspaceId, userId).catch((cause: unknown) => {
    throw new Refusal('person-unchecked', { whom: 'chosen' }, { cause });
  });
  const [workspace, person] = await Promise.all([findWorkspace(workspaceId), asked]);
  return workspace !== null && person !== null && isMember(person, idsOf(workspace));
}

/** Somebody was deactivated, made a guest, or changed otherwise: what was known of them is forgotten in this process. Slack tells one
 *  process only; the others hear of it within five minutes. */
export const onUserChanged =
  (_deps: Deps) =>
  async ({ client, context, event }: SlackEvent<'user_change'>): Promise<void> => {
    people.delete(keyOf(client, workspaceOf(context), event.user.id));
  };

function idsOf({ id, enterpriseId }: Home): Set<string> {
  return new Set([id, enterpriseId].filter((one) => one !== null));
}

/** `home`: the ids of the workspace and of its organisation. */
function isMember(person: SlackPerson, home: Set<string>): boolean {
  const limited = person.is_stranger || person.is_restricted || person.is_ultra_restricted || person.is_bot || person.deleted;
  return belongs(person, home) && !limited;
}

function belongs(person: SlackPerson, home: Set<string>): boolean {
  return home.has(person.team_id) || home.has(person.enterprise_user?.enterprise_id ?? '');
}

const Body = z.object({
  user_id: z.string().optional(),
  user: z.object({ id: z.string(), team_id: z.string().nullish() }).optional(),
  event: z.object({ user: z.string().optional(), user_team: z.string().optional(), source_team: z.string().optional() }).optional(),
});

/** Person and team as the payload names them; each kind of payload has its own place for it. */
function saidBy(body: object): { userId: string | undefined; teamId: string | undefined } {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return { userId: undefined, teamId: undefined };
  const { user_id, user, event } = parsed.data;
  return { userId: user?.id ?? user_id ?? event?.user, teamId: user?.team_id ?? event?.user_team ?? event?.source_team ?? undefined };
}
