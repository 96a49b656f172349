import { z } from 'zod';
import { modal } from '../../../blocks/elements.ts';
import { SALE_TITLE, WHY_TITLE, whyFigure, whySale } from '../../../blocks/measure/revenue-why.ts';
import { pressable } from '../../../blocks/pressable.ts';
import type { Deps } from '../../deps.ts';
import { readRevenueAsk } from '../../measure/revenue/ask.ts';
import { calendarOf, revenueReport } from '../../measure/revenue/report.ts';
import { openSale, salesBehind } from '../../measure/revenue/why-revenue.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal, ownModal, pushModal } from '../modal.ts';
import { demandTeam, wordsIn, wordsOfRow } from './revenue.ts';

/** *Why?* on a report: the sales behind its figure. */
export const onWhyRevenue =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, WHY_TITLE);
    const { workspaceId } = await demandTeam(args, 'revenue.show', now());
    await fillModal(args.client, opened, await whyView(workspaceId, wordsIn(args), null, now()));
  };

const Chosen = z.object({ block_id: z.string().max(300), selected_option: z.object({ value: z.string().max(100) }) });

/** Those of one partner. */
export const onWhyPartner =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, WHY_TITLE);
    const { workspaceId } = await demandTeam(args, 'revenue.show', now());
    const { block_id: row, selected_option: partner } = Chosen.parse(args.action);
    await fillModal(args.client, opened, await whyView(workspaceId, wordsOfRow(row), partner.value, now()));
  };

/** *Open Sale*: its touches, why each counts or not, and its transactions. */
export const onShowSale =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, SALE_TITLE);
    const actor = await demandTeam(args, 'revenue.show', now());
    const blocks = whySale(await openSale(actor.workspaceId, z.string().max(300).parse(args.action.value)));
    await fillModal(args.client, opened, modal(SALE_TITLE, pressable(blocks, actor)));
  };

async function whyView(workspaceId: string, words: string, partnerId: string | null, at: Date) {
  const { ask } = readRevenueAsk(words, await calendarOf(workspaceId, at));
  const [behind, { rows }] = await Promise.all([
    salesBehind(workspaceId, ask, partnerId),
    revenueReport(workspaceId, { ...ask, by: 'partner' }),
  ]);
  return whyFigure(behind, rows);
}
