import { RespondError } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { type Modal, modal } from '../../../blocks/elements.ts';
import { escaped } from '../../../blocks/mrkdwn.ts';
import { channelBlocks } from '../../../blocks/onboard/channel-part.ts';
import { checklistLine } from '../../../blocks/onboard/checklist-words.ts';
import { HISTORY_SHOWN, type PartnerFacts, partnerCard, partnerMessage } from '../../../blocks/onboard/partner-card.ts';
import { paymentLine, paymentReviewButton } from '../../../blocks/onboard/payment-card.ts';
import { pressable } from '../../../blocks/pressable.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { readChannel } from '../../onboard/channels/follow-channel.ts';
import { nameKeyOf, type Partner } from '../../onboard/partners/partner.ts';
import { findPartnersByName, getPartner } from '../../onboard/partners/partner-repository.ts';
import { findPayment } from '../../onboard/payment-details/payment-repository.ts';
import { listAudit } from '../../programme/audit/audit-repository.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { detailsPage, showCompany } from '../discover/company-pages.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, pushModal } from '../modal.ts';
import { type Origin, originOf, replaceCard, tellAt } from '../origin.ts';
import { draftView } from '../recruit/drafts.ts';
import { paperFacts } from './papers.ts';
import { readFacts } from './show-checklist.ts';

type Page = { text: string; blocks: KnownBlock[] };

export const PARTNER_TITLE = 'Partner';

/** `/partners show NAME`: the partner of exactly that name, other name or domain; else the company; else a partner whose name begins so. Refuses
 *  `company-unknown`. */
export async function showNamed(actor: Actor, name: string, now: Date): Promise<Page> {
  const { workspaceId } = actor;
  const [near] = await findPartnersByName(workspaceId, name, 1);
  if (near && isCalled(near, name)) return partnerAnswer(near, now);
  try {
    return await showCompany(workspaceId, name, now);
  } catch (error) {
    if (near && error instanceof Refusal && error.code === 'company-unknown') return partnerAnswer(near, now);
    throw error;
  }
}

function isCalled({ name, aliases, domains }: Partner, words: string): boolean {
  return [name, ...aliases].some((one) => nameKeyOf(one) === nameKeyOf(words)) || domains.includes(words.trim().toLowerCase());
}

/** What other parts say of a partner on its card. */
async function factsOf(partner: Partner, at: Date): Promise<PartnerFacts> {
  const { workspaceId, id } = partner;
  const [{ channel, invitation }, papers, checklist, payment, mailed] = await Promise.all([
    readChannel(workspaceId, partner),
    paperFacts(partner, at),
    readFacts(partner, at),
    findPayment(workspaceId, id),
    listAudit(workspaceId, { subject: `partner:${id}`, action: 'partner-mail.settle' }, 1),
  ]);
  const isUninvited =
    !partner.channel && !channel && !invitation && mailed.length === 0 && partner.people.every(({ slack }) => slack === null);
  const lines = { checklist: checklistLine(checklist), paymentDetails: paymentLine(payment) };
  const waiting = payment?.pending ? [paymentReviewButton({ partnerId: id, entryId: payment.pending.id }, 'Review Payment Details')] : [];
  const buttons = { papers: [...(papers.papers ?? []), ...waiting] };
  return { channel: channelBlocks(partner, channel, invitation), isUninvited, ...papers, ...buttons, ...lines };
}

async function whatIsKnown(partner: Partner, at: Date) {
  const { workspaceId, id } = partner;
  const [facts, history] = await Promise.all([factsOf(partner, at), listAudit(workspaceId, { subject: `partner:${id}` }, HISTORY_SHOWN)]);
  return { facts, history };
}

/** The record as a message that one person sees. */
export async function partnerAnswer(partner: Partner, at: Date): Promise<Page> {
  const { facts, history } = await whatIsKnown(partner, at);
  return { text: escaped(partner.name), blocks: partnerMessage(partner, facts, history) };
}

/** The record as a page of a modal. `origin`: where it was opened from. */
export async function partnerModal(partner: Partner, actor: Actor, origin: Origin, at: Date): Promise<Modal> {
  const { facts, history } = await whatIsKnown(partner, at);
  const here: Origin = { ...origin, page: { kind: 'partner', partnerId: partner.id } };
  return modal(PARTNER_TITLE, pressable(partnerCard(partner, facts, history), actor), { metadata: JSON.stringify(here) });
}

/** *Open Partner*, on top of the modal that holds the button. */
export const onOpenPartner =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PARTNER_TITLE);
    const actor = await resolveActor(args);
    const partnerId = args.action.value ?? '';
    await authorise(actor, 'member', { action: 'partner.open', subject: `partner:${partnerId}`, at: now() });
    // A card behind it stays as it is.
    const { responseUrl, ...origin } = originOf(args.body);
    await fillModal(args.client, opened, await partnerModal(await getPartner(actor.workspaceId, partnerId), actor, origin, now()));
  };

/** After a change: shows the record anew where the form was opened, on the page below it or on the card that one person sees. */
export async function showAgain(
  { client, view }: Pick<ViewSubmission, 'client' | 'view'>,
  { partner, actor, origin }: { partner: Partner; actor: Actor; origin: Origin },
  now: Date,
): Promise<void> {
  const { workspaceId } = actor;
  const { page, responseUrl } = origin;
  const below = view.previous_view_id;
  if (below && page) return fillModal(client, { id: below }, await pageAnew(page));
  if (!responseUrl) return;
  const answer = await partnerAnswer(partner, now);
  const shown = { ...answer, blocks: pressable(answer.blocks, actor) };
  // A private card takes answers for half an hour; after that the person gets it anew.
  await replaceCard(client, workspaceId, responseUrl, shown).catch((error: unknown) => {
    if (!(error instanceof RespondError)) throw error;
    return tellAt(client, actor, origin, shown);
  });

  async function pageAnew(shownBelow: NonNullable<Origin['page']>): Promise<Modal> {
    switch (shownBelow.kind) {
      case 'partner':
        return partnerModal(partner, actor, origin, now);
      case 'details':
        return detailsPage(await getCompany(workspaceId, shownBelow.companyId), origin, now);
      case 'draft':
        return draftView(client, workspaceId, shownBelow.draftId, now);
    }
  }
}
