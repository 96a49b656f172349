import { z } from 'zod';
import { plainAddress } from '../../src/programme/suppression/suppression.ts';
import { listThreadDrafts } from '../../src/recruit/outreach/draft-repository.ts';
import { findLiveThread } from '../../src/recruit/outreach/thread-repository.ts';
import { settleReply } from '../../src/recruit/replies/settle-reply.ts';
import { defineJob } from '../job.ts';
import { showDraftJob } from './show-draft.ts';
import { showReplyJob } from './show-reply.ts';
import { stopOutreach } from './stop-outreach.ts';

/** Does what follows from a reply where that is still due, and brings its card and those of its drafts up to date. */
export const settleReplyJob = defineJob({
  name: 'settle-reply',
  payload: z.object({ workspaceId: z.string(), replyId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, replyId }, { enqueue, now }) => {
    const { threadId, companyId, kind, writtenTo } = await settleReply(workspaceId, replyId, now());
    await enqueue(showReplyJob, { workspaceId, replyId });
    // It may have stopped a later thread, too.
    const live = await findLiveThread(workspaceId, companyId);
    for (const thread of new Set([threadId, live?.id ?? threadId])) {
      const closed = (await listThreadDrafts(workspaceId, thread)).filter(({ status }) => status === 'rejected');
      for (const { id } of closed) await enqueue(showDraftJob, { workspaceId, draftId: id });
    }
    // The same person may be the contact of another thread, whose cards show it too.
    if (kind !== 'opt-out') return;
    const what = { kind: 'address', value: plainAddress(writtenTo) } as const;
    await enqueue(stopOutreach, { workspaceId, because: 'opt-out', by: 'recipient', what });
  },
});
