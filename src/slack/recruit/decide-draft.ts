import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { actions, noticeModal } from '../../../blocks/elements.ts';
import { section } from '../../../blocks/mrkdwn.ts';
import { changeContactForm } from '../../../blocks/recruit/contact-form.ts';
import { approveForm, decisionNotice, editForm } from '../../../blocks/recruit/draft-forms.ts';
import { approvedWords, DRAFT_TITLE, openDraftButton, rewritingPage, rewritingWords } from '../../../blocks/recruit/draft-page.ts';
import { rewriteDraftJob } from '../../../jobs/recruit/rewrite-draft.ts';
import { sendDraft } from '../../../jobs/recruit/send-draft.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { approveDraft, markNotSent, markSent, rejectDraft, releaseDraft, takeBackApproval } from '../../recruit/outreach/decide-draft.ts';
import { contentHash, DECIDABLE, type Draft, DraftText, isInDoubt, type Rewrite } from '../../recruit/outreach/draft.ts';
import { getDraft } from '../../recruit/outreach/draft-repository.ts';
import { editDraft } from '../../recruit/outreach/edit-draft.ts';
import { demandRewritable } from '../../recruit/outreach/rewrite-draft.ts';
import { resolveActor } from '../actor.ts';
import { whisper } from '../answer-error.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, type OpenedModal, ownModal, pushModal } from '../modal.ts';
import { answerAsker } from '../with-fallback.ts';
import { cardPlace, draftView, notesOf, seenIn } from './drafts.ts';
import { refreshBelow } from './open-draft.ts';

/** Approve asks once more, showing exactly what leaves; `onApproveDraft` decides. */
export const onOpenApproval =
  ({ mailReady, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, APPROVAL_TITLE);
    const { draft, isOpen } = await readSeen(args, 'draft.approve', now());
    const view = isOpen
      ? approveForm(draft, await notesOf(draft, now()), contentHash(draft), mailReady)
      : noticeModal(APPROVAL_TITLE, decisionNotice(draft));
    await fillModal(args.client, opened, view);
  };

export const onOpenEdit =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, 'Edit draft');
    const { draft, isOpen } = await readSeen(args, 'draft.edit', now());
    const view = isOpen && !isInDoubt(draft) ? editForm(draft) : noticeModal('Edit draft', decisionNotice(draft));
    await fillModal(args.client, opened, view);
  };

export const onOpenContact =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, 'Contact');
    const { draft, isOpen } = await readSeen(args, 'draft.contact', now());
    const view = isOpen && !isInDoubt(draft) ? changeContactForm(draft) : noticeModal('Contact', decisionNotice(draft));
    await fillModal(args.client, opened, view);
  };

const settleWith =
  (settle: typeof releaseDraft) =>
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const page = await pageOf(args);
    const actor = await resolveActor(args);
    const { draft, changed } = await settle(actor, seenIn(args.action.value), now());
    const { workspaceId, id: draftId } = draft;
    await enqueue(showDraftJob, { workspaceId, draftId });
    const words = changed ? '' : decisionNotice(draft);
    if (page) return fillModal(args.client, page, await draftView(args.client, workspaceId, draftId, now(), words));
    if (!changed) await args.respond({ response_type: 'ephemeral', replace_original: false, text: words });
  };

/** The draft's page, when the button is in it and not on a card: it has no `respond`, and errors are shown in it. */
async function pageOf(args: ButtonClick): Promise<OpenedModal | null> {
  return args.body.view?.type === 'modal' ? ownModal(args, DRAFT_TITLE) : null;
}

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

const SeenText = z.object({ draftId: z.string(), version: z.number().int(), hash: z.string() });

const APPROVAL_TITLE = 'Approve and send';
/** Slack waits three seconds; a decision that takes longer is shown in the form instead of closing it. */
const DECIDED_WITHIN_MS = 1_800;

/** The decision: the form closes, and the card below it shows what becomes of the draft. Whoever is second reads who was first; only the first
 *  queues the send. */
export const onApproveDraft =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, client, view } = args;
    const deciding = approveSeen(args, now());
    const isLate = (await Promise.race([deciding, pause(DECIDED_WITHIN_MS, 'late', { ref: false })])) === 'late';
    if (isLate) await keepOpen(args, APPROVAL_TITLE);
    const { draft, changed, userId } = await deciding;
    const show = (words: string) => fillModal(client, view, noticeModal(APPROVAL_TITLE, words));
    if (!changed && isLate) return show(decisionNotice(draft));
    if (!changed) return ack({ response_action: 'update', view: noticeModal(APPROVAL_TITLE, decisionNotice(draft)) });
    if (!isLate) await ack();
    const { workspaceId, id: draftId, approval } = draft;
    if (approval) await enqueue(sendDraft, { workspaceId, draftId, approvalId: approval.id });
    await enqueue(showDraftJob, { workspaceId, draftId });
    await refreshBelow(args, { workspaceId, draftId }, now());
    const place = await cardPlace(client, draft);
    if (isLate) return show(approvedWords(place));
    if (place.kind !== 'posted') await whisper(client, { workspaceId, user: userId }, { text: approvedWords(place) });
  };

async function approveSeen(args: ViewSubmission, at: Date) {
  const actor = await resolveActor(beforeAck(args));
  const seen = carried(SeenText, args.view.private_metadata);
  return { ...(await approveDraft(actor, seen, at)), userId: actor.userId };
}

const SeenVersion = z.object({ draftId: z.string(), version: z.number().int() });
const OVERTAKEN = 'Somebody changed or decided this draft meanwhile. Copy your text, close this, and edit the current version.';

/** Saves the next version. Saved before the acknowledgement, so that an overtaken edit keeps the typed text on the screen. */
export const onEditDraft =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view } = args;
    const form = DraftText.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(beforeAck(args));
    const seen = carried(SeenVersion, view.private_metadata);
    try {
      await editDraft(actor, seen, form.data, now());
    } catch (error) {
      if (error instanceof Refusal && error.code === 'draft-moved-on')
        return ack({ response_action: 'errors', errors: { body: OVERTAKEN } });
      throw error;
    }
    await ack();
    const { workspaceId } = actor;
    await enqueue(showDraftJob, { workspaceId, draftId: seen.draftId });
    await refreshBelow(args, { workspaceId, draftId: seen.draftId }, now());
  };

/** Asks for the text to be written otherwise. The job does it, because a model takes its time. */
const rewriteAs =
  (how: Rewrite) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const page = await pageOf(args);
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    const seen = seenIn(args.action.value);
    const draft = await demandRewritable(actor, { ...seen, how }, deps);
    await deps.enqueue(rewriteDraftJob, { workspaceId, ...seen, how, by: actor.userId });
    if (page) return fillModal(args.client, page, rewritingPage(draft));
    const text = rewritingWords(await cardPlace(args.client, draft));
    const blocks = [section(text), actions(`open:${draft.id}`, openDraftButton(draft))];
    await answerAsker(args, { text, blocks }, false);
  };

export const onShorter = rewriteAs('shorter');
export const onWarmer = rewriteAs('warmer');
export const onOtherAngle = rewriteAs('angle');
export const onWriteAgain = rewriteAs('again');
