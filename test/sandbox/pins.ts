/** Pinned messages: the emulator keeps them, we show them in the page and tell the app when one is taken off. */
import { tell } from './changing-channels.ts';
import { type Json, listOf, textOf } from './json.ts';
import { findMessage, forget } from './messages.ts';
import { fine, type Outcome, refused } from './outcome.ts';
import { changed, getPerson, type World } from './world.ts';

export async function addPin(world: World, args: Json): Promise<Json> {
  const answer = await world.emulator.call('pins.add', args);
  if (answer.ok) mark(world, args, true);
  return answer;
}

/** Takes a pin off, as the bot or as the person whose id is given. */
export async function removePin(world: World, args: Json, as?: string): Promise<Json> {
  const channel = textOf(args.channel);
  const item = await pinned(world, channel, textOf(args.timestamp));
  const answer = await world.emulator.call('pins.remove', args, as);
  if (!answer.ok || !item) return answer;
  mark(world, args, false);
  const left = await pinsIn(world, channel);
  const message = findMessage(world, channel, textOf(args.timestamp));
  const event = {
    type: 'pin_removed',
    user: as ?? world.cast.app.botUserId,
    channel_id: channel,
    item,
    item_user: message?.userId ?? '',
    pin_count: String(left.length),
    pinned_info: { channel, pinned_by: item.created_by, pinned_ts: item.created },
    has_pins: left.length > 0,
  };
  await tell(world, channel, event, as === undefined);
  return answer;
}

/** Deletes a message for everybody: their own, or as the workspace's owner anybody's. Its pin goes with it, and no event says so. */
export async function deleteAs(world: World, personId: string, channel: string, ts: string): Promise<Outcome> {
  const message = findMessage(world, channel, ts);
  if (!message) return refused('That is no longer there.');
  const person = getPerson(world, personId);
  if (message.userId !== person.id && !person.owner)
    return refused('Only its author or an owner of the workspace can delete this message.');
  const author = message.userId === world.cast.app.botUserId ? undefined : message.userId;
  const answer = await world.emulator.call('chat.delete', { channel, ts }, author);
  if (!answer.ok) return refused(`The message was not deleted: ${textOf(answer.error)}.`);
  forget(world, channel, ts);
  return fine;
}

async function pinsIn(world: World, channel: string): Promise<Json[]> {
  return listOf((await world.emulator.call('pins.list', { channel })).items);
}

async function pinned(world: World, channel: string, ts: string): Promise<Json | undefined> {
  const items = await pinsIn(world, channel);
  return items.find(({ message }) => listOf([message])[0]?.ts === ts);
}

function mark(world: World, args: Json, on: boolean): void {
  const message = findMessage(world, textOf(args.channel), textOf(args.timestamp));
  if (message) message.pinned = on;
  changed(world);
}
