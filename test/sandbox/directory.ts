/** What the Web API says about people, channels and companies: the part of Slack Connect the emulator does not have. */
import { tzOffset } from '@date-fns/tz';
import type { Person } from './cast.ts';
import { isOpen } from './invitation.ts';
import { type Json, jsonOf, listOf, textOf } from './json.ts';
import { findPerson, guestTeamsOf, isExternal, meetsBot, type World } from './world.ts';

/** Without the address: the app does not ask for the scope that shows it. */
export function profileOf(person: Person): Json {
  const [first = '', ...last] = person.name.split(' ');
  return {
    title: person.title,
    real_name: person.name,
    real_name_normalized: person.name,
    display_name: person.handle,
    display_name_normalized: person.handle,
    first_name: first,
    last_name: last.join(' '),
    team: person.teamId,
    status_text: '',
    status_emoji: '',
  };
}

function userOf(world: World, person: Person): Json {
  const external = isExternal(world, person);
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.handle,
    real_name: person.name,
    deleted: false,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: tzOffset(person.timeZone, new Date()) * 60,
    profile: profileOf(person),
    is_bot: false,
    is_app_user: false,
    // Nothing is known here about another company's roles; Slack leaves those fields out for strangers and guests of a shared channel.
    ...(external
      ? { is_stranger: !meetsBot(world, person) }
      : {
          is_admin: person.owner,
          is_owner: person.owner,
          is_primary_owner: person.owner,
          is_restricted: false,
          is_ultra_restricted: false,
        }),
    updated: 0,
  };
}

function botOf({ cast: { app, team } }: World): Json {
  return {
    id: app.botUserId,
    team_id: team.id,
    name: app.name,
    real_name: app.name,
    deleted: false,
    is_bot: true,
    is_app_user: false,
    profile: { real_name: app.name, display_name: app.name, api_app_id: app.id, bot_id: app.botId },
  };
}

const unknownUser = { ok: false, error: 'user_not_found' };

export function usersInfo(world: World, args: Json): Json {
  if (args.user === world.cast.app.botUserId) return { ok: true, user: botOf(world) };
  const person = findPerson(world, textOf(args.user));
  return person ? { ok: true, user: userOf(world, person) } : unknownUser;
}

export function usersProfile(world: World, args: Json): Json {
  const person = findPerson(world, textOf(args.user));
  return person ? { ok: true, profile: profileOf(person) } : unknownUser;
}

/** People of other companies are not in the list, even those we share a channel with. */
export function usersList(world: World): Json {
  const members = world.cast.people.filter((person) => !isExternal(world, person)).map((person) => userOf(world, person));
  return { ok: true, members: [...members, botOf(world)], response_metadata: { next_cursor: '' } };
}

/** The facts of sharing, as Slack writes them: who is in, and who may come in. Whom an address belongs to is known once they accept. */
export function decorated(world: World, info: Json): Json {
  const channel = world.channels.get(textOf(info.id));
  const shared = channel?.shared ?? false;
  const home = world.cast.team.id;
  const guests = channel ? guestTeamsOf(world, channel) : [];
  const open = world.invitations.filter((one) => one.channel === channel?.id && isOpen(one, world.appClock()));
  const coming = open.map(({ acceptedBy, userId }) => findPerson(world, acceptedBy ?? userId ?? '')?.teamId);
  const pending = [...new Set(coming)].filter((team) => team !== undefined && !guests.includes(team));
  return {
    ...info,
    is_general: info.name === 'general',
    is_shared: shared,
    is_ext_shared: shared,
    is_org_shared: false,
    is_frozen: false,
    is_pending_ext_shared: coming.some((team) => team === undefined || !guests.includes(team)),
    pending_shared: pending,
    pending_connected_team_ids: pending,
    context_team_id: home,
    internal_team_ids: [],
    shared_team_ids: shared ? [home, ...guests] : [home],
    connected_team_ids: shared ? guests : [],
    conversation_host_id: home,
    num_members: channel?.members.length ?? info.num_members,
  };
}

export async function conversationsInfo(world: World, args: Json): Promise<Json> {
  const answer = await world.emulator.call('conversations.info', args);
  if (answer.ok) return { ...answer, channel: decorated(world, jsonOf(answer.channel)) };
  // A private channel the bot is not in is to it as if it did not exist.
  return answer.error === 'not_in_channel' ? { ok: false, error: 'channel_not_found' } : answer;
}

export async function conversationsList(world: World, args: Json): Promise<Json> {
  const answer = await world.emulator.call('conversations.list', args);
  const ours = listOf(answer.channels).filter((channel) => world.channels.has(textOf(channel.id)));
  return { ...answer, channels: ours.map((channel) => decorated(world, channel)) };
}

export async function conversationsMembers(world: World, args: Json): Promise<Json> {
  const answer = await world.emulator.call('conversations.members', args);
  return answer.ok ? { ...answer, members: world.channels.get(textOf(args.channel))?.members ?? [] } : answer;
}
