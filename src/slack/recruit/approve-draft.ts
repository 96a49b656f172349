import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { decisionNotice } from '../../../blocks/recruit/decision-notice.ts';
import { sendDraft } from '../../../jobs/recruit/send-draft.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import type { Deps } from '../../deps.ts';
import { approveDraft } from '../../recruit/outreach/decide-draft.ts';
import { resolveActor } from '../actor.ts';
import type { ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen } from '../modal.ts';

const Seen = z.object({ draftId: z.string(), version: z.number().int(), hash: z.string() });

/** The decision. Whoever is second reads who was first; only the first queues the send. */
export const onApproveDraft =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { client, view } = args;
    await keepOpen(args, 'Approve and send');

    const actor = await resolveActor(args);
    const { draft, changed } = await approveDraft(actor, Seen.parse(JSON.parse(view.private_metadata)), now());
    const { workspaceId, id: draftId, approval } = draft;
    if (changed && approval) await enqueue(sendDraft, { workspaceId, draftId, approvalId: approval.id });
    if (changed) await enqueue(showDraftJob, { workspaceId, draftId });
    const words = changed
      ? 'Approved. It leaves as soon as their business hours and the day’s caps allow; the card in the thread shows what became of it.'
      : decisionNotice(draft);
    await fillModal(client, view, noticeModal('Approve and send', words));
  };
