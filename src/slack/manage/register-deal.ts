import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewClosedAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { DEALS_SHOWN, DEALS_TITLE, DRAFT_KEPT, dealList, SHARED_SHOWN } from '../../../blocks/manage/deal-card.ts';
import { DEAL_TITLE, dealForm } from '../../../blocks/manage/deal-form.ts';
import { dealDone } from '../../../blocks/manage/deal-outcome.ts';
import { announceDeal } from '../../../jobs/manage/announce-deal.ts';
import type { Deps } from '../../deps.ts';
import { questionsIn } from '../../manage/deal-rules/deal-questions.ts';
import { getDealRules } from '../../manage/deal-rules/deal-rules-repository.ts';
import { TypedDeal } from '../../manage/deals/deal.ts';
import { readDecisionTimes } from '../../manage/deals/read-review.ts';
import { beginDeal, dealsOf, keepTyped, registerDeal } from '../../manage/deals/register-deal.ts';
import { sharedWith } from '../../manage/deals/share-deal.ts';
import { readDeal } from '../../manage/deals/typed-deal.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { whisper } from '../answer-error.ts';
import { carried, formValues } from '../form.ts';
import { type ButtonClick, type ViewSubmission, workspaceOf } from '../listener.ts';
import { fillModal, keepOpen, type OpenedModal, openModal, pushModal } from '../modal.ts';

/** *Register a Deal*, in the partner's channel or on a page of it; a colleague registers for the partner. */
export const onOpenDeal =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, DEAL_TITLE);
    const actor = await resolveActor(args);
    // The message may be of before their record was merged with another.
    const partnerId = actor.kind === 'partner' ? actor.partnerId : (args.action.value ?? '');
    await fillDeal(args.client, opened, actor, { partnerId, at: now() });
  };

/** The form, with what this person left unfinished. */
export async function fillDeal(
  client: WebClient,
  opened: OpenedModal,
  actor: Actor,
  { partnerId, at }: { partnerId: string; at: Date },
): Promise<void> {
  const { partner, ...form } = await beginDeal(actor, partnerId, at);
  await fillModal(client, opened, dealForm({ partnerId: partner.id, partnerName: partner.name, ...form }));
}

const Metadata = z.object({ partnerId: z.string(), dealId: z.uuid() });

/** What is typed so far. */
function typedIn(view: { state: Parameters<typeof formValues>[0]['state'] }): TypedDeal {
  return TypedDeal.catch({}).parse(formValues(view));
}

/** A country or a day was chosen: all that was typed until now is kept. */
export const onKeepDeal =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { view } = args.body;
    // Pressed in no form of ours, it names no deal: who sent it is refused like anybody.
    const ref = carried(Metadata.catch({ partnerId: '', dealId: '' }), view?.private_metadata);
    await keepTyped(actor, ref, view?.state ? typedIn({ state: view.state }) : {}, now());
  };

export type ViewClosed = SlackViewMiddlewareArgs<ViewClosedAction> & AllMiddlewareArgs;

/** Closed before it was sent: what Slack tells of it is kept with what was kept before, and the person hears that it is. */
export const onCloseDeal =
  ({ now }: Deps) =>
  async (args: ViewClosed): Promise<void> => {
    await args.ack();
    const { body, client, context, view } = args;
    const actor = await resolveActor({ body, client, context });
    const ref = carried(Metadata, view.private_metadata);
    const { partner, dealId, typed } = await beginDeal(actor, ref.partnerId, now());
    const before = dealId === ref.dealId ? typed : {};
    const kept = await keepTyped(actor, { partnerId: partner.id, dealId: ref.dealId }, { ...before, ...typedIn(view) }, now());
    if (kept) await whisper(client, { workspaceId: actor.workspaceId, user: actor.userId }, { text: DRAFT_KEPT });
  };

/** Faults are said beside their fields, and what was typed is kept all the same. */
export const onRegisterDeal =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, client, context, view } = args;
    const { extraFields } = await getDealRules(workspaceOf(context));
    const { said, wrong } = readDeal(typedIn(view), questionsIn({ extraFields }, Object.keys(view.state.values)), now());
    if (wrong) {
      await ack({ response_action: 'errors', errors: wrong });
      await keepTyped(await resolveActor(args), carried(Metadata, view.private_metadata), typedIn(view), now());
      return;
    }
    const opened = await keepOpen(args, DEAL_TITLE);
    const actor = await resolveActor(args);
    const ref = carried(Metadata, view.private_metadata);
    // Where it is refused, nothing is to be typed again.
    await keepTyped(actor, ref, typedIn(view), now());
    const done = await registerDeal(actor, ref, said, now());
    const { workspaceId, id: dealId } = done.deal;
    await enqueue(announceDeal, { workspaceId, dealId });
    await fillModal(client, opened, dealDone({ ...done, extraFields, times: await readDecisionTimes(workspaceId, now()) }));
  };

/** *My Deals*: what all of the partner's people have registered. */
export const onMyDeals =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, DEALS_TITLE);
    const actor = await resolveActor(args);
    const at = now();
    const { partner, deals, total } = await dealsOf(actor, args.action.value ?? '', DEALS_SHOWN, at);
    const shared = await sharedWith(actor, partner.id, SHARED_SHOWN, at);
    const times = await readDecisionTimes(actor.workspaceId, at);
    await fillModal(args.client, opened, dealList({ deals, total, shared, partnerId: partner.id, times, at }));
  };
