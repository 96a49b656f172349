import { z } from 'zod';
import { plainAddress } from '../../src/programme/suppression/suppression.ts';
import { listThreadDrafts } from '../../src/recruit/outreach/draft-repository.ts';
import { findLiveThread } from '../../src/recruit/outreach/thread-repository.ts';
import { settleReply } from '../../src/recruit/replies/settle-reply.ts';
import { isUnread } from '../../src/recruit/replies/understand-reply.ts';
import { defineJob } from '../job.ts';
import { showDraftJob } from './show-draft.ts';
import { showReplyJob } from './show-reply.ts';
import { stopOutreach } from './stop-outreach.ts';
import { understandReplyJob } from './understand-reply.ts';

/** Does what follows from a reply where that is still due, and brings its card and those of its drafts up to date. */
export const settleReplyJob = defineJob({
  name: 'settle-reply',
  payload: z.object({ workspaceId: z.string(), replyId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, replyId }, { ask, enqueue, now }) => {
    const reply = await settleReply(workspaceId, replyId, now());
    const { threadId, companyId, kind, writtenTo } = reply;
    await enqueue(showReplyJob, { workspaceId, replyId });
    // Shown as it is meanwhile: nothing waits for the model.
    if (ask && isUnread(reply)) await enqueue(understandReplyJob, { workspaceId, replyId });
    // It may have stopped a later thread, too.
    const live = await findLiveThread(workspaceId, companyId);
    for (const thread of new Set([threadId, live?.id ?? threadId])) {
      const drafts = await listThreadDrafts(workspaceId, thread);
      // An answer that still waits says on its card that they wrote again.
      const changed = drafts.filter(({ kind: of, status }) => status === 'rejected' || (of === 'answer' && status === 'waiting'));
      for (const { id } of changed) await enqueue(showDraftJob, { workspaceId, draftId: id });
    }
    // The same person may be the contact of another thread, whose cards show it too.
    if (kind !== 'opt-out' && kind !== 'complaint') return;
    const what = { kind: 'address', value: plainAddress(writtenTo) } as const;
    await enqueue(stopOutreach, { workspaceId, because: kind, by: 'recipient', what });
  },
});
