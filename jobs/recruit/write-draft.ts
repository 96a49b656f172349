import { z } from 'zod';
import { writeDraft } from '../../src/recruit/outreach/write-draft.ts';
import { showDraftOrTell } from '../../src/slack/recruit/drafts.ts';
import { defineJob } from '../job.ts';

/** Writes the text of a draft and puts its card into the company's thread. */
export const writeDraftJob = defineJob({
  name: 'write-draft',
  payload: z.object({ workspaceId: z.string(), draftId: z.string() }),
  once: true,
  run: async ({ workspaceId, draftId }, { ask, log, now, publicUrl, slackFor }) => {
    // Written first, whether or not Slack can be asked: the sweep looks for drafts without a text.
    const draft = await writeDraft(workspaceId, draftId, { ask, now, publicUrl });
    await showDraftOrTell(await slackFor(workspaceId), workspaceId, draftId, now());
    if (draft.note) log.warn({ workspace: workspaceId, draft: draftId, note: draft.note.code }, 'the model wrote nothing usable');
    log.info({ workspace: workspaceId, draft: draftId, writer: draft.writer }, 'draft written');
  },
});
