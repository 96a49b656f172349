import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import {
  LINK_RULES_SAVED,
  LINK_RULES_TITLE,
  linkRulesForm,
  REFERRAL_TITLE,
  referralDecided,
  referralForm,
  WEBHOOK_TITLE,
  webhookForm,
} from '../../../blocks/measure/link-forms.ts';
import { accrueSales } from '../../../jobs/measure/accrue-sales.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { decideReferral } from '../../measure/conversions/decide-referral.ts';
import {
  changeLinkRules,
  keepStripeSecret,
  LinkRulesGiven,
  makeWebhookSecret,
  openLinkRules,
  StripeSecret,
} from '../../measure/links/change-link-rules.ts';
import { lookAtLinks } from '../../measure/links/look-at-links.ts';
import { findSale } from '../../measure/sales/sale-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal, ownModal } from '../modal.ts';

/** *Settings* below the links, for admins. */
export const onOpenLinkRules =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, LINK_RULES_TITLE);
    const rules = await openLinkRules(await resolveActor(args), now());
    const { company } = await getProgramme(rules.workspaceId);
    await fillModal(args.client, opened, linkRulesForm(rules, company?.website ?? null));
  };

export const onChangeLinkRules =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const actor = await resolveActor(args);
    await openLinkRules(actor, now());
    const given = LinkRulesGiven.safeParse(formValues(args.view));
    if (!given.success) return args.ack({ response_action: 'errors', errors: formErrors(given.error) });
    await changeLinkRules(actor, given.data, now());
    await args.ack({ response_action: 'update', view: noticeModal(LINK_RULES_TITLE, LINK_RULES_SAVED) });
  };

/** *Webhook*, for admins: where conversions are sent to and what they are signed with. */
export const onOpenWebhook =
  ({ now, publicUrl }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, WEBHOOK_TITLE);
    await fillModal(args.client, opened, webhookForm(await openLinkRules(await resolveActor(args), now()), publicUrl));
  };

/** *Make a Secret*: it is shown in this answer alone. */
export const onMakeWebhookSecret =
  ({ dataKeys, now, publicUrl }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, WEBHOOK_TITLE);
    const { rules, secret } = await makeWebhookSecret(await resolveActor(args), dataKeys, now());
    await fillModal(args.client, opened, webhookForm(rules, publicUrl, { secret }));
  };

export const onKeepStripeSecret =
  ({ dataKeys, now, publicUrl }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const actor = await resolveActor(args);
    await openLinkRules(actor, now());
    const given = z.object({ stripe: StripeSecret }).safeParse(formValues(args.view));
    if (!given.success) return args.ack({ response_action: 'errors', errors: formErrors(given.error) });
    const rules = await keepStripeSecret(actor, given.data.stripe, dataKeys, now());
    await args.ack({ response_action: 'update', view: webhookForm(rules, publicUrl, { saved: true }) });
  };

/** *Count It* and *Do Not Count* ask why. */
export const onOpenCount = (deps: Deps) => (args: ButtonClick) => openReferral(args, true, deps);
export const onOpenNotCount = (deps: Deps) => (args: ButtonClick) => openReferral(args, false, deps);

async function openReferral(args: ButtonClick, counts: boolean, { now }: Deps): Promise<void> {
  await args.ack();
  const opened = await openModal(args, args.body.trigger_id, REFERRAL_TITLE);
  const actor = await resolveActor(args);
  await lookAtLinks(actor, '', now());
  const sale = await findSale(actor.workspaceId, args.action.value ?? '');
  if (!sale) throw new Refusal('sale-unknown');
  await fillModal(args.client, opened, referralForm(sale, counts));
}

const Metadata = z.object({ saleId: z.string().max(300), counts: z.boolean() });
const Reason = z.object({ because: z.string('Say why').trim().min(1, 'Say why').max(300, 'Shorten it') });

export const onDecideReferral =
  ({ enqueue, log, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = Reason.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, REFERRAL_TITLE);
    const actor = await resolveActor(args);
    const decided = { ...carried(Metadata, args.view.private_metadata), ...form.data };
    const { sale, changed } = await decideReferral(actor, decided, now());
    if (changed) {
      log.info({ workspace: actor.workspaceId, user: actor.userId, sale: sale.id, counts: decided.counts }, 'referral decided');
      await enqueue(accrueSales, {});
    }
    await fillModal(args.client, opened, noticeModal(REFERRAL_TITLE, referralDecided(decided.counts)));
  };
