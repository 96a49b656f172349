import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { pressable } from '../../../blocks/pressable.ts';
import { INBOX_PAGE, inboxPage } from '../../../blocks/recruit/inbox.ts';
import type { Deps } from '../../deps.ts';
import { listAllWaiting, type WholeInbox } from '../../manage/deals/all-waiting.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { findPosts } from '../post-repository.ts';
import { answerAsker } from '../with-fallback.ts';

/** One page of what waits, of everybody's or of one person's own. */
export async function inboxAnswer(
  { workspaceId, userId }: Actor,
  { from, mine }: { from: number; mine: boolean },
  at: Date,
): Promise<{ text: string; blocks: KnownBlock[] }> {
  const inbox = await listAllWaiting(workspaceId, { from, count: INBOX_PAGE, by: mine ? userId : null }, at);
  const links = await linksOf(workspaceId, inbox);
  return { text: 'What waits for you', blocks: inboxPage({ ...inbox, links, from, mine }) };
}

/** The links to the cards of what waits, by the names of the posts. All of it is stored: Slack is asked for nothing. */
export async function linksOf(workspaceId: string, { items }: Pick<WholeInbox, 'items'>): Promise<Map<string, string | null>> {
  const keys = items.flatMap((item) => {
    if (item.kind === 'deal') return [`deal:${item.deal.id}`];
    if (item.kind === 'payment') return [`payment:${item.entryId}`];
    return item.kind === 'draft'
      ? [`draft:${item.draft.id}`]
      : [...(item.stage.post ? [item.stage.post] : []), `company:${item.company.id}`];
  });
  return new Map([...(await findPosts(workspaceId, keys))].map(([key, { link }]) => [key, link]));
}

const Turn = z.object({ from: z.number().int().min(0).max(100_000), mine: z.boolean() });

/** Another page, or whose, in place of what is shown. */
export const onTurnInbox =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'inbox.look', subject: 'inbox:list', at: now() });
    const page = await inboxAnswer(actor, carried(Turn, args.action.value), now());
    await answerAsker(args, { ...page, blocks: pressable(page.blocks, actor) }, args.body.container.is_ephemeral === true);
  };
