import type { WebClient } from '@slack/web-api';
import { externalHome, homeView, WAITING_SHOWN } from '../../blocks/home.ts';
import { countCompanies } from '../companies/company-repository.ts';
import { DECIDABLE } from '../outreach/draft.ts';
import { countDrafts, listDrafts } from '../outreach/draft-repository.ts';
import { getProgramme } from '../programme/programme-repository.ts';
import { countSuppressions } from '../suppression/suppression-repository.ts';
import type { Actor } from '../workspaces/role.ts';
import { publishHome } from './outbound/home.ts';
import { findPost } from './outbound/post-repository.ts';

/** Shows a person their Home tab as things stand now. */
export async function showHome(client: WebClient, actor: Actor): Promise<void> {
  const { workspaceId, userId } = actor;
  if (!actor.internal) return publishHome(client, userId, externalHome());
  const [programme, companies, waiting, open, silent] = await Promise.all([
    getProgramme(workspaceId),
    countCompanies(workspaceId),
    countDrafts(workspaceId, [...DECIDABLE]),
    listDrafts(workspaceId, [...DECIDABLE], WAITING_SHOWN),
    countSuppressions(workspaceId),
  ]);
  const links = new Map<string, string>();
  for (const { id } of open) {
    const post = await findPost(workspaceId, `draft:${id}`);
    const link = post && (await client.chat.getPermalink({ channel: post.channel, message_ts: post.ts }));
    if (link?.permalink) links.set(id, link.permalink);
  }
  await publishHome(client, userId, homeView({ programme, companies, waiting, open, links, silent }));
}
