import { z } from 'zod';
import { type Modal, modal } from '../../../blocks/elements.ts';
import { DEAL_RECORD_TITLE, type DealRecord, dealRecord } from '../../../blocks/manage/deal-record.ts';
import { pressable } from '../../../blocks/pressable.ts';
import type { Deps } from '../../deps.ts';
import { listOpportunitiesByIds } from '../../manage/crm/meet-repository.ts';
import { getDealRules } from '../../manage/deal-rules/deal-rules-repository.ts';
import { type DemandedDeal, demandDeal } from '../../manage/deals/demand-deal.ts';
import { uncoveredParts } from '../../measure/commissions/uncovered.ts';
import { saleIdOf } from '../../measure/sales/sale.ts';
import { findSale } from '../../measure/sales/sale-repository.ts';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, pushModal } from '../modal.ts';

/** *Open Deal*: all that whoever pressed it may know of the deal, on top of what holds the button. */
export const onShowDeal =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, DEAL_RECORD_TITLE);
    await fillModal(args.client, opened, await dealView(await resolveActor(args), chosenIn(args), now()));
  };

const Chosen = z.union([z.object({ value: z.string() }), z.object({ selected_option: z.object({ value: z.string() }) })]);

/** The deal that a button or a list names. */
function chosenIn({ action }: ButtonClick): string {
  const chosen = Chosen.parse(action);
  return 'value' in chosen ? chosen.value : chosen.selected_option.value;
}

/** The deal's page for one reader. Refuses what `demandDeal` does. */
export async function dealView(actor: Actor, dealId: string, at: Date): Promise<Modal> {
  const demanded = await demandDeal(actor, dealId, { need: 'member', action: 'deal.show', at, evenParticipants: true });
  const blocks = dealRecord(await recordFor(demanded, at));
  return modal(DEAL_RECORD_TITLE, demanded.side === 'team' ? pressable(blocks, actor) : blocks);
}

/** Who else is in it stays hidden from the partners unless a manager said otherwise. */
async function recordFor({ deal, partner, side }: DemandedDeal, at: Date): Promise<DealRecord> {
  const own = side === 'participant' ? deal.partners.find(({ partnerId }) => partnerId === partner.id) : undefined;
  const maySee = side === 'team' || own?.seesOthers === true;
  const noted = side === 'team' ? deal.notes.flatMap(({ partnerId }) => partnerId ?? []) : [];
  const ids = [...new Set([deal.partnerId, ...deal.partners.map(({ partnerId }) => partnerId), ...noted])];
  const { extraFields } = await getDealRules(deal.workspaceId);
  const labels = Object.fromEntries(extraFields.map(({ id, label }) => [id, label]));
  const named = maySee ? await listPartnersByIds(deal.workspaceId, ids) : [];
  const roles = new Map([[deal.partnerId, deal.role], ...deal.partners.map(({ partnerId, role }) => [partnerId, role] as const)]);
  const parts = named.flatMap(({ id, name }) => {
    const role = roles.get(id);
    return role ? [{ id, name, role }] : [];
  });
  const saleIds = deal.sales.flatMap(({ id, answer }) => (answer === 'other' ? [] : [id]));
  const sales = side === 'team' && saleIds.length > 0 ? await listOpportunitiesByIds(deal.workspaceId, saleIds) : [];
  const names = new Map(named.map(({ id, name }) => [id, name]));
  const sale = side === 'team' && deal.status === 'won' ? await findSale(deal.workspaceId, saleIdOf(deal)) : null;
  const uncovered = sale ? await uncoveredParts(sale) : [];
  const shown = { parts, names: side === 'team' ? names : new Map(), sales, labels, uncovered };
  return { deal, partner, reader: side, ...shown, role: own?.role ?? null, at };
}
