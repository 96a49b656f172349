import type { Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Actor } from '../programme/workspaces/role.ts';
import { findRole } from '../programme/workspaces/role-repository.ts';
import type { Workspace } from '../programme/workspaces/workspace.ts';
import { findWorkspace } from '../programme/workspaces/workspace-repository.ts';
import { workspaceOf } from './listener.ts';

declare module '@slack/bolt' {
  interface Context {
    /** The home company's workspace, as `authorize` read it. */
    home?: Pick<Workspace, 'id' | 'enterpriseId'>;
  }
}

/** How long Slack's word about a person is believed. Roles are read afresh at each click. */
const KEPT_MS = 5 * 60_000;
const MAX_KEPT = 20_000;

export const SlackPerson = z.object({
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
});
export type SlackPerson = z.infer<typeof SlackPerson>;

const people = new Map<string, { person: SlackPerson | null; until: number }>();

/** Who acts, for commands, clicks, submissions and events alike. Internal only when the payload does not name another team and
 *  Slack says the person is a full member of the home workspace. No flag for "external" exists, so everything else, a failed
 *  look-up and guests included, counts as external. Source: docs.slack.dev/apis/slack-connect. */
export async function resolveActor({ context, body, client }: { context: Context; body: object; client: WebClient }): Promise<Actor> {
  const workspaceId = workspaceOf(context);
  const said = saidBy(body);
  const userId = said.userId ?? context.userId ?? '';
  const outsider: Actor = { workspaceId, userId, internal: false, role: null };
  const workspace = context.home;
  if (!workspace || !userId) return outsider;
  const home = new Set([workspace.id, workspace.enterpriseId].filter((id) => id !== null));
  // An org-wide install hears of people by any of its workspaces, which the payload cannot tell from another company's.
  if (said.teamId && !context.isEnterpriseInstall && !home.has(said.teamId)) return outsider;
  const person = await slackPerson(client, workspaceId, userId);
  if (!person || !isMember(person, home)) return outsider;
  return { workspaceId, userId, internal: true, role: await findRole(workspaceId, userId) };
}

/** Slack's word about a person, kept for a few minutes; null when Slack does not know or cannot say. */
export async function slackPerson(client: WebClient, workspaceId: string, userId: string): Promise<SlackPerson | null> {
  const key = `${workspaceId}/${userId}`;
  const kept = people.get(key);
  if (kept && kept.until > Date.now()) return kept.person;
  const answer = await client.users.info({ user: userId }).catch(() => null);
  const parsed = SlackPerson.safeParse(answer?.user);
  // A failed look-up is not kept: the next click asks again.
  if (!parsed.success) return null;
  if (people.size >= MAX_KEPT) people.clear();
  people.set(key, { person: parsed.data, until: Date.now() + KEPT_MS });
  return parsed.data;
}

export async function isFullMember(client: WebClient, workspaceId: string, userId: string): Promise<boolean> {
  const [workspace, person] = await Promise.all([findWorkspace(workspaceId), slackPerson(client, workspaceId, userId)]);
  if (!workspace || !person) return false;
  return isMember(person, new Set([workspace.id, workspace.enterpriseId].filter((id) => id !== null)));
}

/** `home`: the ids of the workspace and of its organisation. */
export function isMember(person: SlackPerson, home: Set<string>): boolean {
  const belongs = home.has(person.team_id) || home.has(person.enterprise_user?.enterprise_id ?? '');
  const limited = person.is_stranger || person.is_restricted || person.is_ultra_restricted || person.is_bot || person.deleted;
  return belongs && !limited;
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
