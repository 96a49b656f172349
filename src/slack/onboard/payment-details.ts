import { z } from 'zod';
import { modal, noticeModal } from '../../../blocks/elements.ts';
import { PAYMENT_SAVED, PAYMENT_TITLE, paymentCard, paymentForm } from '../../../blocks/onboard/payment-card.ts';
import { askPayment } from '../../../jobs/onboard/ask-payment.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { getPartner } from '../../onboard/partners/partner-repository.ts';
import { confirmPayment, givePayment, lookAtPayment, reviewPayment, turnDownPayment } from '../../onboard/payment-details/give-payment.ts';
import { NewPayment } from '../../onboard/payment-details/payment-details.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, ownModal, pushModal } from '../modal.ts';
import { originOf, tellAt } from '../origin.ts';

/** *Payment Details*: asks how the partner is paid. */
export const onOpenPayment =
  ({ dataKeys, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PAYMENT_TITLE);
    const { partner } = await lookAtPayment(await resolveActor(args), args.action.value ?? '', now());
    // Said before anything is typed that could not be kept.
    if (dataKeys.length === 0) throw new Refusal('setting-missing', { name: 'DATA_KEY' });
    await fillModal(args.client, opened, paymentForm(partner));
  };

const Metadata = z.object({ partnerId: z.string() });

export const onGivePayment =
  ({ dataKeys, enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, client, view } = args;
    const form = NewPayment.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, PAYMENT_TITLE);
    const actor = await resolveActor(args);
    const { partnerId } = carried(Metadata, view.private_metadata);
    const { id: entryId } = await givePayment(actor, partnerId, form.data, dataKeys, now());
    await enqueue(askPayment, { workspaceId: actor.workspaceId, partnerId, entryId });
    await fillModal(client, opened, noticeModal(PAYMENT_TITLE, PAYMENT_SAVED));
  };

const Decision = z.object({ partnerId: z.string(), entryId: z.string() });

/** *Review* in the inbox and on the partner's card: what waits, with the buttons of its card. */
export const onReviewPayment =
  ({ dataKeys: keys, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PAYMENT_TITLE);
    const actor = await resolveActor(args);
    const about = carried(Decision, args.action.value);
    const details = await reviewPayment(actor, about, now());
    const partner = await getPartner(actor.workspaceId, about.partnerId);
    const { blocks } = paymentCard({ partner, entryId: about.entryId, details, keys });
    await fillModal(args.client, opened, modal(PAYMENT_TITLE, blocks));
  };

/** A second person confirms; whoever presses second sees how it ended. */
export const onConfirmPayment = (deps: Deps) => (args: ButtonClick) => decide(args, deps, confirmPayment);
export const onTurnDownPayment = (deps: Deps) => (args: ButtonClick) => decide(args, deps, turnDownPayment);

async function decide(args: ButtonClick, { dataKeys, enqueue, now }: Deps, rule: typeof confirmPayment): Promise<void> {
  await args.ack();
  const inModal = args.body.view?.type === 'modal' ? await ownModal(args, PAYMENT_TITLE) : null;
  const actor = await resolveActor(args);
  const about = carried(Decision, args.action.value);
  const { details } = await rule(actor, about, now());
  const partner = await getPartner(actor.workspaceId, about.partnerId);
  await enqueue(askPayment, { workspaceId: actor.workspaceId, ...about });
  const { text } = paymentCard({ partner, entryId: about.entryId, details, keys: dataKeys });
  if (inModal) return fillModal(args.client, inModal, noticeModal(PAYMENT_TITLE, text));
  await tellAt(args.client, actor, originOf(args.body), { text });
}
