import { z } from 'zod';
import { DEAL_RECORD_TITLE } from '../../../blocks/manage/deal-record.ts';
import { SHARE_TITLE, shareForm } from '../../../blocks/manage/share-form.ts';
import { tellDeal } from '../../../jobs/manage/tell-deal.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { DealRole } from '../../manage/deals/deal.ts';
import { demandDeal } from '../../manage/deals/demand-deal.ts';
import { shareDeal, unshareDeal } from '../../manage/deals/share-deal.ts';
import { getPartnerNamed } from '../../onboard/partners/partner-repository.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, ownModal, pushModal } from '../modal.ts';
import { dealView } from './show-deal.ts';

/** *Add Partner*, on a deal's card. */
export const onOpenShare =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, SHARE_TITLE);
    const actor = await resolveActor(args);
    const { deal, side } = await demandDeal(actor, args.action.value ?? '', { need: 'manager', action: 'deal.share', at: now() });
    if (side !== 'team') throw new Refusal('internal-only');
    await fillModal(args.client, opened, shareForm(deal));
  };

const Metadata = z.object({ dealId: z.string() });
const ShareForm = z.object({
  partner: z.string('Write its name').trim().min(1, 'Write its name').max(200),
  role: DealRole,
  sees: z.array(z.string()).default([]),
});

export const onShareDeal =
  ({ enqueue, log, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = ShareForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, DEAL_RECORD_TITLE);
    const actor = await resolveActor(args);
    const { dealId } = carried(Metadata, args.view.private_metadata);
    // Who may not share hears nothing of which partners there are.
    await demandDeal(actor, dealId, { need: 'manager', action: 'deal.share', at: now() });
    if (actor.kind === 'partner') throw new Refusal('internal-only');
    const { role, sees } = form.data;
    const { id: partnerId } = await getPartnerNamed(actor.workspaceId, form.data.partner);
    await shareDeal(actor, dealId, { partnerId, role, seesOthers: sees.includes('others') }, now());
    log.info({ workspace: actor.workspaceId, deal: dealId, partner: partnerId }, 'deal shared');
    await enqueue(tellDeal, { workspaceId: actor.workspaceId, dealId });
    await fillModal(args.client, opened, await dealView(actor, dealId, now()));
  };

const Part = z.object({ dealId: z.string(), partnerId: z.string() });

/** *Remove*, beside a partner's part. */
export const onUnshareDeal =
  ({ log, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, DEAL_RECORD_TITLE);
    const actor = await resolveActor(args);
    const { dealId, partnerId } = carried(Part, args.action.value);
    await unshareDeal(actor, dealId, partnerId, now());
    log.info({ workspace: actor.workspaceId, deal: dealId, partner: partnerId }, 'deal unshared');
    await fillModal(args.client, opened, await dealView(actor, dealId, now()));
  };
