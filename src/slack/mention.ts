import type { WebClient } from '@slack/web-api';
import { EXTERNAL_HELP } from '../../blocks/help.ts';
import { unescaped } from '../../blocks/mrkdwn.ts';
import type { Deps } from '../deps.ts';
import { resolveActor } from './actor.ts';
import { replyPrivately } from './answer-error.ts';
import type { SlackEvent } from './listener.ts';
import { answerDirectly, answerInChannel } from './onboard/desk-answers.ts';
import { offerImport } from './programme/offer-import.ts';
import { answerTyped, readTyped } from './run-command.ts';

/** `@Partnerships` in a channel, with a command's words or none. A colleague gets an answer that only they see; a partner's person, their
 *  desk's buttons; a stranger, a word that gives nothing away. Bots are not answered: two that answer each other never stop. */
export const onMention =
  (deps: Deps) =>
  async (args: SlackEvent<'app_mention'>): Promise<void> => {
    const { client, context, event } = args;
    if (event.bot_id) return;
    const actor = await resolveActor(args);
    const { channel, ts, thread_ts: threadTs } = event;
    if (actor.kind === 'partner') return answerInChannel(client, actor, { channel, ts, threadTs });
    if (actor.kind !== 'member') return replyOpenly(client, { channel, threadTs: threadTs ?? ts });
    const { workspaceId, userId: user } = actor;
    const typed = readTyped(unescaped(wordsBeside(event.text, context.botUserId ?? '')));
    await replyPrivately(client, { workspaceId, channel, user, threadTs }, await answerTyped(typed, actor, deps, channel));
  };

/** A direct message to the bot: a command's words, or a file that may be a list of companies. Edits, deletions and messages of bots are not
 *  questions. */
export const onMessage =
  (deps: Deps) =>
  async (args: SlackEvent<'message'>): Promise<void> => {
    const { client, event } = args;
    if (event.channel_type !== 'im') return;
    if (event.subtype !== undefined && event.subtype !== 'file_share') return;
    if ('bot_id' in event && event.bot_id) return;
    const actor = await resolveActor(args);
    const { channel, thread_ts: threadTs } = event;
    if (actor.kind === 'partner') return answerDirectly(client, actor);
    if (actor.kind !== 'member') return replyOpenly(client, { channel, threadTs });
    const { workspaceId, userId: user } = actor;
    if (event.subtype === 'file_share') return offerImport(client, event, actor, deps.now());
    const typed = readTyped(unescaped(event.text ?? ''));
    await replyPrivately(client, { workspaceId, channel, user, threadTs }, await answerTyped(typed, actor, deps));
  };

/** What follows the mention of the bot, or else what stands before it. */
function wordsBeside(text: string, botUserId: string): string {
  const [before = '', ...after] = text.split(new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>`));
  return after.join(' ').trim() || before;
}

/** What everybody in the channel may read. */
async function replyOpenly(client: WebClient, { channel, threadTs }: { channel: string; threadTs: string | undefined }): Promise<void> {
  await client.chat.postMessage({ channel, text: EXTERNAL_HELP, ...(threadTs ? { thread_ts: threadTs } : {}) });
}
