/** What Slack tells the app of an invitation, as pure functions. Source: docs.slack.dev/reference/events/shared_channel_invite_accepted,
 *  …_approved and …_declined. */
import type { Person, Team } from './cast.ts';
import { profileOf } from './directory.ts';
import type { Invitation } from './invitation.ts';
import type { Json } from './json.ts';
import { type Channel, guestTeamsOf, type World } from './world.ts';

type About = { invitation: Invitation; channel: Channel };

const seconds = (ms: number): number => Math.floor(ms / 1000);

export function inviteAccepted(world: World, about: About, by: Person): Json {
  const approval_required = about.invitation.waitsFor !== null;
  return { type: 'shared_channel_invite_accepted', approval_required, ...common(world, about), accepting_user: userItem(by) };
}

export function inviteApproved(world: World, about: About, by: Person): Json {
  return {
    type: 'shared_channel_invite_approved',
    ...common(world, about),
    approving_team_id: by.teamId,
    approving_user: userItem(by),
  };
}

export function inviteDeclined(world: World, about: About, by: Person): Json {
  return {
    type: 'shared_channel_invite_declined',
    ...common(world, about),
    declining_team_id: by.teamId,
    declining_user: userItem(by),
  };
}

/** `teams_in_channel` are those that are in it at this moment: not yet the one that accepts. */
function common(world: World, { invitation, channel }: About): Json {
  const { id, createdAt, expiresAt, email, userId } = invitation;
  const { team, partnerTeams, app } = world.cast;
  const guests = guestTeamsOf(world, channel);
  return {
    invite: {
      id,
      date_created: seconds(createdAt),
      date_invalid: seconds(expiresAt),
      inviting_team: teamItem(team),
      inviting_user: { id: app.botUserId, team_id: team.id, name: app.name, updated: 0, profile: { real_name: app.name, team: team.id } },
      ...(email ? { recipient_email: email } : {}),
      ...(userId ? { recipient_user_id: userId } : {}),
    },
    channel: { id: channel.id, is_private: channel.kind === 'private', is_im: false, name: channel.name },
    teams_in_channel: [team, ...partnerTeams.filter((one) => guests.includes(one.id))].map(teamItem),
  };
}

function teamItem({ id, name, domain }: Team): Json {
  return { id, name, icon: {}, is_verified: false, domain, date_created: 0 };
}

function userItem(person: Person): Json {
  return { id: person.id, team_id: person.teamId, name: person.handle, updated: 0, profile: { ...profileOf(person), email: person.email } };
}
