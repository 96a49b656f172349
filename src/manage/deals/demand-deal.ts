import { Refusal } from '../../errors.ts';
import { demandOwnOrTeam, demandPartner } from '../../onboard/partners/demand-partner.ts';
import { getPartnerOnceMerged } from '../../onboard/partners/merge-partners.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { personOf } from '../../onboard/partners/person-of.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor, Need } from '../../programme/workspaces/role.ts';
import type { Deal } from './deal.ts';
import { findDeal, getDeal } from './deal-repository.ts';

/** A deal with the partner that registered it. `side`: a colleague, somebody of that partner, or of one that has another part in it. */
export type DemandedDeal = { deal: Deal; partner: Partner; side: 'team' | 'partner' | 'participant'; by: string; byName: string };
type Wanted = {
  need: Need;
  action: string;
  at: Date;
  /** Also for partners that have a part in it and did not register it. */
  evenParticipants?: true;
};

/** The one rule of access to a deal: a colleague with the role `need`, the people of the partner that registered it, and to look at it those of a
 *  partner with a part in it. Refuses `role-needed` and `internal-only`, which are recorded, `partner-only`, `partner-ended`, and `deal-unknown` for
 *  what is another's, as for what is not there. */
export async function demandDeal(actor: Actor, dealId: string, { need, action, at, evenParticipants }: Wanted): Promise<DemandedDeal> {
  const { workspaceId, userId: by } = actor;
  if (actor.kind !== 'partner') {
    await authorise(actor, need, { action, subject: `deal:${dealId}`, at });
    const deal = await getDeal(workspaceId, dealId);
    return { deal, partner: await getPartnerOnceMerged(workspaceId, deal.partnerId), side: 'team', by, byName: '' };
  }
  const own = await demandPartner(actor);
  const { name: byName } = personOf(own, actor);
  const deal = await findDeal(workspaceId, dealId);
  if (deal?.partnerId === own.id) {
    const partner = await demandOwnOrTeam(actor, own.id, { object: 'deal', need, action, at });
    return { deal, partner, side: 'partner', by, byName };
  }
  if (!deal || !evenParticipants || !deal.partners.some(({ partnerId }) => partnerId === own.id)) throw new Refusal('deal-unknown');
  return { deal, partner: own, side: 'participant', by, byName };
}
