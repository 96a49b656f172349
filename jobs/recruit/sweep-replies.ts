import { subHours, subMinutes } from 'date-fns';
import { z } from 'zod';
import { changedReplies, listUnsettledReplies, settleReplyTrails } from '../../src/recruit/replies/reply-repository.ts';
import { isShown } from '../../src/slack/post-repository.ts';
import { defineJob } from '../job.ts';
import { settleReplyJob } from './settle-reply.ts';
import { showReplyJob } from './show-reply.ts';

/** Picks up what a dead process left behind: replies from which nothing followed yet, and cards that are missing or show an older state. */
export const sweepReplies = defineJob({
  name: 'sweep-replies',
  payload: z.object({}),
  every: '30 seconds',
  run: async (_payload, { enqueue, now }) => {
    const at = now();
    for (const { workspaceId, id } of await listUnsettledReplies(at)) await enqueue(settleReplyJob, { workspaceId, replyId: id });
    for await (const { workspaceId, id, updatedAt } of changedReplies(subHours(at, 24), subMinutes(at, 1))) {
      if (!(await isShown(workspaceId, `reply:${id}`, updatedAt))) await enqueue(showReplyJob, { workspaceId, replyId: id });
    }
    await settleReplyTrails();
  },
});
