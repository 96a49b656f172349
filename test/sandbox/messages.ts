import type { KnownBlock } from '@slack/types';
import { withIds } from './block-ids.ts';
import type { SandboxFile, SandboxMessage } from './contract.ts';
import { type Json, jsonOf, listOf, parsed, textOf } from './json.ts';
import { changed, refreshChannel, type World } from './world.ts';

/** The checker has read the blocks by now, so they are what Slack calls known. */
const known = (blocks: unknown): KnownBlock[] => listOf(blocks) as unknown[] as KnownBlock[];

/** Blocks may come as text (forms) or as JSON; ids are filled in as Slack fills them. */
export function withBlockIds(args: Json): Json {
  const blocks = parsed(args.blocks);
  return Array.isArray(blocks) ? { ...args, blocks: withIds(blocks) } : args;
}

function seen(args: Json, channel: string, ts: string, userId: string, onlyFor: string | null): SandboxMessage {
  return {
    channel,
    ts,
    threadTs: textOf(args.thread_ts) || null,
    userId,
    text: textOf(args.text),
    blocks: known(args.blocks),
    onlyFor,
    edited: false,
    files: [],
    pinned: false,
  };
}

/** Posts as the bot, or as a person when `as` is given; a person may add files. Returns Slack's answer. */
export async function postMessage(world: World, given: Json, as?: string, files: Json[] = []): Promise<Json> {
  const args = withBlockIds({ ...given, channel: textOf(given.channel).replace(/^#/, '') });
  // The emulator takes no message without words; Slack takes one with files.
  const worded = files.length > 0 && textOf(args.text) === '' ? { ...args, text: '\u200b' } : args;
  const answer = await world.emulator.call('chat.postMessage', worded, as);
  if (!answer.ok) return answer;
  const channel = textOf(answer.channel);
  if (!world.channels.has(channel)) await refreshChannel(world, channel);
  const message = jsonOf(answer.message);
  const posted = seen({ ...args, text: message.text }, channel, textOf(answer.ts), as ?? world.cast.app.botUserId, null);
  world.messages.push({ ...posted, files: files.map(shownFile) });
  changed(world);
  return as ? { ...answer, message: { ...message, text: args.text } } : { ...answer, message: byBot(world, message) };
}

/** Shows a message of the bot to one person. `asker` is set where Slack itself posts in answer to that person. */
export async function postEphemeral(world: World, given: Json, asker?: string): Promise<Json> {
  const args = withBlockIds(given);
  const answer = await world.emulator.call('chat.postEphemeral', args, asker);
  if (!answer.ok) return answer;
  const person = textOf(args.user);
  world.messages.push(seen(args, textOf(args.channel), textOf(answer.message_ts), world.cast.app.botUserId, person));
  changed(world);
  return answer;
}

export async function updateMessage(world: World, given: Json): Promise<Json> {
  const args = withBlockIds(given);
  const answer = await world.emulator.call('chat.update', args);
  if (!answer.ok) return answer;
  const message = jsonOf(answer.message);
  const stored = findMessage(world, textOf(args.channel), textOf(args.ts));
  if (stored) Object.assign(stored, { text: textOf(message.text), blocks: known(message.blocks), edited: true });
  changed(world);
  return { ...answer, message: byBot(world, message) };
}

/** `files.completeUploadExternal`: a file that is given a channel appears there as a message of the bot. */
export async function shareFiles(world: World, args: Json): Promise<Json> {
  const answer = await world.emulator.call('files.completeUploadExternal', args);
  const channel = textOf(args.channel_id);
  if (!answer.ok || !channel) return answer;
  const files = listOf(answer.files).map(shownFile);
  const ts = (Date.now() / 1000).toFixed(6);
  world.messages.push({ ...seen({ text: args.initial_comment }, channel, ts, world.cast.app.botUserId, null), files });
  changed(world);
  return answer;
}

function shownFile({ id, name, size }: Json): SandboxFile {
  return { id: textOf(id), name: textOf(name), size: Number(size ?? 0) };
}

export async function deleteMessage(world: World, args: Json): Promise<Json> {
  const answer = await world.emulator.call('chat.delete', args);
  if (answer.ok) forget(world, textOf(args.channel), textOf(args.ts));
  return answer;
}

/** Replaces what an ephemeral message shows; the emulator keeps none, so this is ours alone. */
export function replaceEphemeral(world: World, message: SandboxMessage, given: Json): void {
  const args = withBlockIds(given);
  Object.assign(message, { text: textOf(args.text), blocks: known(args.blocks), edited: true });
  changed(world);
}

export function forget(world: World, channel: string, ts: string): void {
  world.messages = world.messages.filter((message) => message.channel !== channel || message.ts !== ts);
  changed(world);
}

export function findMessage(world: World, channel: string, ts: string): SandboxMessage | undefined {
  return world.messages.find((message) => message.channel === channel && message.ts === ts);
}

/** What Slack adds to a message of an app. */
function byBot(world: World, message: Json): Json {
  const { app, team } = world.cast;
  return { ...message, bot_id: app.botId, app_id: app.id, team: team.id };
}

/** A stored message in the shape payloads carry. */
export function messageJson(world: World, message: SandboxMessage): Json {
  const { ts, text, blocks, threadTs, userId } = message;
  const base = { type: 'message', user: userId, ts, text, blocks, ...(threadTs ? { thread_ts: threadTs } : {}) };
  return userId === world.cast.app.botUserId ? byBot(world, base) : { ...base, team: world.cast.team.id };
}
