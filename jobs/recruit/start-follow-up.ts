import { z } from 'zod';
import { startFollowUp } from '../../src/recruit/outreach/start-follow-up.ts';
import { defineJob } from '../job.ts';
import { writeDraftJob } from './write-draft.ts';

/** Drafts the next touch of a thread, for a person to approve. */
export const startFollowUpJob = defineJob({
  name: 'start-follow-up',
  payload: z.object({ workspaceId: z.string(), threadId: z.string() }),
  once: true,
  run: async ({ workspaceId, threadId }, { enqueue, log, now }) => {
    const draft = await startFollowUp(workspaceId, threadId, now());
    if (!draft) return;
    log.info({ workspace: workspaceId, draft: draft.id, touch: draft.touch }, 'follow-up started');
    await enqueue(writeDraftJob, { workspaceId, draftId: draft.id });
  },
});
