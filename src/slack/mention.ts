import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { EXTERNAL_HELP, helpCard } from '../../blocks/help.ts';
import type { Deps } from '../deps.ts';
import { countCompanies } from '../programme/companies/company-names.ts';
import { getProgramme } from '../programme/setup/programme-repository.ts';
import { listRoles } from '../programme/workspaces/role-repository.ts';
import { resolveActor } from './actor.ts';
import type { SlackEvent } from './listener.ts';

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

type Words = { text: string; blocks?: KnownBlock[] };

/** An answer in a channel that only the asking colleague sees; safe in shared channels. */
export async function replyPrivately(
  client: WebClient,
  { channel, user, threadTs }: { channel: string; user: string; threadTs?: string },
  words: Words,
) {
  await client.chat.postEphemeral({ channel, user, ...(threadTs ? { thread_ts: threadTs } : {}), ...words });
}

/** An answer that everybody in the channel may read: for words that hold nothing internal. */
export async function replyOpenly(client: WebClient, { channel, threadTs }: { channel: string; threadTs?: string }, text: string) {
  await client.chat.postMessage({ channel, text, ...(threadTs ? { thread_ts: threadTs } : {}) });
}

/** What the product can do and what set-up still lacks, for a colleague who asks by command, mention or message. */
export async function helpWords(workspaceId: string) {
  const [programme, companies, roles] = await Promise.all([getProgramme(workspaceId), countCompanies(workspaceId), listRoles(workspaceId)]);
  return { text: 'What Partnerships can do', blocks: helpCard(programme, companies, roles) };
}
