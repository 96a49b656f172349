import type { WebClient } from '@slack/web-api';
import { companyThread } from '../../../blocks/recruit/company-thread.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { type Message, showOnce } from '../post-once.ts';
import { findPost, type Place } from '../post-repository.ts';

type OfCompany = { workspaceId: string; companyId: string };

/** The head of a company's own thread stands in `channel`: it is posted, or posted again when it was deleted. */
export async function startThread(client: WebClient, { workspaceId, companyId }: OfCompany, channel: string): Promise<Place> {
  const to = { kind: 'internal-channel', channel } as const;
  const { text } = await headOf(workspaceId, companyId);
  return showOnce(client, { workspaceId, key: `company:${companyId}`, to }, text, () => headOf(workspaceId, companyId));
}

/** Shows at the head of a company's thread where the company stands now; without effect where it has none. Refuses what `demandAudience`
 *  refuses. */
export async function showThreadHead(client: WebClient, workspaceId: string, companyId: string): Promise<void> {
  const head = await findPost(workspaceId, `company:${companyId}`);
  if (head) await startThread(client, { workspaceId, companyId }, head.channel);
}

async function headOf(workspaceId: string, companyId: string): Promise<Message> {
  return companyThread(await getCompany(workspaceId, companyId));
}
