import { auditEntry } from '../../programme/audit/audit.ts';
import { findCompanyByDomain } from '../../programme/companies/company-repository.ts';
import { keysOfAddress, type SuppressionKey } from '../../programme/suppression/suppression.ts';
import type { Draft, DraftStatus } from './draft.ts';
import type { ThreadEnd } from './draft-note.ts';
import { listOpenDrafts, listThreadDrafts, rejectVersion } from './draft-repository.ts';
import { voidApproval } from './outbox-repository.ts';
import { releaseSlots } from './send-slots-repository.ts';
import type { Thread } from './thread.ts';
import { endThread, findLiveThread, findThread, listLiveThreads, markReplied } from './thread-repository.ts';

/** A draft that may still be closed. One of unknown fate is left to the person who looks for it. */
const CLOSABLE: DraftStatus[] = ['writing', 'waiting', 'failed', 'approved'];

export type Stop = { because: ThreadEnd; by: string; at: Date };

/** Ends a thread and closes what was still to leave in it. Returns the drafts that were closed, whose cards now show an older state. Safe to
 *  repeat. */
export async function stopThread(workspaceId: string, threadId: string, stop: Stop): Promise<Draft[]> {
  const { because, by, at } = stop;
  const entry = auditEntry({ workspaceId, by, at, action: 'thread.end', subject: `thread:${threadId}`, after: { because } });
  await endThread(workspaceId, threadId, because, entry);
  return closeDrafts(await listThreadDrafts(workspaceId, threadId), stop);
}

/** Somebody answered: planned touches stop, a person goes on. So do those of the thread that runs now, when it is a later one of the same company
 *  and was open at `heardAt`; whoever opens one after that knows of the answer. */
export async function noteReply(workspaceId: string, threadId: string, at: Date, heardAt = at): Promise<Draft[]> {
  const answered = await findThread(workspaceId, threadId);
  const live = answered && (await findLiveThread(workspaceId, answered.companyId));
  const ids = new Set([threadId, ...(live && live.openedAt <= heardAt ? [live.id] : [])]);
  const closed: Draft[] = [];
  for (const id of ids) closed.push(...(await leaveToPerson(workspaceId, id, at)));
  return closed;
}

async function leaveToPerson(workspaceId: string, threadId: string, at: Date): Promise<Draft[]> {
  const entry = auditEntry({ workspaceId, by: 'recipient', at, action: 'thread.replied', subject: `thread:${threadId}` });
  await markReplied(workspaceId, threadId, entry);
  const drafts = await listThreadDrafts(workspaceId, threadId);
  const touches = drafts.filter(({ kind }) => kind !== 'answer');
  const answers = drafts.filter(({ kind, status }) => kind === 'answer' && status === 'approved');
  return [...(await closeDrafts(touches, { because: 'reply', by: 'system', at })), ...(await holdAnswers(answers, at))];
}

/** The team decided on a company, so outreach to it stops. */
export async function stopCompany(workspaceId: string, companyId: string, stop: Stop): Promise<Draft[]> {
  const thread = await findLiveThread(workspaceId, companyId);
  return thread ? stopThread(workspaceId, thread.id, stop) : [];
}

/** Stops every thread and closes every draft that an entry of the suppression list closes: by its contact's address, or by its company,
 *  wherever the contact's mailbox is. */
export async function stopSuppressed(workspaceId: string, key: SuppressionKey, stop: Stop): Promise<Draft[]> {
  const company = key.kind === 'address' ? null : await findCompanyByDomain(workspaceId, key.value);
  const isClosed = ({ contact, companyId }: Pick<Thread, 'contact' | 'companyId'>) => companyId === company?.id || isClosedBy(contact, key);
  const closed: Draft[] = [];
  for (const thread of (await listLiveThreads(workspaceId)).filter(isClosed))
    closed.push(...(await stopThread(workspaceId, thread.id, stop)));
  // Answers in threads that have ended, and answers to somebody else of the company.
  closed.push(...(await closeDrafts((await listOpenDrafts(workspaceId)).filter(isClosed), stop)));
  return closed;
}

function isClosedBy(contact: Thread['contact'], { kind, value }: SuppressionKey): boolean {
  return keysOfAddress(contact.email).some((key) => key.kind === kind && key.value === value);
}

/** They wrote again while an answer was about to leave: a person reads that first. */
async function holdAnswers(answers: Draft[], at: Date): Promise<Draft[]> {
  const held: Draft[] = [];
  for (const draft of answers) {
    const { workspaceId, id } = draft;
    const entry = auditEntry({ workspaceId, by: 'system', at, action: 'draft.take-back', subject: `draft:${id}`, before: draft.approval });
    const taken = await voidApproval(draft, { code: 'wrote-again' }, entry);
    if (!taken) continue;
    if (draft.approval) await releaseSlots(workspaceId, draft.approval.id);
    held.push(taken);
  }
  return held;
}

async function closeDrafts(drafts: Draft[], { because, by, at }: Stop): Promise<Draft[]> {
  const closed: Draft[] = [];
  for (const draft of drafts) {
    const { workspaceId } = draft;
    if (!CLOSABLE.includes(draft.status)) continue;
    const subject = `draft:${draft.id}`;
    const entry = auditEntry({ workspaceId, by, at, action: 'draft.close', subject, before: draft.status, after: { because } });
    const done = await rejectVersion(draft, CLOSABLE, { code: 'closed', because }, entry);
    if (!done) continue;
    // After the fact: one that a worker has claimed meanwhile keeps its slot and is counted.
    if (draft.approval) await releaseSlots(workspaceId, draft.approval.id);
    closed.push(done);
  }
  return closed;
}
