import { subDays } from 'date-fns';
import { auditEntry } from '../../programme/audit/audit.ts';
import { DRAFT_DAYS, type Draft } from './draft.ts';
import { type DraftRef, getDraft, listStuckDrafts, rejectVersion } from './draft-repository.ts';
import { stopThread } from './stop-thread.ts';

/** Drafts of every workspace that nobody decided on for 14 days. */
export async function listLapsing(at: Date): Promise<DraftRef[]> {
  const before = subDays(at, DRAFT_DAYS);
  return [...(await listStuckDrafts('waiting', before)), ...(await listStuckDrafts('failed', before))];
}

/** Closes a draft that nobody decided on for 14 days; what was planned after a touch stops. Null when somebody did meanwhile. */
export async function lapseDraft(workspaceId: string, id: string, at: Date): Promise<Draft | null> {
  const draft = await getDraft(workspaceId, id);
  if (draft.updatedAt >= subDays(at, DRAFT_DAYS)) return null;
  const entry = auditEntry({ workspaceId, by: 'system', at, action: 'draft.lapse', subject: `draft:${id}`, before: draft.status });
  const closed = await rejectVersion(draft, ['waiting', 'failed'], { code: 'undecided', days: DRAFT_DAYS }, entry);
  if (!closed) return null;
  // As with a person's no: an answer that nobody wants says nothing of the touches.
  if (closed.kind !== 'answer') await stopThread(workspaceId, closed.threadId, { because: 'turned-down', by: 'system', at });
  return closed;
}
