import type { WebClient } from '@slack/web-api';
import { checklistMessage } from '../../../blocks/onboard/checklist.ts';
import type { ChecklistFacts } from '../../../blocks/onboard/checklist-words.ts';
import { readChecklist } from '../../onboard/checklists/settle-step.ts';
import { workWeekOf } from '../../onboard/checklists/working-days.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { getPartner } from '../../onboard/partners/partner-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { showOnce } from '../post-once.ts';
import { findPost, forgetPost } from '../post-repository.ts';

/** The checklist with what its words need. */
export async function readFacts(partner: Partner, at: Date): Promise<ChecklistFacts> {
  const [checklist, programme] = await Promise.all([readChecklist(partner, at), getProgramme(partner.workspaceId)]);
  return { checklist, partner, us: programme.company?.name ?? 'We', at, week: workWeekOf(programme) };
}

/** Whether somebody of the partner can see a checklist in their channel. */
export function isShowable({ channel, teamIds, status }: Partner): boolean {
  return channel !== null && teamIds.length > 0 && status !== 'ended';
}

/** Shows the checklist in the partner's channel, or brings it up to date there; nothing where they cannot read it. Refuses what `demandAudience`
 *  refuses, and `partner-unknown`. */
export async function showChecklist(client: WebClient, workspaceId: string, partnerId: string, at: Date): Promise<void> {
  const partner = await getPartner(workspaceId, partnerId);
  const { channel } = partner;
  if (!channel || !isShowable(partner)) return;
  const to = { kind: 'partner-channel', channel, shown: { object: 'checklist', partnerId } } as const;
  const key = `checklist:${partnerId}`;
  const before = await findPost(workspaceId, key);
  // The partner has moved to another channel.
  if (before && before.channel !== channel) await forgetPost(workspaceId, key, before);
  await showOnce(client, { workspaceId, key, to }, 'Your checklist', async () =>
    checklistMessage(await readFacts(await getPartner(workspaceId, partnerId), at)),
  );
}
