/** The Web API's methods that make and change channels: the emulator carries them out, Slack's rules it does not have are ours. */
import { postEvent } from './delivery.ts';
import { decorated } from './directory.ts';
import { type Json, jsonOf, textOf } from './json.ts';
import { eventCallback, idNow } from './payloads.ts';
import { type Channel, findPerson, guestTeamsOf, isExternal, meetsBot, refreshChannel, sourceOf, type World } from './world.ts';

/** Methods after which a channel's people, name or existence may differ. */
export const CHANGING = /^conversations\.(create|open|invite|kick|join|leave|rename|archive|unarchive)$/;

/** Carries a call out as the bot, or as the person whose id is given, and tells the app what Slack tells it of that. */
export async function changeChannel(world: World, method: string, args: Json, as?: string): Promise<Json> {
  const wrong = refusalOf(world, method, args);
  if (wrong) return { ok: false, error: wrong };
  const answer = await world.emulator.call(method, args, as);
  const id = textOf(jsonOf(answer.channel).id) || textOf(args.channel);
  if (!answer.ok || !id) return answer;
  await refreshChannel(world, id);
  const event = changeEvent(world, method, jsonOf(answer.channel), id, as ?? world.cast.app.botUserId);
  if (event) await tell(world, id, event, as === undefined);
  return answer.channel && method !== 'conversations.open' ? { ...answer, channel: decorated(world, jsonOf(answer.channel)) } : answer;
}

/** Sends an event about a channel. What the app itself has done it hears of beside its call, not before the call is answered. */
export async function tell(world: World, channelId: string, event: Json, unawaited = false): Promise<void> {
  const someone = world.cast.people[0];
  if (!someone) return;
  const shared = world.channels.get(channelId)?.shared ?? false;
  const sent = postEvent(world, eventCallback(sourceOf(world, someone), { ...event, event_ts: idNow() }, shared));
  if (!unawaited) await sent;
}

function refusalOf(world: World, method: string, args: Json): string | null {
  if (method === 'conversations.create' || method === 'conversations.rename') return nameError(textOf(args.name));
  return method === 'conversations.invite' ? inviteError(world, args) : null;
}

/** Source: docs.slack.dev/reference/methods/conversations.create, "Naming" and "Errors". */
function nameError(name: string): string | null {
  if (name === '') return 'invalid_name_required';
  if (name.length > 80) return 'invalid_name_maxlength';
  if (!/^[a-z0-9_-]+$/.test(name)) return 'invalid_name_specials';
  return /[a-z0-9]/.test(name) ? null : 'invalid_name_punctuation';
}

/** People of another company come in by `conversations.inviteShared`, until their company is there. */
function inviteError(world: World, args: Json): string | null {
  const channel = world.channels.get(textOf(args.channel));
  const guests = channel ? guestTeamsOf(world, channel) : [];
  for (const id of textOf(args.users).split(',')) {
    const person = findPerson(world, id.trim());
    if (!person || !isExternal(world, person)) continue;
    if (!meetsBot(world, person)) return 'user_not_found';
    if (!guests.includes(person.teamId)) return 'user_team_not_in_channel';
  }
  return null;
}

/** Slack names private channels groups in these two. */
function changeEvent(world: World, method: string, info: Json, id: string, user: string): Json | null {
  const noun = world.channels.get(id)?.kind === 'private' ? 'group' : 'channel';
  if (method === 'conversations.archive') return { type: `${noun}_archive`, channel: id, user, is_moved: 0 };
  if (method !== 'conversations.rename') return null;
  const { name, created } = info;
  return { type: `${noun}_rename`, channel: { id, name, name_normalized: name, created, is_channel: noun === 'channel', is_mpim: false } };
}

/** A channel goes by another id from now on; the old one is nobody's. Tells the app. */
export async function changeChannelId(world: World, from: string, to: string): Promise<void> {
  const channel = world.channels.get(from);
  if (!channel) throw new Error(`There is no channel ${from}.`);
  world.emulator.rename(from, to);
  moveChannel(world, channel, to);
  await tell(world, to, { type: 'channel_id_changed', old_channel_id: from, new_channel_id: to });
}

function moveChannel(world: World, channel: Channel, to: string): void {
  const from = channel.id;
  world.channels.delete(from);
  world.channels.set(to, Object.assign(channel, { id: to }));
  const placed = [world.messages, world.invitations, [...world.responseUrls.values()]].flat();
  for (const one of placed) if (one.channel === from) one.channel = to;
}
