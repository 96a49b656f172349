import { Refusal } from '../../errors.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor, Need } from '../../programme/workspaces/role.ts';
import { mayShow, type Shown } from './may-show.ts';
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

/** As `demandPartner`, for what a partner's people alone do. A stranger's attempt is refused as `internal-only`, and recorded. */
export async function demandOwn(actor: Actor, { action, at }: { action: string; at: Date }): Promise<Partner> {
  if (actor.kind === 'stranger') await authorise(actor, 'member', { action, subject: 'partner:own', at });
  return demandPartner(actor);
}

/** What is asked for: to see it a colleague needs to be one, to change it perhaps more. `evenEnded`: the team goes on with it after the partnership. */
type Wanted = { object: Shown['object']; need: Need; action: string; at: Date; evenEnded?: true };

/** The one rule of access to what is a partner's: a colleague with the role `need` has any, a partner's person what `mayShow` lets them see. The
 *  answer is for them alone, so the place they ask in does not count. Refuses `role-needed` and `internal-only`, which are recorded, and what
 *  `demandPartner` refuses. */
export async function demandOwnOrTeam(actor: Actor, partnerId: string, { object, need, evenEnded, ...attempt }: Wanted): Promise<Partner> {
  const isPartners = actor.kind === 'partner';
  if (!isPartners) await authorise(actor, need, { ...attempt, subject: `partner:${partnerId}` });
  if (!mayShow({ object, partnerId }, { reader: actor, place: { kind: 'unclear' }, surface: 'modal' })) throw new Refusal('partner-only');
  if (isPartners) return demandPartner(actor);
  const partner = await getPartner(actor.workspaceId, partnerId);
  if (partner.status === 'ended' && !evenEnded) throw new Refusal('partner-ended', { name: partner.name });
  return partner;
}
