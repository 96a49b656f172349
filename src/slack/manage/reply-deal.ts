import { z } from 'zod';
import { type Modal, noticeModal } from '../../../blocks/elements.ts';
import { ANSWER_TITLE, APPEAL_TITLE, answerForm, appealForm, LONGEST_WORDS } from '../../../blocks/manage/review-forms.ts';
import { repliedWords } from '../../../blocks/manage/review-outcome.ts';
import { tellDeal } from '../../../jobs/manage/tell-deal.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import type { Deal } from '../../manage/deals/deal.ts';
import { lookAtOwnDeal, type Reply, replied } from '../../manage/deals/decide-deal.ts';
import { CustomerDomain } from '../../manage/deals/typed-deal.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, pushModal } from '../modal.ts';

/** The buttons *Answer* and *Appeal*, for the partner's own people. `mayStill` refuses where there is nothing to say any more. */
const opensForm =
  (title: string, action: string, form: (about: { deal: Deal; metadata: string }) => Modal, mayStill: (deal: Deal) => void) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, title);
    const { deal } = await lookAtOwnDeal(await resolveActor(args), args.action.value ?? '', action, now());
    mayStill(deal);
    await fillModal(args.client, opened, form({ deal, metadata: JSON.stringify({ dealId: deal.id }) }));
  };

export const onOpenAnswer = opensForm(ANSWER_TITLE, 'deal.answer', answerForm, ({ status }) => {
  if (status !== 'needs-info') throw new Refusal('deal-unasked');
});
export const onOpenAppeal = opensForm(APPEAL_TITLE, 'deal.appeal', appealForm, ({ status, appealedAt }) => {
  if (appealedAt) throw new Refusal('deal-appealed');
  if (status !== 'rejected') throw new Refusal('deal-moved-on', { status });
});

const words = z.string('Write something').trim().max(LONGEST_WORDS, 'Shorten it');

/** With a website where one is asked for, and words where not. */
export const AnswerForm = z
  .object({ words: words.default(''), website: CustomerDomain })
  .refine(({ words, website }) => website !== null || words.length > 0, { path: ['words'], message: 'Write your answer' });
export const AppealForm = z.object({ words: words.min(10, 'Say in a sentence what speaks for you') });

export const onAnswerDeal =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = AnswerForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { words, website } = form.data;
    await reply(args, ANSWER_TITLE, { move: 'answer', words, website }, deps);
  };

export const onAppealDeal =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = AppealForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    await reply(args, APPEAL_TITLE, { move: 'appeal', ...form.data }, deps);
  };

const Metadata = z.object({ dealId: z.string() });

async function reply(args: ViewSubmission, title: string, said: Reply, { enqueue, now }: Deps): Promise<void> {
  const opened = await keepOpen(args, title);
  const actor = await resolveActor(args);
  const { dealId } = carried(Metadata, args.view.private_metadata);
  const { deal, changed } = await replied(actor, dealId, said, now());
  await enqueue(tellDeal, { workspaceId: actor.workspaceId, dealId });
  const typed = [said.words, 'website' in said ? said.website : null].filter(Boolean).join('\n');
  await fillModal(args.client, opened, noticeModal(title, repliedWords(deal, changed, typed)));
}
