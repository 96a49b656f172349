import { z } from 'zod';
import { showReplyOrTell } from '../../src/slack/recruit/replies.ts';
import { defineJob } from '../job.ts';

/** Puts a reply into the company's thread, or brings its card up to date. */
export const showReplyJob = defineJob({
  name: 'show-reply',
  payload: z.object({ workspaceId: z.string(), replyId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, replyId }, { now, slackFor }) => {
    await showReplyOrTell(await slackFor(workspaceId), workspaceId, replyId, now());
  },
});
