import { addDays } from 'date-fns';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import type { Draft } from './draft.ts';
import { markNoted } from './outbox-repository.ts';
import type { Thread } from './thread.ts';
import { findThread, recordTouch } from './thread-repository.ts';

/** A thread whose last message is not answered for so long has ended. */
export const WAIT_DAYS = 14;

/** Notes in its thread that a draft has left, and plans what comes next. Safe to repeat: a message counts once. */
export async function noteTouch(draft: Draft): Promise<Thread | null> {
  const { workspaceId, id: draftId, messageId, touch, sentAt } = draft;
  if (!sentAt || !messageId) return null;
  return inRounds('noting a touch', async () => {
    const thread = await findThread(workspaceId, draft.threadId);
    if (!thread || thread.touches.some((noted) => noted.draftId === draftId)) {
      await markNoted(draft);
      return { done: thread };
    }
    const after = { draftId, touch };
    const entry = auditEntry({
      workspaceId,
      by: 'system',
      at: draft.updatedAt,
      action: 'thread.touch',
      subject: `thread:${thread.id}`,
      after,
    });
    // Looked at again, also when it changed in between.
    const to = { wait: addDays(sentAt, WAIT_DAYS), contact: touch > 0 ? draft.contact : thread.contact };
    await recordTouch(thread, { draftId, messageId, touch, at: sentAt }, to, entry);
    return null;
  });
}
