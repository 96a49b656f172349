import { listUnsettledReplies } from '../../src/recruit/replies/reply-repository.ts';
import { defineSweep } from '../job.ts';
import { settleReplyJob } from './settle-reply.ts';

/** Picks up replies from which nothing followed yet. */
export const sweepReplies = defineSweep({
  name: 'sweep-replies',
  every: '30 seconds',
  find: (at) => listUnsettledReplies(at),
  act: ({ workspaceId, id }, { enqueue }) => enqueue(settleReplyJob, { workspaceId, replyId: id }),
});
