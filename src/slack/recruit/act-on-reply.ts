import { z } from 'zod';
import { actions } from '../../../blocks/elements.ts';
import { escaped, section } from '../../../blocks/mrkdwn.ts';
import { cardWords, openDraftButton } from '../../../blocks/recruit/draft-page.ts';
import { correctForm, wholeMail } from '../../../blocks/recruit/reply-forms.ts';
import { settleReplyJob } from '../../../jobs/recruit/settle-reply.ts';
import { showReplyJob } from '../../../jobs/recruit/show-reply.ts';
import { stopOutreach } from '../../../jobs/recruit/stop-outreach.ts';
import { writeDraftJob } from '../../../jobs/recruit/write-draft.ts';
import type { Deps } from '../../deps.ts';
import type { Choice } from '../../discover/digest/decide-company.ts';
import { decideCandidate } from '../../onboard/partners/partner-of-company.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { startAnswer } from '../../recruit/outreach/start-answer.ts';
import { correctReply, silenceSender } from '../../recruit/replies/act-on-reply.ts';
import { type Reply, ReplyKind } from '../../recruit/replies/reply.ts';
import { getReply } from '../../recruit/replies/reply-repository.ts';
import { resolveActor } from '../actor.ts';
import { afterDecision } from '../discover/decide-company.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, openModal, ownModal } from '../modal.ts';
import { answerAsker } from '../with-fallback.ts';
import { cardPlace } from './drafts.ts';

/** *Draft Answer*: opened with the click, written by a job, shown in the same thread. */
export const onDraftAnswer =
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const { actor, reply } = await readReply(args, 'draft.start', now());
    const { workspaceId } = actor;
    const { draft, changed } = await startAnswer(actor, { ...reply, understoodAs: reply.kind }, now());
    await enqueue(writeDraftJob, { workspaceId, draftId: draft.id });
    if (changed) return;
    const words = `There is a draft to ${escaped(draft.contact.name)} already.`;
    const blocks = [
      section(`${words} ${cardWords(await cardPlace(args.client, draft))}`),
      actions(`open:${draft.id}`, openDraftButton(draft)),
    ];
    await answerAsker(args, { text: words, blocks }, false);
  };

const decideWith =
  (choiceOf: (reply: Reply) => Choice) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const { actor, reply } = await readReply(args, 'company.decide', deps.now());
    const { company } = await decideCandidate(actor, reply.companyId, choiceOf(reply), deps.now());
    await afterDecision(company, deps);
    await deps.enqueue(showReplyJob, { workspaceId: actor.workspaceId, replyId: reply.id });
  };

export const onReplyLater = decideWith(({ laterUntil }) => ({ kind: 'later', ...(laterUntil ? { until: laterUntil } : {}) }));
export const onSilenceCompany = decideWith(() => ({ kind: 'not-fit', reason: 'no-contact', note: 'As their reply asks' }));

export const onSilencePerson =
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { workspaceId, userId } = actor;
    const { reply, keys } = await silenceSender(actor, args.action.value ?? '', now());
    for (const what of keys) await enqueue(stopOutreach, { workspaceId, because: 'opt-out', by: userId, what });
    await enqueue(showReplyJob, { workspaceId, replyId: reply.id });
  };

/** Authorised before anything is read: an answer may tell what is in a mail. */
async function readReply(args: ButtonClick, action: string, at: Date): Promise<{ actor: Actor; reply: Reply }> {
  const actor = await resolveActor(args);
  const replyId = args.action.value ?? '';
  await authorise(actor, 'manager', { action, subject: `reply:${replyId}`, at });
  const reply = await getReply(actor.workspaceId, replyId);
  return { actor, reply };
}

/** *Show Whole Mail* and its pages. Mails are for those who may answer them. */
export const onShowReply =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, 'Whole mail');
    const actor = await resolveActor(args);
    const [replyId = '', page] = (args.action.value ?? '').split('|');
    await authorise(actor, 'manager', { action: 'reply.show', subject: `reply:${replyId}`, at: now() });
    const reply = await getReply(actor.workspaceId, replyId);
    await fillModal(args.client, opened, wholeMail(reply, Math.trunc(Number(page)) || 0));
  };

/** *It Is Something Else* asks what. */
export const onOpenCorrectReply =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'It is something else');
    const actor = await resolveActor(args);
    const replyId = args.action.value ?? '';
    await authorise(actor, 'manager', { action: 'reply.correct', subject: `reply:${replyId}`, at: now() });
    await fillModal(args.client, opened, correctForm(await getReply(actor.workspaceId, replyId)));
  };

const CorrectForm = z.object({ kind: z.enum(ReplyKind.options, 'Choose what it is') });
const Metadata = z.object({ replyId: z.string() });

/** Records what a reply means; what follows from it is done at once. */
export const onCorrectReply =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view } = args;
    const form = CorrectForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    await ack();
    const { replyId } = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    await correctReply(actor, replyId, form.data.kind, now());
    await enqueue(settleReplyJob, { workspaceId: actor.workspaceId, replyId });
  };
