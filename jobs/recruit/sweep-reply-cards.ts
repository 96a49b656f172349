import { subHours, subMinutes } from 'date-fns';
import { changedReplies, listUntold } from '../../src/recruit/replies/reply-repository.ts';
import { isShown } from '../../src/slack/post-repository.ts';
import { defineSweep } from '../job.ts';
import { showReplyJob } from './show-reply.ts';

/** Finds the cards of a day's replies that are missing or show an older state, and the replies of which nobody was told. */
export const sweepReplyCards = defineSweep({
  name: 'sweep-reply-cards',
  every: '30 seconds',
  find: async function* (at) {
    yield* changedReplies(subHours(at, 24), subMinutes(at, 1));
    for (const untold of await listUntold(subMinutes(at, 1))) yield { ...untold, updatedAt: null };
  },
  act: async ({ workspaceId, id, updatedAt }, { enqueue }) => {
    if (!updatedAt || !(await isShown(workspaceId, `reply:${id}`, updatedAt))) await enqueue(showReplyJob, { workspaceId, replyId: id });
  },
});
