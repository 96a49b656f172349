import { Refusal } from '../../errors.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { Partner } from './partner.ts';
import { getPartner } from './partner-repository.ts';
import { personOf } from './person-of.ts';

/** The partner that the actor acts for, as it is now. Where `partnerId` is given, by a form or a button, it must be their own. Refuses
 *  `partner-only` to everybody who is no person of it, colleagues included, and to whoever has left it; `partner-ended` once the partnership is
 *  over. */
export async function demandPartner(actor: Actor, partnerId?: string): Promise<Partner> {
  if (actor.kind !== 'partner') throw new Refusal('partner-only');
  if (partnerId !== undefined && partnerId !== actor.partnerId) throw new Refusal('partner-only');
  const partner = await getPartner(actor.workspaceId, actor.partnerId);
  const { isPresent } = personOf(partner, actor);
  if (!isPresent) throw new Refusal('partner-only');
  if (partner.status === 'ended') throw new Refusal('partner-ended', { name: partner.name });
  return partner;
}
