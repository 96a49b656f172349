import { EXTERNAL_HELP } from '../../blocks/help.ts';
import type { Deps } from '../deps.ts';
import { resolveActor } from './actor.ts';
import { helpWords } from './help-words.ts';
import type { SlackEvent } from './listener.ts';
import { replyOpenly, replyPrivately } from './reply.ts';

/** `@Partnerships` in a channel. A colleague gets help that only they see; a partner's person, a word that gives nothing away.
 *  Bots are not answered: two that answer each other never stop. */
export const onMention =
  (_deps: Deps) =>
  async (args: SlackEvent<'app_mention'>): Promise<void> => {
    const { client, event } = args;
    if (event.bot_id) return;
    const actor = await resolveActor(args);
    const thread = event.thread_ts ? { threadTs: event.thread_ts } : {};
    if (!actor.internal) return replyOpenly(client, { channel: event.channel, threadTs: event.thread_ts ?? event.ts }, EXTERNAL_HELP);
    await replyPrivately(client, { channel: event.channel, user: actor.userId, ...thread }, await helpWords(actor.workspaceId));
  };

/** A direct message to the bot. Edits, deletions and messages of bots are not questions. */
export const onMessage =
  (_deps: Deps) =>
  async (args: SlackEvent<'message'>): Promise<void> => {
    const { client, event } = args;
    if (event.channel_type !== 'im' || event.subtype !== undefined || event.bot_id) return;
    const actor = await resolveActor(args);
    if (!actor.internal) return replyOpenly(client, { channel: event.channel }, EXTERNAL_HELP);
    await replyPrivately(client, { channel: event.channel, user: actor.userId }, await helpWords(actor.workspaceId));
  };
