import type { WebClient } from '@slack/web-api';
import { externalHome, homeView, WAITING_SHOWN } from '../../../blocks/programme/home.ts';
import { countCompanies } from '../../programme/companies/company-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { countSuppressions } from '../../programme/suppression/suppression-repository.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { DECIDABLE } from '../../recruit/outreach/draft.ts';
import { countDrafts, listDrafts } from '../../recruit/outreach/draft-repository.ts';
import { findPost } from '../post-repository.ts';
import { publishHome } from './home.ts';

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
