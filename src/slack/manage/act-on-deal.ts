import { addHours } from 'date-fns';
import { z } from 'zod';
import type { Modal } from '../../../blocks/elements.ts';
import { DEAL_RECORD_TITLE, LOG_TITLE, logForm, REVOKE_TITLE, revokeForm, WON_TITLE, wonForm } from '../../../blocks/manage/deal-record.ts';
import { followProtection } from '../../../jobs/manage/follow-protection.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import type { Deal } from '../../manage/deals/deal.ts';
import { type DemandedDeal, demandDeal } from '../../manage/deals/demand-deal.ts';
import { answerExtension, askExtension, closeByHand, logActivity, revokeDeal, withdrawDeal } from '../../manage/deals/protect-deal.ts';
import { readMoney } from '../../platform/money.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, ownModal, pushModal } from '../modal.ts';
import { dealView } from './show-deal.ts';

/** A button that does one thing to the deal it names, and then shows it as it is. Both sides hear of it from the job. */
const act =
  (change: (actor: Actor, dealId: string, at: Date) => Promise<unknown>) =>
  ({ enqueue, log, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, DEAL_RECORD_TITLE);
    const actor = await resolveActor(args);
    const dealId = args.action.value ?? '';
    await change(actor, dealId, now());
    log.info({ workspace: actor.workspaceId, deal: dealId, action: args.action.action_id }, 'deal changed');
    await enqueue(followProtection, { workspaceId: actor.workspaceId, dealId });
    await fillModal(args.client, opened, await dealView(actor, dealId, now()));
  };

export const onWithdrawDeal = act(withdrawDeal);
export const onAskExtension = act(askExtension);
export const onGrantExtension = act((actor, dealId, at) => answerExtension(actor, dealId, 'granted', at));
export const onLeaveAsItIs = act((actor, dealId, at) => answerExtension(actor, dealId, 'left', at));
export const onDealLost = act((actor, dealId, at) => closeByHand(actor, dealId, 'lose', at));

/** A form about one deal, on top of what holds its button. */
const open =
  (
    title: string,
    wanted: { need: 'member' | 'manager'; action: string },
    form: (deal: Deal, side: DemandedDeal['side'], at: Date) => Modal,
  ) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, title);
    const actor = await resolveActor(args);
    const { deal, side } = await demandDeal(actor, args.action.value ?? '', { ...wanted, at: now() });
    if (wanted.need === 'manager' && side !== 'team') throw new Refusal('internal-only');
    await fillModal(args.client, opened, form(deal, side, now()));
  };

export const onOpenLog = open(LOG_TITLE, { need: 'member', action: 'deal.log' }, (deal, side) => logForm(deal, side === 'team'));
export const onOpenRevoke = open(REVOKE_TITLE, { need: 'manager', action: 'deal.revoke' }, revokeForm);

export const onOpenWon = open(WON_TITLE, { need: 'manager', action: 'deal.win' }, (deal, _side, at) => wonForm(deal, at));

const Metadata = z.object({ dealId: z.string() });
const LogForm = z.object({ words: z.string('Say what was done').trim().min(3, 'Say in a few words what was done').max(500) });
const RevokeForm = z.object({ because: z.string('Say why').trim().min(3, 'Say in a few words why').max(500) });

export const onLogActivity =
  ({ now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = LogForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, DEAL_RECORD_TITLE);
    const actor = await resolveActor(args);
    const { dealId } = carried(Metadata, args.view.private_metadata);
    await logActivity(actor, dealId, form.data.words, now());
    await fillModal(args.client, opened, await dealView(actor, dealId, now()));
  };

export const onRevokeDeal =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = RevokeForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, DEAL_RECORD_TITLE);
    const actor = await resolveActor(args);
    const { dealId } = carried(Metadata, args.view.private_metadata);
    await revokeDeal(actor, dealId, { code: '', words: form.data.because }, now());
    await enqueue(followProtection, { workspaceId: actor.workspaceId, dealId });
    await fillModal(args.client, opened, await dealView(actor, dealId, now()));
  };

const WonForm = z.object({
  value: z
    .string()
    .nullish()
    .transform((typed, { addIssue }) => {
      const said = typed?.trim() ?? '';
      const money = said ? readMoney(said) : null;
      if (said && !money) addIssue({ code: 'custom', message: 'Give a number and its currency, such as 12,000 EUR' });
      return money;
    }),
  day: z.iso.date('Say on which day'),
});

/** *Close as Won*: with its final value and its day. */
export const onCloseWon =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = WonForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { value, day: closedOn } = form.data;
    // Today has begun up to 14 hours earlier in the east.
    if (new Date(closedOn) > addHours(now(), 14))
      return args.ack({ response_action: 'errors', errors: { day: 'That day is still to come' } });
    const opened = await keepOpen(args, DEAL_RECORD_TITLE);
    const actor = await resolveActor(args);
    const { dealId } = carried(Metadata, args.view.private_metadata);
    await closeByHand(actor, dealId, 'win', now(), { value, closedOn });
    await enqueue(followProtection, { workspaceId: actor.workspaceId, dealId });
    await fillModal(args.client, opened, await dealView(actor, dealId, now()));
  };
