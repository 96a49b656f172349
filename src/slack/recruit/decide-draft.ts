import { noticeModal } from '../../../blocks/elements.ts';
import { changeContactForm } from '../../../blocks/recruit/contact-form.ts';
import { decisionNotice } from '../../../blocks/recruit/decision-notice.ts';
import { approveForm, editForm } from '../../../blocks/recruit/draft-forms.ts';
import { sendDraft } from '../../../jobs/recruit/send-draft.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { markNotSent, markSent, rejectDraft, releaseDraft, takeBackApproval } from '../../recruit/outreach/decide-draft.ts';
import { contentHash, DECIDABLE, type Draft, isInDoubt } from '../../recruit/outreach/draft.ts';
import { getDraft } from '../../recruit/outreach/draft-repository.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';
import { seenIn } from './draft-place.ts';

/** Approve asks once more, showing exactly what leaves; the decision falls in `views/approve-draft.ts`. */
export const onOpenApproval =
  ({ mailReady, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'Approve and send');
    const { draft, isOpen } = await readSeen(args, 'draft.approve', now());
    const view = isOpen ? approveForm(draft, contentHash(draft), mailReady) : noticeModal('Approve and send', decisionNotice(draft));
    await fillModal(args.client, opened, view);
  };

export const onOpenEdit =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'Edit draft');
    const { draft, isOpen } = await readSeen(args, 'draft.edit', now());
    const view = isOpen && !isInDoubt(draft) ? editForm(draft) : noticeModal('Edit draft', decisionNotice(draft));
    await fillModal(args.client, opened, view);
  };

export const onOpenContact =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'Contact');
    const { draft, isOpen } = await readSeen(args, 'draft.contact', now());
    const view = isOpen && !isInDoubt(draft) ? changeContactForm(draft) : noticeModal('Contact', decisionNotice(draft));
    await fillModal(args.client, opened, view);
  };

const settleWith =
  (settle: typeof rejectDraft) =>
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { draft, changed } = await settle(actor, seenIn(args.action.value), now());
    await enqueue(showDraftJob, { workspaceId: actor.workspaceId, draftId: draft.id });
    if (!changed) await args.respond({ response_type: 'ephemeral', replace_original: false, text: decisionNotice(draft) });
  };

export const onReject = settleWith(rejectDraft);
export const onMarkSent = settleWith(markSent);
export const onMarkNotSent = settleWith(markNotSent);
export const onTakeBack = settleWith(takeBackApproval);

/** A manager does not want to wait: queued at once. */
export const onRelease = (deps: Deps) => {
  const settle = settleWith(async (actor, seen, at) => {
    const released = await releaseDraft(actor, seen, at);
    const { id: draftId, workspaceId, approval } = released.draft;
    if (released.changed && approval) await deps.enqueue(sendDraft, { workspaceId, draftId, approvalId: approval.id });
    return released;
  });
  return settle(deps);
};

async function readSeen(args: ButtonClick, action: string, at: Date): Promise<{ draft: Draft; isOpen: boolean }> {
  const actor = await resolveActor(args);
  const { draftId, version } = seenIn(args.action.value);
  await authorise(actor, 'manager', { action, subject: `draft:${draftId}`, at });
  const draft = await getDraft(actor.workspaceId, draftId);
  return { draft, isOpen: draft.version === version && DECIDABLE.some((status) => status === draft.status) };
}
