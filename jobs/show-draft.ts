import { z } from 'zod';
import { showDraftOrTell } from '../src/slack/outbound/drafts.ts';
import { defineJob } from './job.ts';

/** Brings a draft's card up to date. */
export const showDraftJob = defineJob({
  name: 'show-draft',
  payload: z.object({ workspaceId: z.string(), draftId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, draftId }, { now, slackFor }) => {
    await showDraftOrTell(await slackFor(workspaceId), workspaceId, draftId, now());
  },
});
