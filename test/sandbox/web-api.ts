import { CHANGING, changeChannel } from './changing-channels.ts';
import { conversationsInfo, conversationsList, conversationsMembers, usersInfo, usersList, usersProfile } from './directory.ts';
import { inviteShared } from './invite-shared.ts';
import { isJson, type Json, parsed, textOf } from './json.ts';
import { slackErrors } from './limits.ts';
import { deleteMessage, findMessage, postEphemeral, postMessage, shareFiles, updateMessage } from './messages.ts';
import { addPin, removePin } from './pins.ts';
import { openView, publishHome, pushView, updateView } from './views.ts';
import type { World } from './world.ts';

type Method = (world: World, args: Json) => Json | Promise<Json>;

/** Where we add to the emulator or stand in for it; every other method is passed on as it is. */
const METHODS: Record<string, Method> = {
  'users.info': usersInfo,
  'users.list': usersList,
  'users.profile.get': usersProfile,
  'conversations.info': conversationsInfo,
  'conversations.list': conversationsList,
  'conversations.members': conversationsMembers,
  'conversations.inviteShared': inviteShared,
  'pins.add': (world, args) => notIn(world, args) ?? addPin(world, args),
  'pins.remove': (world, args) => notIn(world, args) ?? removePin(world, args),
  'pins.list': (world, args) => notIn(world, args) ?? world.emulator.call('pins.list', args),
  'chat.postMessage': (world, args) => notIn(world, args) ?? postMessage(world, args),
  'chat.postEphemeral': (world, args) => notIn(world, args) ?? postEphemeral(world, args),
  'chat.update': updateMessage,
  'chat.delete': deleteMessage,
  'chat.getPermalink': permalink,
  'views.open': openView,
  'views.push': pushView,
  'views.update': updateView,
  'views.publish': publishHome,
  'files.info': fileInfo,
  'files.completeUploadExternal': shareFiles,
};

/** Methods that need a scope the app does not ask for. */
const UNGRANTED: Record<string, string> = {
  'users.lookupByEmail': 'users:read.email',
  'conversations.listConnectInvites': 'conversations.connect:manage',
  'conversations.approveSharedInvite': 'conversations.connect:manage',
  'conversations.declineSharedInvite': 'conversations.connect:manage',
};

export type ApiAnswer = { status: number; body: Json; headers: Record<string, string> };

/** Answers one Web API call of the app and keeps a record of it. */
export async function answerCall(world: World, method: string, given: Json, token: string): Promise<ApiAnswer> {
  const args = unpacked(given);
  const retryAfter = secondsLimited(world, method);
  const refusal = retryAfter > 0 ? { ok: false, error: 'ratelimited' } : refusalOf(world, method, args, token);
  const real = async () => carryOut(world, method, args);
  const body = refusal ?? (await (world.stubs.get(method)?.(args, real) ?? real()));
  world.calls.push({ method, args, response: body, at: Date.now() });
  return retryAfter > 0 ? { status: 429, body, headers: { 'retry-after': String(retryAfter) } } : { status: 200, body, headers: {} };
}

/** A form carries blocks and views as text; what is not JSON stays text, for the checker to refuse. */
function unpacked(args: Json): Json {
  const read = (value: unknown): unknown => (isJson(parsed(value)) || Array.isArray(parsed(value)) ? parsed(value) : value);
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, PACKED.has(name) ? read(value) : value]));
}

const PACKED = new Set(['blocks', 'view', 'attachments', 'metadata', 'files']);

function secondsLimited(world: World, method: string): number {
  return Math.max(0, Math.ceil(((world.rateLimits.get(method) ?? 0) - Date.now()) / 1000));
}

function refusalOf(world: World, method: string, args: Json, token: string): Json | null {
  if (token === '') return { ok: false, error: 'not_authed' };
  if (token !== world.cast.app.botToken) return { ok: false, error: 'invalid_auth' };
  if (Object.hasOwn(UNGRANTED, method)) return { ok: false, error: 'missing_scope', needed: UNGRANTED[method] };
  const wrong = slackErrors(method, args);
  return wrong && { ok: false, error: wrong.error, response_metadata: { messages: wrong.messages } };
}

async function carryOut(world: World, method: string, args: Json): Promise<Json> {
  const own = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (own) return own(world, args);
  if (CHANGING.test(method)) return changeChannel(world, method, args);
  return world.emulator.call(method, args);
}

/** The bot posts where it is a member; it is not asked for the scope that lets it post elsewhere. */
function notIn(world: World, args: Json): Json | null {
  const channel = world.channels.get(textOf(args.channel));
  if (!channel || channel.members.includes(world.cast.app.botUserId)) return null;
  return { ok: false, error: channel.kind === 'public' ? 'not_in_channel' : 'channel_not_found' };
}

/** A link that opens the message in the sandbox's page. */
function permalink(world: World, args: Json): Json {
  const channel = textOf(args.channel);
  const ts = textOf(args.message_ts);
  if (!world.channels.has(channel)) return { ok: false, error: 'channel_not_found' };
  if (!findMessage(world, channel, ts)) return { ok: false, error: 'message_not_found' };
  return { ok: true, channel, permalink: `${world.url}/#${channel}/p${ts.replace('.', '')}` };
}

/** Files given in a form belong to the person who gave them and are in no channel: the emulator shows them only to that person. */
function fileInfo(world: World, args: Json): Promise<Json> {
  return world.emulator.call('files.info', args, world.files.get(textOf(args.file)));
}
