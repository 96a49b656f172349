/** `conversations.inviteShared`. Source: docs.slack.dev/reference/methods/conversations.inviteShared. */
import { randomBytes } from 'node:crypto';
import { changeChannelId } from './changing-channels.ts';
import { isOpen, newInvitation } from './invitation.ts';
import { isJson, type Json, parsed, textOf } from './json.ts';
import { type Channel, changed, findPerson, meetsBot, type World } from './world.ts';

export async function inviteShared(world: World, args: Json): Promise<Json> {
  const channel = world.channels.get(textOf(args.channel));
  const emails = listed(args.emails).map((email) => email.toLowerCase());
  const userIds = listed(args.user_ids);
  const error = channelError(world, channel) ?? recipientError(world, channel, emails, userIds);
  if (error || !channel) return { ok: false, error: error ?? 'channel_not_found' };
  const open = world.invitations.some((one) => one.channel === channel.id && isOpen(one, world.appClock()));
  if (open) return { ok: false, error: 'connection_limit_exceeded_pending' };
  // A private channel of old gets a new id as soon as somebody begins to share it, whatever comes of that.
  if (channel.id.startsWith('G')) await changeChannelId(world, channel.id, channel.id.replace('G', 'C'));
  const id = `I${randomBytes(5).toString('hex').toUpperCase()}`;
  const externalLimited = String(args.external_limited ?? true) !== 'false';
  const [email = null, userId = null] = [emails[0], userIds[0]];
  world.invitations.push(newInvitation({ id, channel: channel.id, email, userId, externalLimited }, world.appClock()));
  changed(world);
  const link = emails.length > 0 && !externalLimited ? { conf_code: id, url: `${world.url}/` } : {};
  return { ok: true, invite_id: id, is_legacy_shared_channel: false, ...link };
}

function channelError(world: World, channel: Channel | undefined): string | null {
  const inside = channel?.members.includes(world.cast.app.botUserId);
  if (!channel || (!inside && channel.kind !== 'public')) return 'channel_not_found';
  if (channel.kind === 'dm') return 'invalid_channel_type';
  if (!inside) return 'not_in_channel';
  if (channel.archived) return 'channel_archived';
  return channel.name === 'general' ? 'cannot_share_mandatory_channel' : null;
}

function recipientError(world: World, channel: Channel | undefined, emails: string[], userIds: string[]): string | null {
  if (emails.length + userIds.length === 0) return 'recipients_not_specified';
  if (emails.length > 1) return 'too_many_emails';
  if (userIds.length > 1 || (emails.length > 0 && userIds.length > 0)) return 'invalid_arguments';
  const [email, userId] = [emails[0], userIds[0]];
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return 'invalid_email';
  const person = email === undefined ? findPerson(world, userId ?? '') : world.cast.people.find((one) => one.email === email);
  if (email === undefined && (!person || !meetsBot(world, person))) return 'user_not_found';
  return person && channel?.members.includes(person.id) ? 'already_in_channel' : null;
}

/** A list as clients send it: as JSON, or with commas. */
function listed(value: unknown): string[] {
  const list: unknown = isJson(value) ? [] : (parsed(value) ?? value);
  const items = Array.isArray(list) ? list.map(String) : textOf(list).split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
