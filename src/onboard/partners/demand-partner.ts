import { Refusal } from '../../errors.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor, Need } from '../../programme/workspaces/role.ts';
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

/** As `demandPartner`, and for colleagues who have the role `need`: what a partner's people do for themselves, the team may do for them. Refuses
 *  `role-needed` and, to everybody else, `internal-only`; both are recorded. */
export async function demandOwnOrTeam(
  actor: Actor,
  partnerId: string,
  { need, action, at }: { need: Need; action: string; at: Date },
): Promise<Partner> {
  if (actor.kind === 'partner') return demandPartner(actor, partnerId);
  await authorise(actor, need, { action, subject: `partner:${partnerId}`, at });
  const partner = await getPartner(actor.workspaceId, partnerId);
  if (partner.status === 'ended') throw new Refusal('partner-ended', { name: partner.name });
  return partner;
}
