import { z } from 'zod';
import { Rewrite } from '../../src/recruit/outreach/draft.ts';
import { rewriteDraft } from '../../src/recruit/outreach/rewrite-draft.ts';
import { showDraftOrTell } from '../../src/slack/recruit/drafts.ts';
import { defineJob } from '../job.ts';
import { noteStageJob } from './note-stage.ts';

/** Writes a text otherwise, as somebody asked on its card, and shows the next version. */
export const rewriteDraftJob = defineJob({
  name: 'rewrite-draft',
  payload: z.object({ workspaceId: z.string(), draftId: z.string(), version: z.number().int(), how: Rewrite, by: z.string() }),
  once: true,
  run: async ({ workspaceId, ...request }, { ask, enqueue, log, now, publicUrl, slackFor }) => {
    const draft = await rewriteDraft(workspaceId, request, { ask, now, publicUrl });
    if (draft) await enqueue(noteStageJob, { workspaceId, companyId: draft.companyId, anew: false });
    await showDraftOrTell(await slackFor(workspaceId), workspaceId, request.draftId, now());
    log.info({ workspace: workspaceId, draft: request.draftId, how: request.how, changed: draft !== null }, 'draft rewritten');
  },
});
