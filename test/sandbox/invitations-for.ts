/** What one person sees of invitations in the page, and what they may do about them there. */
import type { Person } from './cast.ts';
import { acceptInvite, approveInvite, declineInvite, denyInvite } from './connect.ts';
import type { SandboxInvitation } from './contract.ts';
import { type Invitation, isExpired, type Side } from './invitation.ts';
import { type Outcome, refused } from './outcome.ts';
import { findPerson, isExternal, sourceOf, type World } from './world.ts';

type Step = SandboxInvitation['step'];

export function invitationsFor(world: World, person: Person): SandboxInvitation[] {
  return world.invitations.flatMap((invitation) => {
    const step = stepFor(world, invitation, person);
    const channel = world.channels.get(invitation.channel);
    if (!step || !channel) return [];
    const from = world.cast.team.name;
    const guest = findPerson(world, invitation.acceptedBy ?? '') ?? person;
    const to = sourceOf(world, guest).actorTeam.name;
    return [{ id: invitation.id, channel: channel.name, from, to, approver: invitation.waitsFor === 'ours' ? from : to, step }];
  });
}

/** Null where the person has nothing to do with it. */
function stepFor(world: World, invitation: Invitation, person: Person): Step | null {
  const { step, email, userId, acceptedBy, waitsFor } = invitation;
  if (step === 'sent' && (email === person.email || userId === person.id))
    return isExpired(invitation, world.appClock()) ? 'expired' : 'open';
  if (step !== 'accepted') return null;
  if (acceptedBy === person.id) return waitsFor === 'theirs' ? 'to-approve' : 'waits';
  return waitsFor === 'ours' && person.owner && !isExternal(world, person) ? 'to-approve' : null;
}

/** Carries out what a person chose in the page, if it is theirs to choose at this moment. */
export async function answerInvitation(world: World, person: Person, id: string, did: string, approval: string): Promise<Outcome> {
  const invitation = world.invitations.find((one) => one.id === id);
  const step = invitation && stepFor(world, invitation, person);
  if (!invitation || !step) return refused('This invitation is not open any more.');
  const answer = Object.hasOwn(ANSWERS, did) ? ANSWERS[did] : undefined;
  if (answer?.step !== step) return refused('That cannot be done with this invitation now.');
  return answer.act(world, person, invitation, approval === 'ours' || approval === 'theirs' ? approval : null);
}

type Act = (world: World, person: Person, invitation: Invitation, approval: Side | null) => Promise<Outcome>;

const ANSWERS: Record<string, { step: Step; act: Act }> = {
  accept: { step: 'open', act: acceptInvite },
  decline: { step: 'open', act: declineInvite },
  approve: { step: 'to-approve', act: (world, _person, invitation) => approveInvite(world, invitation) },
  deny: { step: 'to-approve', act: (world, _person, invitation) => denyInvite(world, invitation) },
};
