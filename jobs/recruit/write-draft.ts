import { z } from 'zod';
import { getDraft } from '../../src/recruit/outreach/draft-repository.ts';
import { writeDraft } from '../../src/recruit/outreach/write-draft.ts';
import { showDraftOrTell } from '../../src/slack/recruit/drafts.ts';
import { defineJob } from '../job.ts';
import { noteStageJob } from './note-stage.ts';

/** Writes the text of a draft and puts its card into the company's thread. */
export const writeDraftJob = defineJob({
  name: 'write-draft',
  payload: z.object({ workspaceId: z.string(), draftId: z.string() }),
  once: true,
  run: async ({ workspaceId, draftId }, { ask, enqueue, log, now, publicUrl, slackFor }) => {
    const { companyId } = await getDraft(workspaceId, draftId);
    await enqueue(noteStageJob, { workspaceId, companyId, anew: false });
    // Written first, whether or not Slack can be asked: the sweep looks for drafts without a text.
    const draft = await writeDraft(workspaceId, draftId, { ask, now, publicUrl });
    await enqueue(noteStageJob, { workspaceId, companyId, anew: false });
    await showDraftOrTell(await slackFor(workspaceId), workspaceId, draftId, now());
    if (draft.note) log.warn({ workspace: workspaceId, draft: draftId, note: draft.note.code }, 'the model wrote nothing usable');
    log.info({ workspace: workspaceId, draft: draftId, writer: draft.writer }, 'draft written');
  },
});
