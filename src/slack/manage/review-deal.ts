import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Modal } from '../../../blocks/elements.ts';
import { noticeModal } from '../../../blocks/elements.ts';
import { REVIEW_TITLE, reviewModal, WHY_TITLE, whyModal } from '../../../blocks/manage/review-card.ts';
import { ASK_PARTNER_TITLE, askPartnerForm, LONGEST_WORDS, REJECT_TITLE, rejectForm } from '../../../blocks/manage/review-forms.ts';
import { decidedWords } from '../../../blocks/manage/review-outcome.ts';
import { tellDeal } from '../../../jobs/manage/tell-deal.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { type Deal, RejectionCode } from '../../manage/deals/deal.ts';
import { getDeal } from '../../manage/deals/deal-repository.ts';
import { type Decision, decideDeal } from '../../manage/deals/decide-deal.ts';
import type { Moved } from '../../manage/deals/move-deal.ts';
import { readDecisionTimes, readReview } from '../../manage/deals/read-review.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor, Need } from '../../programme/workspaces/role.ts';
import { resolveActor, slackPerson } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, ownModal, pushModal } from '../modal.ts';
import { originOf, tellAt } from '../origin.ts';

/** *Review*, in a list or a reminder: the card with its buttons, as it stands now. Colleagues see it, managers decide. */
export const onReviewDeal =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, REVIEW_TITLE);
    const actor = await resolveActor(args);
    const deal = await demandDeal(actor, args.action.value, { need: 'member', action: 'deal.review', at: now() });
    await fillModal(args.client, opened, await reviewPage(deal, actor, now()));
  };

/** *Why?*: the weights. */
export const onWhyDeal =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, WHY_TITLE);
    const actor = await resolveActor(args);
    const deal = await demandDeal(actor, args.action.value, { need: 'member', action: 'deal.why', at: now() });
    await fillModal(args.client, opened, whyModal(await readReview(deal, now())));
  };

export const onApproveDeal = (deps: Deps) => (args: ButtonClick) => decideByClick(args, { move: 'approve' }, deps);
export const onTakeDeal = (deps: Deps) => (args: ButtonClick) => decideByClick(args, { move: 'take' }, deps);

async function decideByClick(args: ButtonClick, decision: Decision, deps: Deps): Promise<void> {
  const { body, client } = args;
  await args.ack();
  const page = body.view ? await ownModal(args, REVIEW_TITLE) : null;
  const actor = await resolveActor(args);
  const { deal, changed } = await decided(client, actor, args.action.value ?? '', decision, deps);
  const words = decidedWords(deal, changed);
  if (page) return fillModal(client, page, await reviewPage(deal, actor, deps.now(), words));
  // The card says it to everybody; whoever was second hears why their click did nothing.
  if (!changed) await tellAt(client, actor, originOf(body), { text: words });
}

const Metadata = z.object({ dealId: z.string() });

const opensForm =
  (title: string, action: string, form: (about: { deal: Deal; metadata: string }) => Modal) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, title);
    const actor = await resolveActor(args);
    const deal = await demandDeal(actor, args.action.value, { need: 'manager', action, at: now() });
    await fillModal(args.client, opened, form({ deal, metadata: JSON.stringify({ dealId: deal.id }) }));
  };

export const onOpenRejectDeal = opensForm(REJECT_TITLE, 'deal.reject', rejectForm);
export const onOpenAskPartner = opensForm(ASK_PARTNER_TITLE, 'deal.ask', askPartnerForm);

const RejectForm = z
  .object({ code: RejectionCode, words: z.string().trim().max(LONGEST_WORDS, 'Shorten it').default('') })
  .refine(({ code, words }) => code !== 'other' || words.length >= 3, { path: ['words'], message: 'Say why: the partner reads it' });

export const onRejectDeal =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = RejectForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    await decideByForm(args, REJECT_TITLE, { move: 'reject', ...form.data }, deps);
  };

const AskForm = z.object({
  words: z.string('Write your question').trim().min(3, 'Write your question').max(LONGEST_WORDS, 'Shorten it'),
});

export const onAskPartner =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = AskForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    await decideByForm(args, ASK_PARTNER_TITLE, { move: 'ask', ...form.data }, deps);
  };

async function decideByForm(args: ViewSubmission, title: string, decision: Decision & { words: string }, deps: Deps): Promise<void> {
  const opened = await keepOpen(args, title);
  const actor = await resolveActor(args);
  const { dealId } = carried(Metadata, args.view.private_metadata);
  const { deal, changed } = await decided(args.client, actor, dealId, decision, deps);
  await fillModal(args.client, opened, noticeModal(title, decidedWords(deal, changed, decision.words)));
}

/** Where somebody else was first, the deal as it stands; the card follows either way. */
async function decided(client: WebClient, actor: Actor, dealId: string, decision: Decision, { enqueue, now }: Deps): Promise<Moved> {
  const { workspaceId, userId } = actor;
  const moved = await decideDeal(actor, dealId, decision, { byName: await nameOf(client, actor), at: now() }).catch(
    async (error: unknown): Promise<Moved> => {
      if (!(error instanceof Refusal) || error.code !== 'deal-moved-on') throw error;
      return { deal: await getDeal(workspaceId, dealId), changed: false };
    },
  );
  await enqueue(tellDeal, { workspaceId, dealId });
  // Pressed twice by the one who was first.
  const isOwn = !moved.changed && moved.deal.history.at(-1)?.by === userId && moved.deal.history.at(-1)?.move === decision.move;
  return isOwn ? { ...moved, changed: true } : moved;
}

/** As the partner is told who has it; Slack's name for them, empty where it has none. */
async function nameOf(client: WebClient, { workspaceId, userId }: Actor): Promise<string> {
  const person = await slackPerson(client, workspaceId, userId).catch(() => null);
  return person?.real_name ?? person?.profile?.real_name ?? '';
}

type Wanted = { need: Need; action: string; at: Date };

async function demandDeal(actor: Actor, value: string | undefined, { need, ...attempt }: Wanted): Promise<Deal> {
  await authorise(actor, need, { ...attempt, subject: `deal:${value ?? ''}` });
  return getDeal(actor.workspaceId, value ?? '');
}

async function reviewPage(deal: Deal, actor: Actor, at: Date, outcome = ''): Promise<Modal> {
  const [review, times] = await Promise.all([readReview(deal, at), readDecisionTimes(deal.workspaceId, at)]);
  return reviewModal(review, actor, times, outcome);
}
