import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { moneyOffer } from '../../../blocks/measure/money-forms.ts';
import { pointsOf, revenueMessage } from '../../../blocks/measure/revenue-report.ts';
import { pressable } from '../../../blocks/pressable.ts';
import type { Deps } from '../../deps.ts';
import { readRevenueAsk } from '../../measure/revenue/ask.ts';
import { revenueCsv } from '../../measure/revenue/export-revenue.ts';
import { drawBars } from '../../measure/revenue/picture.ts';
import { calendarOf, revenueReport } from '../../measure/revenue/report.ts';
import type { RevenueReport } from '../../measure/revenue/report-lines.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { demandAudience } from '../audience.ts';
import type { ButtonClick } from '../listener.ts';
import { sendFile } from '../recruit/show-records.ts';
import { answerAsker } from '../with-fallback.ts';

/** `/partners revenue [period] [by …] [part] [model …] [stage] [compare]`, the words in any order. */
export async function revenueAnswer(actor: Actor, words: string, at: Date): Promise<{ text: string; blocks: KnownBlock[] }> {
  if (words.trim().toLowerCase() === 'import') return moneyOffer();
  const { report, unknown } = await reportOn(actor.workspaceId, words, at);
  return revenueMessage(report, unknown);
}

export async function reportOn(workspaceId: string, words: string, at: Date): Promise<{ report: RevenueReport; unknown: string[] }> {
  const { ask, unknown } = readRevenueAsk(words, await calendarOf(workspaceId, at));
  return { report: await revenueReport(workspaceId, ask), unknown };
}

/** Another period, part, model, stage or line-up, in place of what is shown. */
export const onTurnRevenue =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await demandTeam(args, 'revenue.show', now());
    const { text, blocks } = await revenueAnswer(actor, wordsIn(args), now());
    await answerAsker(args, { text, blocks: pressable(blocks, actor) }, args.body.container.is_ephemeral === true);
  };

export const onExportRevenue =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await demandTeam(args, 'revenue.export', now());
    const { report } = await reportOn(actor.workspaceId, wordsIn(args), now());
    await send(args, actor, { name: `${nameOf(report)}.csv`, bytes: Buffer.from(revenueCsv(report)) });
  };

/** The chart as a picture, for workspaces whose Slack shows none, and for slides. */
export const onPictureRevenue =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await demandTeam(args, 'revenue.export', now());
    const { report } = await reportOn(actor.workspaceId, wordsIn(args), now());
    await send(args, actor, { name: `${nameOf(report)}.png`, bytes: await drawBars(pointsOf(report)) });
  };

const nameOf = ({ ask: { by, period } }: RevenueReport) => `revenue-by-${by}-${period.from}`;

/** To the direct messages of whoever asked: a channel may be read by others. */
async function send(args: ButtonClick, { workspaceId, userId }: Actor, { name, bytes }: { name: string; bytes: Buffer }): Promise<void> {
  await demandAudience(args.client, workspaceId, { kind: 'person', userId });
  await sendFile(args.client, {
    user: userId,
    name,
    bytes,
    text: 'Your revenue report. It names partners and sums: keep it within the team.',
  });
  await answerAsker(args, { text: `The file ${name} is in our direct messages.` }, false);
}

const LONGEST_WORDS = 300;
/** A select, which Bolt hands on like a button: its choice goes with the words that its row carries. */
const Chosen = z.union([
  z.object({ value: z.string().max(LONGEST_WORDS) }),
  z.object({ block_id: z.string().max(LONGEST_WORDS), selected_option: z.object({ value: z.string().max(LONGEST_WORDS) }) }),
]);

/** The words of the report that a button stands for. */
export function wordsIn({ action }: ButtonClick): string {
  const chosen = Chosen.parse(action);
  if ('value' in chosen) return chosen.value;
  return `${wordsOfRow(chosen.block_id)} ${chosen.selected_option.value}`;
}

export function wordsOfRow(blockId: string): string {
  return blockId.slice(blockId.indexOf(':') + 1);
}

/** What all partners brought in is for the whole team to read, and for nobody else. */
export async function demandTeam(args: Parameters<typeof resolveActor>[0], action: string, at: Date): Promise<Actor> {
  const actor = await resolveActor(args);
  await authorise(actor, 'member', { action, subject: 'revenue:report', at });
  return actor;
}
