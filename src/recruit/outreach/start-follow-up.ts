import { addDays } from 'date-fns';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { demandAddressAllowed, demandCompanyAllowed } from './demand-contact-allowed.ts';
import type { Draft } from './draft.ts';
import { insertDraft } from './draft-repository.ts';
import { newDraft } from './new-draft.ts';
import { stopThread } from './stop-thread.ts';
import { MOST_TOUCHES, type Thread } from './thread.ts';
import { findThread, putOffTouch, startTouch } from './thread-repository.ts';

/** Opens the draft of a thread's next touch when it is due, or ends the thread when there is none left or the company is closed. Null when
 *  there is nothing to write; where the company has another draft open, the touch is due again a day later. It is a draft like any other:
 *  nothing leaves without a person. Safe to repeat. */
export async function startFollowUp(workspaceId: string, threadId: string, at: Date): Promise<Draft | null> {
  const thread = await findThread(workspaceId, threadId);
  if (thread?.status !== 'open' || !thread.nextTouchAt || thread.nextTouchAt > at) return null;
  const sent = thread.touches.filter(({ touch }) => touch > 0).length;
  const end = (because: 'no-answer' | 'decision') => stopThread(workspaceId, threadId, { because, by: 'system', at });
  if (sent >= MOST_TOUCHES) return end('no-answer').then(() => null);
  const closed = await closedBecause(thread);
  if (closed) return end('decision').then(() => null);

  const [company, { sender }] = await Promise.all([getCompany(workspaceId, thread.companyId), getProgramme(workspaceId)]);
  if (!sender) return null;
  const references = thread.touches.map(({ messageId }) => messageId);
  const next = { contact: thread.contact, sender, threadId, kind: 'follow-up', touch: sent + 1, references } as const;
  const draft = newDraft(company, next, 'system', at);
  const after = { companyId: company.id, threadId, touch: draft.touch };
  const entry = auditEntry({ workspaceId, by: 'system', at, action: 'draft.start', subject: `draft:${draft.id}`, after });
  const opened = await insertDraft(draft, entry);
  const isThis = opened.draft.threadId === threadId && opened.draft.touch === draft.touch;
  const until = isThis ? null : addDays(at, 1);
  const plan = auditEntry({ workspaceId, by: 'system', at, action: 'thread.plan', subject: `thread:${threadId}`, after: { until } });
  // Planned again when it is sent. While the company has another draft open it waits, because what becomes of that one plans nothing here.
  await (until ? putOffTouch(thread, until, plan) : startTouch(thread, plan));
  return isThis ? opened.draft : null;
}

async function closedBecause({ workspaceId, companyId, contact }: Thread): Promise<Refusal | null> {
  const [company, programme] = await Promise.all([getCompany(workspaceId, companyId), getProgramme(workspaceId)]);
  try {
    await demandCompanyAllowed(programme, company);
    await demandAddressAllowed(programme, contact.email);
    return company.decision?.kind === 'pursued' ? null : new Refusal('company-decided', { company: company.name });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
