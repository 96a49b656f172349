import { z } from 'zod';
import { showDigest } from '../src/slack/outbound/digests.ts';
import { defineJob } from './job.ts';

/** Brings a digest's message up to date after a decision, or posts one that a dead process left behind. */
export const showDigestJob = defineJob({
  name: 'show-digest',
  payload: z.object({ workspaceId: z.string(), digestId: z.string() }),
  run: async ({ workspaceId, digestId }, { now, slackFor }) => {
    await showDigest(await slackFor(workspaceId), workspaceId, digestId, now());
  },
});
