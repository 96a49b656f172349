import type { Person } from './cast.ts';
import { postForm } from './delivery.ts';
import { isJson, parsed } from './json.ts';
import { fine, type Outcome, refused } from './outcome.ts';
import { commandPayload } from './payloads.ts';
import { answerTo, newResponseUrl } from './response-url.ts';
import { newTrigger } from './views.ts';
import { channelFor, isExternal, sourceOf, type World } from './world.ts';

/** `@handle` and `#channel` as ids, as Slack writes them when a message leaves the client. */
export function escaped(world: World, text: string): string {
  const { app, people } = world.cast;
  const users = new Map([[app.name, app.botUserId], ...people.map((person): [string, string] => [person.handle, person.id])]);
  const channels = new Map([...world.channels.values()].filter(({ kind }) => kind !== 'dm').map(({ id, name }) => [name, id]));
  return text
    .replace(/(?<![\w<|@])@([\w.-]*\w)/g, (typed, handle: string) => {
      // As people write it: “@Partnerships” is “@partnerships”.
      const id = users.get(handle.toLowerCase());
      return id ? `<@${id}>` : typed;
    })
    .replace(/(?<![\w<|#&])#([\w-]+)/g, (typed, name: string) => (channels.has(name) ? `<#${channels.get(name)}|${name}>` : typed));
}

/** A command's text also says the name: `<@U…|handle>`. */
function escapedForCommand(world: World, text: string): string {
  const { app, people } = world.cast;
  const handles = new Map([[app.botUserId, app.name], ...people.map((person): [string, string] => [person.id, person.handle])]);
  return escaped(world, text).replace(/<@(\w+)>/g, (whole, id: string) => (handles.has(id) ? `<@${id}|${handles.get(id)}>` : whole));
}

/** Types a slash command. Waits until the app has acknowledged it and what it answered in the response is shown. */
export async function typeCommand(world: World, actor: Person, channelId: string, typed: string): Promise<Outcome> {
  const [command = '', ...words] = typed.trim().split(' ');
  const channel = channelFor(world, channelId, actor.id);
  if (!channel) return refused('You are not in that channel.');
  if (isExternal(world, actor) || !world.cast.app.commands.includes(command)) {
    return refused(
      `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
    );
  }
  const responseUrl = newResponseUrl(world, channel.id, actor.id, null);
  const answer = await postForm(
    world,
    commandPayload(sourceOf(world, actor), {
      command,
      text: escapedForCommand(world, words.join(' ')),
      channel: { id: channel.id, name: channel.kind === 'dm' ? 'directmessage' : channel.name },
      triggerId: newTrigger(world, actor.id, null),
      responseUrl,
    }),
  );
  if (answer.failure) return refused(`${command} failed with the error "${answer.failure}"`);
  const body = isJson(parsed(answer.body)) ? parsed(answer.body) : { text: answer.body };
  if (!isJson(body) || answer.body.trim() === '') return fine;
  const target = { channel: channel.id, personId: actor.id, source: null, uses: 0, expiresAt: 0 };
  const error = await answerTo(world, target, body);
  return error ? refused(`${command} failed with the error "${error}"`) : fine;
}
