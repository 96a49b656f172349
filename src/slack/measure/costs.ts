import { randomUUID } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { COST_WORDS } from '../../../blocks/measure/cost-words.ts';
import {
  COST_TITLE,
  costFileCheck,
  costFileDone,
  costFileForm,
  costForm,
  costSaved,
  costsPage,
} from '../../../blocks/measure/costs-page.ts';
import { pressable } from '../../../blocks/pressable.ts';
import type { Deps } from '../../deps.ts';
import { costsCsv, readCostFile } from '../../measure/costs/cost-file.ts';
import { eachCost, listCosts, sumCosts } from '../../measure/costs/cost-repository.ts';
import { addCost, bringCosts, demandCosts, takeBackCost } from '../../measure/costs/record-costs.ts';
import { COST_FIELDS, type TypedCost } from '../../measure/costs/typed-cost.ts';
import { listAgainst } from '../../measure/ledger/ledger-repository.ts';
import type { Transaction } from '../../measure/ledger/transaction.ts';
import { getMeasureRules } from '../../measure/measure-rules/measure-rules-repository.ts';
import { USUAL_PERIOD } from '../../measure/revenue/ask.ts';
import { type Period, readPeriod } from '../../measure/revenue/period.ts';
import { calendarOf } from '../../measure/revenue/report.ts';
import { listPartnerBriefs } from '../../onboard/partners/partner-repository.ts';
import { amountText, moneyWords } from '../../platform/money.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { demandAudience } from '../audience.ts';
import { downloadFile } from '../download-file.ts';
import { carried, errorsIn, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal } from '../modal.ts';
import { sendFile } from '../recruit/show-records.ts';
import { answerAsker } from '../with-fallback.ts';

/** Costs that are read for one page. */
const MOST = 24;

/** A period as it was typed; the usual one where the words are none, which are then said. */
export async function periodIn(workspaceId: string, typed: string, at: Date): Promise<{ words: string; period: Period; unread: string }> {
  const calendar = await calendarOf(workspaceId, at);
  const words = typed.trim().toLowerCase();
  const period = words ? readPeriod(words, calendar) : null;
  if (period) return { words, period, unread: '' };
  const usual = readPeriod(USUAL_PERIOD, calendar);
  if (!usual) throw new Error('the usual period is none');
  return { words: USUAL_PERIOD, period: usual, unread: typed.trim() };
}

/** `/partners costs [period]`, for managers. */
export async function costsAnswer(actor: Actor, typed: string, at: Date): Promise<{ text: string; blocks: KnownBlock[] }> {
  await demandCosts(actor, 'cost.look', at);
  const { workspaceId } = actor;
  const { words, period, unread } = await periodIn(workspaceId, typed, at);
  const [{ currency }, sums, found] = await Promise.all([
    getMeasureRules(workspaceId),
    sumCosts(workspaceId, period),
    listCosts(workspaceId, period, MOST),
  ]);
  const costs = found.filter(({ kind }) => kind === 'cost');
  const back = new Set((await listAgainst(workspaceId, sourcesOf(costs))).map(({ of }) => of));
  const other = sums.filter((one) => one.currency !== currency);
  return costsPage({
    ...{ words, period, unread, currency, names: await partnerNames(workspaceId, costs) },
    sums: sums.filter((one) => one.currency === currency),
    unrated: other.reduce((all, one) => all + one.count, 0),
    newest: costs.map((cost) => ({ cost, isBack: back.has(cost.source) })),
  });
}

const sourcesOf = (costs: readonly Transaction[]) => costs.map(({ source }) => source);

/** Of the partners that transactions name, by id. */
export async function partnerNames(workspaceId: string, transactions: readonly Transaction[]): Promise<Map<string, string>> {
  const ids = [...new Set(transactions.flatMap(({ postings }) => postings.flatMap(({ partnerId }) => partnerId ?? [])))];
  return new Map((await listPartnerBriefs(workspaceId, ids)).map(({ id, name }) => [id, name]));
}

/** *Add a Cost*. */
export const onOpenCost =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, COST_TITLE);
    const actor = await resolveActor(args);
    await demandCosts(actor, 'cost.add', now());
    const [{ currency, hourMinor }, { today }] = await Promise.all([
      getMeasureRules(actor.workspaceId),
      calendarOf(actor.workspaceId, now()),
    ]);
    const rate = hourMinor === null ? '' : `${amountText({ minor: hourMinor, currency })} ${currency}`;
    await fillModal(args.client, opened, costForm(randomUUID(), today, rate));
  };

