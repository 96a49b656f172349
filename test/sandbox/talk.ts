import type { Person } from './cast.ts';
import { escaped } from './commands.ts';
import { postEvent } from './delivery.ts';
import { type Json, jsonOf, textOf } from './json.ts';
import { postMessage } from './messages.ts';
import { fine, type Outcome, refused } from './outcome.ts';
import { eventCallback, homeOpened, messageEvent } from './payloads.ts';
import { channelFor, dmOf, sourceOf, type World } from './world.ts';

/** Writes a message as a person, with `files` that were uploaded. The app hears of it when it is mentioned in a channel it is in, and of all direct messages. */
export async function say(
  world: World,
  actor: Person,
  channelId: string,
  typed: string,
  threadTs?: string,
  files: Json[] = [],
): Promise<Outcome> {
  const channel = channelFor(world, channelId, actor.id);
  if (!channel) return refused('You are not in that channel.');
  const text = escaped(world, typed);
  const thread = threadTs ? { thread_ts: threadTs } : {};
  const posted = await postMessage(world, { channel: channel.id, text, ...thread }, actor.id, files);
  if (!posted.ok) return refused(`The message was not sent: ${textOf(posted.error)}.`);
  const bot = world.cast.app.botUserId;
  const direct = channel.kind === 'dm';
  const heard = channel.members.includes(bot) && (direct || text.includes(`<@${bot}>`));
  if (!heard) return fine;
  const source = sourceOf(world, actor);
  const event = messageEvent(source, {
    type: direct ? 'message' : 'app_mention',
    message: { ...jsonOf(posted.message), files },
    channel: channel.id,
  });
  await postEvent(world, eventCallback(source, event, channel.shared));
  return fine;
}

/** Opens the app's Home tab, which asks the app to publish it. */
export async function openHome(world: World, actor: Person): Promise<Outcome> {
  const source = sourceOf(world, actor);
  const home = world.homes.get(actor.id);
  const event = homeOpened(source, { channel: dmOf(world, actor.id)?.id ?? '', view: home ? jsonOf(home) : null });
  await postEvent(world, eventCallback(source, event, false));
  return fine;
}
