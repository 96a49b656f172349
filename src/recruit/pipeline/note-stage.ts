import { inRounds } from '../../platform/in-rounds.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { findCompanyDue, saveStage, settleCompanyDue } from '../../programme/companies/company-stage-repository.ts';
import { keysThatGate } from '../../programme/suppression/suppression.ts';
import { findSuppression } from '../../programme/suppression/suppression-repository.ts';
import { findDraftsDue, findLatestDraft, findLatestSent, findOpenDraft, settleDraftsDue } from '../outreach/draft-repository.ts';
import { findThread, findThreadsDue, settleThreadsDue } from '../outreach/thread-repository.ts';
import { findLastHeard, findRepliesDue, settleRepliesDue } from '../replies/reply-repository.ts';
import { stageOfCompany } from './stage-of-company.ts';

/** Writes where a company stands, from all that is stored of it. A consequence: it stops nothing and sends nothing, may run twice and at once, and
 *  until `settle` is called the sweep does it again. `changed`: it stands elsewhere than before. Refuses `company-unknown`. */
export async function noteStage(
  workspaceId: string,
  companyId: string,
  at: Date,
): Promise<{ changed: boolean; settle: () => Promise<void> }> {
  // Before anything else is read: what happens after that stays due.
  const [own, drafts, threads, replies] = await Promise.all([
    findCompanyDue(workspaceId, companyId),
    findDraftsDue(workspaceId, companyId),
    findThreadsDue(workspaceId, companyId),
    findRepliesDue(workspaceId, companyId),
  ]);
  const changed = await inRounds('noting a stage', async () => {
    const saved = await saveNow(workspaceId, companyId, at);
    // Null when somebody else wrote meanwhile: all is read again.
    return saved === null ? null : { done: saved };
  });
  const settle = async () => {
    await Promise.all([
      settleCompanyDue(workspaceId, own),
      settleDraftsDue(workspaceId, drafts),
      settleThreadsDue(workspaceId, threads),
      settleRepliesDue(workspaceId, replies),
    ]);
  };
  return { changed, settle };
}

async function saveNow(workspaceId: string, companyId: string, at: Date): Promise<boolean | null> {
  // The company first: its stage is only replaced if it is still the one that was read before the facts.
  const company = await getCompany(workspaceId, companyId);
  const [silence, open, sent, latest, heard] = await Promise.all([
    findSuppression(workspaceId, keysThatGate(company.domain)),
    findOpenDraft(workspaceId, companyId),
    findLatestSent(workspaceId, companyId),
    findLatestDraft(workspaceId, companyId),
    findLastHeard(workspaceId, companyId),
  ]);
  const thread = sent && (await findThread(workspaceId, sent.threadId));
  return saveStage(company, stageOfCompany({ company, silence, open, sent, latest, thread, heard }, at));
}
