import { EARNINGS_TITLE, earningsPage } from '../../../blocks/manage/earnings-page.ts';
import type { Deps } from '../../deps.ts';
import { dealsOf } from '../../manage/deals/register-deal.ts';
import { lookAtPayment } from '../../onboard/payment-details/give-payment.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';

/** *Earnings*: what was registered, and how the partner is paid. */
export const onShowEarnings =
  ({ dataKeys, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, EARNINGS_TITLE);
    const actor = await resolveActor(args);
    const partnerId = args.action.value ?? '';
    const { partner, total } = await dealsOf(actor, partnerId, 1, now());
    const { details } = await lookAtPayment(actor, partnerId, now());
    await fillModal(args.client, opened, earningsPage({ partner, deals: total, details, keys: dataKeys }));
  };
