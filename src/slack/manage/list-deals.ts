import type { KnownBlock } from '@slack/types';
import { subDays } from 'date-fns';
import { z } from 'zod';
import { DEALS_ON_PAGE, type DealsAsk, dealsTable } from '../../../blocks/manage/deals-table.ts';
import { pressable } from '../../../blocks/pressable.ts';
import type { Deps } from '../../deps.ts';
import { DealsView, TURNED_AWAY_DAYS } from '../../manage/deals/deal.ts';
import { countStalled, countTurnedAway, listDealPage } from '../../manage/deals/deal-list-repository.ts';
import { exportDeals, partnerNames } from '../../manage/deals/export-deals.ts';
import { findPartnersByName, getPartner, getPartnerNamed } from '../../onboard/partners/partner-repository.ts';
import { readQuoted } from '../../programme/companies/clean-text.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { demandAudience } from '../audience.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { sendFile } from '../recruit/show-records.ts';
import { answerAsker } from '../with-fallback.ts';

type Page = { text: string; blocks: KnownBlock[] };

/** `/partners deals [open|review|protected|expiring|ended|mine] [partner]`. Refuses `partner-unknown`. */
export async function dealsAnswer(actor: Actor, words: string, at: Date): Promise<Page> {
  return pageOf(actor, await readAsk(actor.workspaceId, words.trim()), at);
}

async function readAsk(workspaceId: string, words: string): Promise<DealsAsk> {
  const [first = '', ...others] = words.split(/\s+/);
  const view = DealsView.safeParse(first.toLowerCase());
  if (!view.success)
    return { view: 'all', partnerId: words ? (await getPartnerNamed(workspaceId, readQuoted(words).name)).id : null, from: 0 };
  if (others.length === 0) return { view: view.data, partnerId: null, from: 0 };
  // A partner may be called Open Systems.
  const [named, ...more] = await findPartnersByName(workspaceId, words, 2);
  if (named && more.length === 0) return { view: 'all', partnerId: named.id, from: 0 };
  return { view: view.data, partnerId: (await getPartnerNamed(workspaceId, readQuoted(others.join(' ')).name)).id, from: 0 };
}

async function pageOf({ workspaceId, userId }: Actor, ask: DealsAsk, at: Date): Promise<Page> {
  const { view, partnerId, from } = ask;
  const [page, partner] = await Promise.all([
    listDealPage(workspaceId, { view, partnerId, me: userId, at }, { from, count: DEALS_ON_PAGE }),
    partnerId ? partnerFacts(workspaceId, partnerId, at) : null,
  ]);
  const names = await partnerNames(workspaceId, page.deals);
  return { text: 'Deals', blocks: dealsTable({ ask, ...page, names, partner }) };
}

async function partnerFacts(workspaceId: string, partnerId: string, at: Date) {
  const [{ name }, stalled, turnedAway] = await Promise.all([
    getPartner(workspaceId, partnerId),
    countStalled(workspaceId, partnerId, at),
    countTurnedAway(workspaceId, partnerId, subDays(at, TURNED_AWAY_DAYS)),
  ]);
  return { name, ...stalled, turnedAway };
}

const Asked = z.object({ view: DealsView, partnerId: z.string().max(100).nullable(), from: z.number().int().min(0).max(1_000_000) });

/** Another list or page in place of the one that is shown. */
export const onTurnDeals =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await demandTeam(args, 'deal.list', now());
    const { text, blocks } = await pageOf(actor, carried(Asked, args.action.value), now());
    await answerAsker(args, { text, blocks: pressable(blocks, actor) }, args.body.container.is_ephemeral === true);
  };

/** The whole list as CSV, to the direct messages of whoever asked: a channel may be read by others. */
export const onExportDeals =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const at = now();
    const { workspaceId, userId } = await demandTeam(args, 'deal.export', at);
    const { view, partnerId } = carried(Asked, args.action.value);
    const lines: string[] = [];
    for await (const line of exportDeals(workspaceId, { view, partnerId, me: userId, at })) lines.push(line);
    const name = `deals-${view}-${at.toISOString().slice(0, 10)}.csv`;
    await demandAudience(args.client, workspaceId, { kind: 'person', userId });
    const text = 'Your list of deals. It names customers and partners: keep it within the team.';
    await sendFile(args.client, { user: userId, name, bytes: Buffer.from(lines.join('')), text });
    await answerAsker(args, { text: `The file ${name} is in our direct messages.` }, false);
  };

/** What all partners registered is for the whole team to read, and for nobody else. */
async function demandTeam(args: ButtonClick, action: string, at: Date): Promise<Actor> {
  const actor = await resolveActor(args);
  await authorise(actor, 'member', { action, subject: 'deal:list', at });
  return actor;
}
