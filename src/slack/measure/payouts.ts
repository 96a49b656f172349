import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { PAYOUT_TITLE, payoutBackForm, payoutPaidForm, payoutView } from '../../../blocks/measure/payout-view.ts';
import { payoutsPage } from '../../../blocks/measure/payouts-page.ts';
import { settlePayouts } from '../../../jobs/measure/settle-payouts.ts';
import type { Deps } from '../../deps.ts';
import { approvePayout, lookAtPayout, lookAtTakenBack, markPayoutPaid, takeBackPayout } from '../../measure/payouts/decide-payout.ts';
import { lookAtPayouts, makePayout } from '../../measure/payouts/make-payout.ts';
import { type Payout, PayoutStatus } from '../../measure/payouts/payout.ts';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, type OpenedModal, openModal, ownModal, pushModal } from '../modal.ts';

/** `/partners pay`, for managers. */
export async function payAnswer(actor: Actor, at: Date): Promise<{ text: string; blocks: KnownBlock[] }> {
  const { owed, payouts } = await lookAtPayouts(actor, at);
  const ids = owed.flatMap(({ statements, leftOut }) => [...statements, ...leftOut].map(({ partnerId }) => partnerId));
  return { text: 'Payouts', blocks: payoutsPage(owed, payouts, await namesOf(actor.workspaceId, ids)) };
}

async function namesOf(workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await listPartnersByIds(workspaceId, ids)).map(({ id, name }) => [id, name]));
}

/** A payout as it is shown, with the names of its partners. */
async function viewOf(payout: Payout, note = '', from = 0) {
  const ids = [...payout.statements, ...payout.leftOut].map(({ partnerId }) => partnerId);
  return payoutView(payout, await namesOf(payout.workspaceId, ids), note, from);
}

/** *Make a Payout*: a draft to review. While one is open, that one. */
export const onMakePayout =
  ({ log, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, PAYOUT_TITLE);
    const actor = await resolveActor(args);
    const { payout, changed } = await makePayout(actor, args.action.value ?? '', now());
    if (changed) log.info({ workspace: actor.workspaceId, user: actor.userId, payout: payout.id }, 'payout made');
    await fillModal(
      args.client,
      opened,
      await viewOf(payout, changed ? '' : 'This one was made already; finish it or take it back first.'),
    );
  };

export const onShowPayout =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, PAYOUT_TITLE);
    await fillModal(args.client, opened, await viewOf(await lookAtPayout(await resolveActor(args), args.action.value ?? '', now())));
  };

const Turned = z.object({ id: z.string().max(100), from: z.number().int().min(0) });

/** *Back* and *Next*, in place. */
export const onTurnPayout =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, PAYOUT_TITLE);
    const actor = await resolveActor(args);
    const { id, from } = carried(Turned, args.action.value);
    await fillModal(args.client, opened, await viewOf(await lookAtPayout(actor, id, now()), '', from));
  };

export const onApprovePayout =
  ({ log, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, PAYOUT_TITLE);
    const actor = await resolveActor(args);
    const { payout, changed } = await approvePayout(actor, args.action.value ?? '', now());
    if (changed) log.info({ workspace: actor.workspaceId, user: actor.userId, payout: payout.id }, 'payout approved');
    const waits = payout.status === 'draft' ? 'Your approval is noted. Another manager approves it too, in `/partners pay`.' : '';
    await fillModal(args.client, opened, await viewOf(payout, waits));
  };

/** *Mark as Paid* and *Take Back* ask for a reference and a reason. */
export const onOpenPaid =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PAYOUT_TITLE);
    const { payout, back } = await lookAtTakenBack(await resolveActor(args), args.action.value ?? '', now());
    await fillModal(args.client, opened, payoutPaidForm(payout, back));
  };

export const onOpenTakeBack =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PAYOUT_TITLE);
    await fillModal(args.client, opened, payoutBackForm(await lookAtPayout(await resolveActor(args), args.action.value ?? '', now())));
  };

const PaidMetadata = z.object({ payoutId: z.string(), knownBack: z.number().int().default(0) });
const Metadata = z.object({ payoutId: z.string(), status: PayoutStatus });
const Paid = z.object({ reference: z.string('Give the reference').trim().min(1, 'Give the reference').max(140, 'Shorten it') });
const Back = z.object({ because: z.string('Say why').trim().min(1, 'Say why').max(300, 'Shorten it') });

export const onMarkPaid =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = Paid.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, PAYOUT_TITLE);
    const actor = await resolveActor(args);
    const { payoutId: id, knownBack } = carried(PaidMetadata, args.view.private_metadata);
    await shown(args, opened, await markPayoutPaid(actor, { id, knownBack, ...form.data }, deps.now()), deps);
  };

export const onTakeBackPayout =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = Back.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, PAYOUT_TITLE);
    const actor = await resolveActor(args);
    const { payoutId: id, status } = carried(Metadata, args.view.private_metadata);
    await shown(args, opened, await takeBackPayout(actor, { id, status, ...form.data }, deps.now()), deps);
  };

async function shown(
  args: ViewSubmission,
  opened: OpenedModal,
  { payout, changed }: { payout: Payout; changed: boolean },
  { enqueue, log }: Deps,
): Promise<void> {
  if (changed) {
    log.info({ workspace: payout.workspaceId, user: args.body.user.id, payout: payout.id, status: payout.status }, 'payout decided');
    await enqueue(settlePayouts, {});
  }
  await fillModal(args.client, opened, await viewOf(payout));
}
