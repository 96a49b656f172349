import { listLostSends } from '../../src/recruit/outreach/outbox-repository.ts';
import { settleLostSend } from '../../src/recruit/outreach/settle-attempt.ts';
import { defineSweep } from '../job.ts';
import { sendDraft } from './send-draft.ts';
import { showDraftJob } from './show-draft.ts';

/** Settles drafts whose worker died while it was sending: tried again when nothing was handed over, else for a person to decide. */
export const sweepLostSends = defineSweep({
  name: 'sweep-lost-sends',
  every: '1 minute',
  find: listLostSends,
  act: async (lost, { enqueue, log, now }) => {
    const settled = await settleLostSend(lost, now());
    if (!settled) return;
    const { workspaceId, id, approval, status } = settled;
    if (status === 'unknown') log.warn({ workspace: workspaceId, draft: id }, 'nobody can tell whether a mail left');
    else if (approval) await enqueue(sendDraft, { workspaceId, draftId: id, approvalId: approval.id });
    await enqueue(showDraftJob, { workspaceId, draftId: id });
  },
});
