import { subDays } from 'date-fns';
import { auditEntry } from '../../programme/audit/audit.ts';
import { DRAFT_DAYS, type Draft } from './draft.ts';
import { listStuckDrafts, rejectVersion } from './draft-repository.ts';
import { stopThread } from './stop-thread.ts';

/** Closes drafts of every workspace that nobody decided on for 14 days; what was planned after a touch stops. Returns those it closed. */
export async function lapseDrafts(at: Date): Promise<Draft[]> {
  const lapsed: Draft[] = [];
  const before = subDays(at, DRAFT_DAYS);
  const undecided = [...(await listStuckDrafts('waiting', before)), ...(await listStuckDrafts('failed', before))];
  for (const draft of undecided) {
    const { workspaceId, id, threadId, kind } = draft;
    const entry = auditEntry({ workspaceId, by: 'system', at, action: 'draft.lapse', subject: `draft:${id}`, before: draft.status });
    const closed = await rejectVersion(draft, ['waiting', 'failed'], { code: 'undecided', days: DRAFT_DAYS }, entry);
    if (!closed) continue;
    // As with a person's no: an answer that nobody wants says nothing of the touches.
    if (kind !== 'answer') await stopThread(workspaceId, threadId, { because: 'turned-down', by: 'system', at });
    lapsed.push(closed);
  }
  return lapsed;
}
