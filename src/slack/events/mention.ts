import { EXTERNAL_HELP, helpCard } from '../../../blocks/help.ts';
import { countCompanies } from '../../companies/company-repository.ts';
import type { Deps } from '../../deps.ts';
import { getProgramme } from '../../programme/programme-repository.ts';
import { listRoles } from '../../workspaces/role-repository.ts';
import { resolveActor } from '../actor.ts';
import type { SlackEvent } from '../listener.ts';
import { replyOpenly, replyPrivately } from '../outbound/reply.ts';

/** `@Partnerships` in a channel. A colleague gets help that only they see; a partner's person, a word that gives nothing away. */
export const onMention =
  (_deps: Deps) =>
  async (args: SlackEvent<'app_mention'>): Promise<void> => {
    const { client, event } = args;
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

async function helpWords(workspaceId: string) {
  const [programme, companies, roles] = await Promise.all([getProgramme(workspaceId), countCompanies(workspaceId), listRoles(workspaceId)]);
  return { text: 'What Partnerships can do', blocks: helpCard(programme, companies, roles) };
}