const Metadata = z.object({ id: z.uuid() });

/** Faults are said beside their fields; what was typed stays. */
export const onSaveCost =
  ({ log, now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const actor = await resolveActor(args);
    const { id } = carried(Metadata, view.private_metadata);
    const added = await addCost(actor, { id, typed: typedIn(formValues(view)) }, now());
    const { cost } = added;
    if (!cost) {
      const errors = Object.fromEntries(added.problems.toReversed().map(({ field, message }) => [field, message]));
      return ack({ response_action: 'errors', errors: errorsIn(view, errors) });
    }
    log.info({ workspace: actor.workspaceId, user: actor.userId, cost: `cost:${id}` }, 'cost recorded');
    const words = `${moneyWords(cost.money)} of ${COST_WORDS[cost.kind].toLowerCase()} on ${cost.day}`;
    await ack({ response_action: 'update', view: noticeModal(COST_TITLE, costSaved(words, added.own !== null)) });
  };

function typedIn(values: Record<string, unknown>): TypedCost {
  const said = COST_FIELDS.flatMap((field) => (typeof values[field] === 'string' ? [[field, values[field]] as const] : []));
  return Object.fromEntries(said);
}

const TakenBack = z.object({ source: z.string().max(300), words: z.string().max(300) });

/** *Take Back*: shows the page anew in place of the one with the button. */
export const onTakeBackCost =
  ({ log, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { source, words } = carried(TakenBack, args.action.value);
    const { cost, changed } = await takeBackCost(actor, source, now());
    if (changed) log.info({ workspace: actor.workspaceId, user: actor.userId, cost: cost.source }, 'cost taken back');
    const { text, blocks } = await costsAnswer(actor, words, now());
    await answerAsker(args, { text, blocks: pressable(blocks, actor) }, args.body.container.is_ephemeral === true);
  };

/** *Import a File*. */
export const onOpenCostFile =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, COST_TITLE);
    await demandCosts(await resolveActor(args), 'cost.import', now());
    await fillModal(args.client, opened, costFileForm());
  };

const Chosen = z.object({
  file: z.array(z.object({ id: z.string(), name: z.string().default('file') }), 'Choose a file').min(1, 'Choose a file'),
});
const Upload = z.object({ fileId: z.string(), fileName: z.string() });

/** Shows what the file would record. Refuses what `readCostFile` does. */
export const onReadCostFile =
  ({ now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = Chosen.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, COST_TITLE);
    const actor = await resolveActor(args);
    await demandCosts(actor, 'cost.import', now());
    const [{ id: fileId, name: fileName } = { id: '', name: 'file' }] = form.data.file;
    const bytes = await downloadFile(args.client, fileId);
    const file = await readCostFile(actor.workspaceId, { bytes, name: fileName }, now());
    await fillModal(args.client, opened, costFileCheck({ fileId, fileName: fileName.slice(0, 200) }, file));
  };

/** Records it. */
export const onBringCosts =
  ({ log, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { fileId, fileName } = carried(Upload, args.view.private_metadata);
    const opened = await keepOpen(args, COST_TITLE);
    const actor = await resolveActor(args);
    await demandCosts(actor, 'cost.import', now());
    const bytes = await downloadFile(args.client, fileId);
    const file = await bringCosts(actor, { bytes, name: fileName }, now());
    log.info({ workspace: actor.workspaceId, user: actor.userId, added: file.added }, 'costs imported');
    await fillModal(args.client, opened, costFileDone(file));
  };

/** *CSV*: to the direct messages of whoever asked. */
export const onExportCosts =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await demandCosts(actor, 'cost.export', now());
    const { workspaceId, userId: user } = actor;
    const { period } = await periodIn(workspaceId, args.action.value ?? '', now());
    const costs: Transaction[] = [];
    for await (const cost of eachCost(workspaceId, period)) costs.push(cost);
    const names = await partnerNames(workspaceId, costs);
    const csv = costsCsv(costs, names);
    await demandAudience(args.client, workspaceId, { kind: 'person', userId: user });
    const name = `costs-${period.from}.csv`;
    await sendFile(args.client, {
      user,
      name,
      bytes: Buffer.from(csv),
      text: 'What the programme cost: keep it within the team.',
    });
    await answerAsker(args, { text: `The file ${name} is in our direct messages.` }, false);
  };
