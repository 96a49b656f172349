import { z } from 'zod';
import { Refusal } from '../../src/errors.ts';
import { showDigest } from '../../src/slack/discover/show-digest.ts';
import { defineJob } from '../job.ts';

/** Brings a digest's message up to date after a decision, or posts one that a dead process left behind. */
export const showDigestJob = defineJob({
  name: 'show-digest',
  payload: z.object({ workspaceId: z.string(), digestId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, digestId }, { log, now, slackFor }) => {
    try {
      await showDigest(await slackFor(workspaceId), workspaceId, digestId, now());
    } catch (error) {
      // The admins have heard from `post-digest` why; trying again at once changes nothing.
      if (!(error instanceof Refusal)) throw error;
      log.warn({ workspace: workspaceId, digest: digestId, code: error.code }, 'digest not shown');
    }
  },
});
