import { z } from 'zod';
import { END_TITLE, endForm } from '../../../blocks/onboard/partner-forms.ts';
import { pressable } from '../../../blocks/pressable.ts';
import { followProtection } from '../../../jobs/manage/follow-protection.ts';
import { showDeskJob } from '../../../jobs/onboard/show-desk.ts';
import type { Deps } from '../../deps.ts';
import { listHeld } from '../../manage/deals/protection-repository.ts';
import { endPartner, takeBackPartner } from '../../onboard/partners/move-partner.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, ownModal } from '../modal.ts';
import { originOf } from '../origin.ts';
import { answerAsker } from '../with-fallback.ts';
import { afterPartnerChange } from './after-partner-change.ts';
import { Metadata, partnerForm } from './edit-partner.ts';
import { PARTNER_TITLE, partnerAnswer, partnerModal, showAgain } from './show-partner.ts';

/** *End…* says what closes and what stays payable, and asks why. */
export const onOpenEnd = partnerForm(END_TITLE, 'partner.end', (partner, metadata) => endForm(partner, JSON.stringify(metadata)));

const EndForm = z.object({ because: z.string('Say why').trim().min(2, 'Say in a few words why').max(300) });

export const onEndPartner =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view } = args;
    const form = EndForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    await ack();
    const { partnerId, origin } = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    const { partner } = await endPartner(actor, partnerId, form.data.because, deps.now());
    deps.log.info({ workspace: actor.workspaceId, partner: partnerId }, 'partnership ended');
    await deps.enqueue(showDeskJob, { workspaceId: actor.workspaceId, partnerId });
    for (const dealId of await listHeld(actor.workspaceId, partnerId))
      await deps.enqueue(followProtection, { workspaceId: actor.workspaceId, dealId });
    await showAgain(args, { partner, actor, origin }, deps.now());
  };

/** *Take Back*: settled with the click, shown where it was clicked. */
export const onTakeBackPartner =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const page = args.body.view ? await ownModal(args, PARTNER_TITLE) : null;
    const actor = await resolveActor(args);
    const { partner } = await takeBackPartner(actor, args.action.value ?? '', deps.now());
    await afterPartnerChange(partner, deps);
    await deps.enqueue(showDeskJob, { workspaceId: actor.workspaceId, partnerId: partner.id });
    if (page) return fillModal(args.client, page, await partnerModal(partner, actor, originOf(args.body), deps.now()));
    const { text, blocks } = await partnerAnswer(partner, deps.now());
    await answerAsker(args, { text, blocks: pressable(blocks, actor) }, args.body.container.is_ephemeral === true);
  };
