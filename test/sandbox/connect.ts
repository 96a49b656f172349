/** What people of both companies do about a shared channel; what comes of it, and what the app is told, is Slack Connect's. */
import type { Person } from './cast.ts';
import { tell } from './changing-channels.ts';
import { inviteAccepted, inviteApproved, inviteDeclined } from './connect-events.ts';
import { type Invitation, isExpired, type Side } from './invitation.ts';
import type { Json } from './json.ts';
import { fine, type Outcome, refused } from './outcome.ts';
import { type Channel, changed, getPerson, guestTeamsOf, isExternal, openDirect, refreshChannel, type World } from './world.ts';

const GONE = 'This invitation is not open any more.';

/** Whoever has the invitation may accept it, also somebody it was passed on to. With `approval`, an admin of that side is asked first,
 *  unless the company is in the channel already. */
export async function acceptInvite(world: World, person: Person, invitation: Invitation, approval: Side | null = null): Promise<Outcome> {
  if (invitation.step !== 'sent') return refused(GONE);
  if (isExpired(invitation, world.appClock())) return refused('This invitation has expired.');
  if (!isExternal(world, person)) return refused(`You belong to ${world.cast.team.name} already.`);
  const channel = channelOf(world, invitation);
  if (channel.archived) return refused(GONE);
  const waitsFor = guestTeamsOf(world, channel).includes(person.teamId) ? null : approval;
  Object.assign(invitation, { step: 'accepted', acceptedBy: person.id, waitsFor });
  const event = inviteAccepted(world, { invitation, channel }, person);
  return waitsFor ? publish(world, channel, event) : join(world, invitation, channel, person, event);
}

/** Whom it was sent to says no. */
export async function declineInvite(world: World, person: Person, invitation: Invitation): Promise<Outcome> {
  if (invitation.step !== 'sent' || isExpired(invitation, world.appClock())) return refused(GONE);
  return decline(world, person, invitation);
}

/** An admin of the side that is asked says yes. Of the guest's company that is whoever accepted: the cast has no admin of it. */
export async function approveInvite(world: World, invitation: Invitation): Promise<Outcome> {
  const { acceptedBy, waitsFor } = invitation;
  if (!acceptedBy || !waitsFor) return refused(GONE);
  const person = getPerson(world, acceptedBy);
  const channel = channelOf(world, invitation);
  if (channel.archived) return refused(GONE);
  invitation.waitsFor = null; // whoever approves at the same moment is too late
  const event = inviteApproved(world, { invitation, channel }, adminOf(world, waitsFor, person));
  return join(world, invitation, channel, person, event);
}

export async function denyInvite(world: World, invitation: Invitation): Promise<Outcome> {
  const { acceptedBy, waitsFor } = invitation;
  if (!acceptedBy || !waitsFor) return refused(GONE);
  return decline(world, adminOf(world, waitsFor, getPerson(world, acceptedBy)), invitation);
}

/** Ends the sharing with a company: its people leave the channel, and we keep it. */
export async function unshare(world: World, channel: Channel, teamId: string): Promise<void> {
  for (const { id, teamId: theirs } of world.cast.people)
    if (theirs === teamId && channel.members.includes(id))
      await world.emulator.call('conversations.kick', { channel: channel.id, user: id });
  await refreshChannel(world, channel.id);
  const left = channelOf(world, { channel: channel.id });
  left.shared = guestTeamsOf(world, left).length > 0;
  await publish(world, left, {
    type: 'channel_unshared',
    previously_connected_team_id: teamId,
    channel: channel.id,
    is_ext_shared: left.shared,
  });
}

async function join(world: World, invitation: Invitation, before: Channel, person: Person, event: Json): Promise<Outcome> {
  const isNew = !guestTeamsOf(world, before).includes(person.teamId);
  const answer = await world.emulator.call('conversations.invite', { channel: before.id, users: person.id });
  if (!answer.ok) return refused(`Slack did not let you in: ${String(answer.error)}.`);
  await refreshChannel(world, before.id);
  const channel = channelOf(world, invitation);
  channel.shared = true;
  await openDirect(world, person.id);
  invitation.step = 'joined';
  await publish(world, channel, event);
  return isNew ? publish(world, channel, { type: 'channel_shared', connected_team_id: person.teamId, channel: channel.id }) : fine;
}

async function decline(world: World, person: Person, invitation: Invitation): Promise<Outcome> {
  Object.assign(invitation, { step: 'declined', waitsFor: null });
  const channel = channelOf(world, invitation);
  return publish(world, channel, inviteDeclined(world, { invitation, channel }, person));
}

async function publish(world: World, channel: Channel, event: Json): Promise<Outcome> {
  changed(world);
  await tell(world, channel.id, event);
  return fine;
}

function adminOf(world: World, side: Side, guest: Person): Person {
  return side === 'theirs' ? guest : (world.cast.people.find(({ owner }) => owner) ?? guest);
}

function channelOf(world: World, { channel }: Pick<Invitation, 'channel'>): Channel {
  const found = world.channels.get(channel);
  if (!found) throw new Error(`There is no channel ${channel}.`);
  return found;
}
