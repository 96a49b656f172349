import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { Partner, PartnerStatus } from './partner.ts';
import { changePartnerNow } from './partner-repository.ts';

/** What a partner comes to by what happens; the end and the way back are for a person to say. */
type Onward = Exclude<PartnerStatus, 'invited' | 'ended'>;
const MOVES: Record<Exclude<PartnerStatus, 'ended'>, readonly Onward[]> = {
  invited: ['onboarding', 'active'],
  onboarding: ['active', 'quiet'],
  active: ['quiet'],
  quiet: ['active'],
};

type Moved = { partner: Partner; changed: boolean };

/** Moves a partner on: `onboarding` when somebody of theirs has come, `active` with a registration (the first is kept), `quiet` when they have gone
 *  silent. One that is there already, or further, stays as it is: safe to repeat. `by` is a Slack user id or `system`. Refuses `partner-unknown` and
 *  `partner-ended`. Tells nobody. */
export async function movePartner(workspaceId: string, partnerId: string, to: Onward, by: string, at: Date): Promise<Moved> {
  return changePartnerNow(workspaceId, partnerId, ({ status, name, firstRegistrationAt }) => {
    if (status === 'ended') throw new Refusal('partner-ended', { name });
    if (!MOVES[status].includes(to)) return null;
    const first = to === 'active' && !firstRegistrationAt ? { firstRegistrationAt: at } : {};
    return {
      set: { status: to, statusAt: at, ...first },
      entry: entryOf(workspaceId, partnerId, { by, at, action: 'partner.move', before: status, after: to }),
    };
  });
}

/** Ends the partnership, with the reason: from now on nothing of it is shown to their people. What they earned stays payable. Pressed twice, the
 *  first reason stands. Refuses `role-needed` and `partner-unknown`. */
export async function endPartner(actor: Actor, partnerId: string, because: string, at: Date): Promise<Moved> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'partner.end', subject: `partner:${partnerId}`, at });
  return changePartnerNow(workspaceId, partnerId, ({ status }) => {
    if (status === 'ended') return null;
    return {
      set: { status: 'ended', statusAt: at, endedBecause: because },
      entry: entryOf(workspaceId, partnerId, { by, at, action: 'partner.end', before: status, after: { because } }),
    };
  });
}

/** *Take Back*: the partnership goes on where its record says it was. Its companies leave the lists of candidates again. Refuses `role-needed` and
 *  `partner-unknown`. */
export async function takeBackPartner(actor: Actor, partnerId: string, at: Date): Promise<Moved> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'partner.take-back', subject: `partner:${partnerId}`, at });
  return changePartnerNow(workspaceId, partnerId, (partner) => {
    if (partner.status !== 'ended') return null;
    const { domains, endedBecause } = partner;
    const status = statusBefore(partner);
    return {
      set: { status, statusAt: at, endedBecause: '', domains },
      entry: entryOf(workspaceId, partnerId, { by, at, action: 'partner.take-back', before: { because: endedBecause }, after: status }),
    };
  });
}

function statusBefore({ firstRegistrationAt, people, teamIds }: Partner): PartnerStatus {
  if (firstRegistrationAt) return 'active';
  return teamIds.length > 0 || people.some(({ slack }) => slack) ? 'onboarding' : 'invited';
}

type Told = { by: string; at: Date; action: string; before: unknown; after: unknown };

function entryOf(workspaceId: string, partnerId: string, told: Told) {
  return auditEntry({ workspaceId, subject: `partner:${partnerId}`, ...told });
}
