import { z } from 'zod';
import { understandReply } from '../../src/recruit/replies/understand-reply.ts';
import { defineJob } from '../job.ts';
import { showReplyJob } from './show-reply.ts';

/** Has the model read a reply that the rules could not tell, and brings its card up to date. While the model fails it is asked again, for some
 *  minutes; without an answer the reply stays not clear. Source: `createScheduler`. */
export const understandReplyJob = defineJob({
  name: 'understand-reply',
  payload: z.object({ workspaceId: z.string(), replyId: z.string() }),
  once: true,
  run: async ({ workspaceId, replyId }, { ask, enqueue, log, now }) => {
    if (!ask) return;
    const reply = await understandReply(workspaceId, replyId, { ask, now });
    if (!reply) return;
    log.info({ workspace: workspaceId, reply: replyId, kind: reply.kind }, 'reply understood by the model');
    await enqueue(showReplyJob, { workspaceId, replyId });
  },
});
