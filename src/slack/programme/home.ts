import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Beginning, EXTERNAL_HELP } from '../../../blocks/help.ts';
import { homeView, noticeHome, WAITING_SHOWN } from '../../../blocks/programme/home.ts';
import type { Deps } from '../../deps.ts';
import { findLatestDigest } from '../../discover/digest/digest-repository.ts';
import { countCompanies } from '../../programme/companies/company-names.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { countSuppressions } from '../../programme/suppression/suppression-repository.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { listRoles } from '../../programme/workspaces/role-repository.ts';
import { DECIDABLE } from '../../recruit/outreach/draft.ts';
import { countDrafts, listDrafts } from '../../recruit/outreach/draft-repository.ts';
import { resolveActor } from '../actor.ts';
import type { SlackEvent } from '../listener.ts';
import { findPosts } from '../post-repository.ts';

export async function publishHome(client: WebClient, userId: string, view: HomeView): Promise<void> {
  await client.views.publish({ user_id: userId, view });
}

/** Shows a person their Home tab as things stand now. All of it is stored: Slack is asked for nothing. */
export async function showHome(client: WebClient, actor: Actor): Promise<void> {
  const { workspaceId, userId } = actor;
  if (actor.kind !== 'member') return publishHome(client, userId, noticeHome(EXTERNAL_HELP));
  const [beginning, waiting, open, silent] = await Promise.all([
    readBeginning(workspaceId),
    countDrafts(workspaceId, [...DECIDABLE]),
    listDrafts(workspaceId, [...DECIDABLE], WAITING_SHOWN),
    countSuppressions(workspaceId),
  ]);
  const posts = await findPosts(
    workspaceId,
    open.map(({ id }) => `draft:${id}`),
  );
  const links = new Map(open.map(({ id }) => [id, posts.get(`draft:${id}`)?.link ?? null]));
  await publishHome(client, userId, homeView({ ...beginning, waiting, open, links, silent }));
}

/** How far a workspace is on the way to its first digest. */
export async function readBeginning(workspaceId: string): Promise<Beginning> {
  const [programme, companies, roles, digest] = await Promise.all([
    getProgramme(workspaceId),
    countCompanies(workspaceId),
    listRoles(workspaceId),
    findLatestDigest(workspaceId),
  ]);
  return { programme, companies, roles, hasDigest: digest !== null };
}

export const onHomeOpened =
  (_deps: Deps) =>
  async (args: SlackEvent<'app_home_opened'>): Promise<void> => {
    if (args.event.tab !== 'home') return;
    await showHome(args.client, await resolveActor(args));
  };
