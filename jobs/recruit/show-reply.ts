import { z } from 'zod';
import { getReply } from '../../src/recruit/replies/reply-repository.ts';
import { showReplyOrTell } from '../../src/slack/recruit/replies.ts';
import { defineJob } from '../job.ts';
import { noteStageJob } from './note-stage.ts';

/** Puts a reply into the company's thread, or brings its card up to date. */
export const showReplyJob = defineJob({
  name: 'show-reply',
  payload: z.object({ workspaceId: z.string(), replyId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, replyId }, { enqueue, now, slackFor }) => {
    const { companyId } = await getReply(workspaceId, replyId);
    await enqueue(noteStageJob, { workspaceId, companyId, anew: false });
    await showReplyOrTell(await slackFor(workspaceId), workspaceId, replyId, now());
  },
});
