import { z } from 'zod';
import { sendApproved } from '../../src/recruit/outreach/send-draft.ts';
import { defineJob } from '../job.ts';
import { showDraftJob } from './show-draft.ts';

/** Uses one approval. Run twice, it sends once: the approval is claimed first. */
export const sendDraft = defineJob({
  name: 'send-draft',
  payload: z.object({ workspaceId: z.string(), draftId: z.string(), approvalId: z.string() }),
  run: async ({ workspaceId, draftId, approvalId }, deps) => {
    const draft = await sendApproved(workspaceId, draftId, approvalId, deps);
    if (!draft) return;
    deps.log.info({ workspace: workspaceId, draft: draftId, status: draft.status }, 'approval used');
    await deps.enqueue(showDraftJob, { workspaceId, draftId });
  },
});
