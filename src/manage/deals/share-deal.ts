import { Refusal } from '../../errors.ts';
import { demandOwnOrTeam } from '../../onboard/partners/demand-partner.ts';
import { getPartner } from '../../onboard/partners/partner-repository.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { Deal, DealNote, DealPart, DealRole } from './deal.ts';
import { changeDeal, type DealChange, getDeal, listSharedDeals } from './deal-repository.ts';
import { demandDeal } from './demand-deal.ts';
import { entryOf, type Moved } from './move-deal.ts';

/** Partners with a part in one deal, beside the one that registered it. */
export const MOST_PARTS = 10;

/** A manager gives another partner a part in a deal, or changes the part it has: each has one. Given again as it is, nothing changes.
 *  It hears of it from the job. Refuses what
 *  `demandDeal` does, `internal-only` to partners, `partner-unknown`, `partner-ended`, and `share-refused` with the reason: `own` for the partner
 *  that registered it, `full` when it has as many as it may. */
export async function shareDeal(actor: Actor, dealId: string, part: DealPart, at: Date): Promise<Moved> {
  const deal = await demandShared(actor, dealId, 'deal.share', at);
  const { name, status } = await getPartner(deal.workspaceId, part.partnerId);
  if (status === 'ended') throw new Refusal('partner-ended', { name });
  return changeParts(
    deal,
    ({ partnerId, partners }) => {
      const known = partners.findIndex((one) => one.partnerId === part.partnerId);
      if (part.partnerId === partnerId) throw new Refusal('share-refused', { why: 'own' });
      if (known < 0 && partners.length >= MOST_PARTS) throw new Refusal('share-refused', { why: 'full' });
      return known < 0 ? [...partners, part] : partners.with(known, part);
    },
    (seen) => {
      const what = seen.partners.some(({ partnerId }) => partnerId === part.partnerId) ? 'part-changed' : 'part-given';
      const note: DealNote = { what, by: actor.userId, byName: '', at, partnerId: part.partnerId, role: part.role };
      return { note, entry: entryOf(seen, 'share', { by: actor.userId, at }, part) };
    },
    { showDue: at },
  );
}

/** A manager takes the part back; of a partner that has none, nothing changes. Refuses what `demandDeal` does, and `internal-only` to partners. */
export async function unshareDeal(actor: Actor, dealId: string, partnerId: string, at: Date): Promise<Moved> {
  const deal = await demandShared(actor, dealId, 'deal.unshare', at);
  return changeParts(
    deal,
    ({ partners }) => partners.filter((one) => one.partnerId !== partnerId),
    (seen) => {
      const role = seen.partners.find((part) => part.partnerId === partnerId)?.role ?? null;
      const note: DealNote = { what: 'part-removed', by: actor.userId, byName: '', at, partnerId, role };
      return { note, entry: entryOf(seen, 'unshare', { by: actor.userId, at }, { partnerId }) };
    },
  );
}

async function demandShared(actor: Actor, dealId: string, action: string, at: Date): Promise<Deal> {
  const { deal, side } = await demandDeal(actor, dealId, { need: 'manager', action, at });
  if (side !== 'team') throw new Refusal('internal-only');
  return deal;
}

function changeParts(
  { workspaceId, id }: Deal,
  partsOf: (seen: Deal) => DealPart[],
  recordOf: (seen: Deal) => { note: DealNote; entry: ReturnType<typeof entryOf> },
  also: DealChange = {},
): Promise<Moved> {
  return inRounds<Moved>(`deal ${id}: parts`, async () => {
    const seen = await getDeal(workspaceId, id);
    const partners = partsOf(seen);
    if (JSON.stringify(partners) === JSON.stringify(seen.partners)) return { done: { deal: seen, changed: false } };
    const { note, entry } = recordOf(seen);
    const changed = await changeDeal(seen, { partners, notes: [...seen.notes, note], ...also }, { entry });
    return changed && { done: { deal: changed, changed: true } };
  });
}

/** A deal that another partner registered, as far as one with a part in it may know. */
export type SharedDeal = Pick<Deal, 'id' | 'company' | 'domain' | 'status'> & { role: DealRole };

/** The deals in which the partner has a part and which it did not register, newest first. Refuses what `demandOwnOrTeam` does. */
export async function sharedWith(
  actor: Actor,
  partnerId: string,
  count: number,
  at: Date,
): Promise<{ shared: SharedDeal[]; total: number }> {
  const partner = await demandOwnOrTeam(actor, partnerId, { object: 'deal', need: 'member', action: 'deal.list', at });
  const { deals, total } = await listSharedDeals(actor.workspaceId, partner.id, count);
  const shared = deals.flatMap(({ id, company, domain, status, partners }) => {
    const own = partners.find((part) => part.partnerId === partner.id);
    return own ? [{ id, company, domain, status, role: own.role }] : [];
  });
  return { shared, total };
}
