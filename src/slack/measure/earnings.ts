import { z } from 'zod';
import type { Modal } from '../../../blocks/elements.ts';
import { EARNINGS_SHOWN, EARNINGS_TITLE, earningsPage, earningWhyPage, WHY_TITLE } from '../../../blocks/measure/earnings-page.ts';
import type { Deps } from '../../deps.ts';
import { dealsOf } from '../../manage/deals/register-deal.ts';
import { earningsOf, whyEarned } from '../../measure/commissions/earnings.ts';
import { lookAtPayment } from '../../onboard/payment-details/give-payment.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal, ownModal, pushModal } from '../modal.ts';

/** *Earnings*: what the partner earned, and how it is paid. */
export const onShowEarnings =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, EARNINGS_TITLE);
    const actor = await resolveActor(args);
    await fillModal(args.client, opened, await pageFrom(actor, { partnerId: args.action.value ?? '', from: 0 }, deps));
  };

const Asked = z.object({ partnerId: z.string().max(100), from: z.number().int().min(0).max(1_000_000) });

/** *Older* and *Newer*, in place. */
export const onTurnEarnings =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, EARNINGS_TITLE);
    const actor = await resolveActor(args);
    await fillModal(args.client, opened, await pageFrom(actor, carried(Asked, args.action.value), deps));
  };

async function pageFrom(
  actor: Actor,
  { partnerId, from }: z.infer<typeof Asked>,
  { dataKeys, now }: Pick<Deps, 'dataKeys' | 'now'>,
): Promise<Modal> {
  const at = now();
  const { total } = await dealsOf(actor, partnerId, 1, at);
  const { details } = await lookAtPayment(actor, partnerId, at);
  const earnings = await earningsOf(actor, partnerId, { from, count: EARNINGS_SHOWN }, at);
  return earningsPage({ earnings, from, deals: total, details, keys: dataKeys });
}

/** *Why?* of one line, on top of the list. */
export const onWhyEarned =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, WHY_TITLE);
    const actor = await resolveActor(args);
    const asked = carried(z.object({ partnerId: z.string().max(100), source: z.string().max(200) }), args.action.value);
    await fillModal(args.client, opened, earningWhyPage(await whyEarned(actor, asked, now())));
  };
