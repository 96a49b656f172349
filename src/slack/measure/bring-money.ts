import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import {
  MONEY_FILE_TITLE,
  MONEY_TITLE,
  moneyFileCheck,
  moneyFileDone,
  moneyFileForm,
  moneyForm,
  moneyProblemWords,
  RECORDED,
  RECORDED_BEFORE,
} from '../../../blocks/measure/money-forms.ts';
import { accrueSales } from '../../../jobs/measure/accrue-sales.ts';
import { creditSales } from '../../../jobs/measure/credit-sales.ts';
import type { Deps } from '../../deps.ts';
import { bringMoney, planMoney } from '../../measure/ledger/bring-money.ts';
import { listOfSale } from '../../measure/ledger/ledger-repository.ts';
import type { MoneyProblemCode } from '../../measure/ledger/money-entry.ts';
import { readEntry, readMoneyFile } from '../../measure/ledger/read-money-file.ts';
import { revenueIn } from '../../measure/ledger/record-money.ts';
import { dayIn } from '../../measure/ledger/record-revenue.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { downloadFile } from '../download-file.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal, pushModal } from '../modal.ts';
import { saleNamed } from './note-touch.ts';

async function demandManager(args: Caller, action: string, { now }: Pick<Deps, 'now'>): Promise<Actor> {
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action, subject: 'revenue:money', at: now() });
  return actor;
}

/** *Choose File*, on the answer to `/partners revenue import`. */
export const onOpenMoneyFile =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, MONEY_FILE_TITLE);
    await demandManager(args, 'revenue.bring', deps);
    await fillModal(args.client, opened, moneyFileForm());
  };

const Upload = z.object({
  file: z.array(z.object({ id: z.string(), name: z.string().default('file') }), 'Choose a file').min(1, 'Choose a file'),
});
const Read = z.object({ fileId: z.string().max(100), fileName: z.string().max(300) });

/** Says what a file would bring; nothing is stored. Refuses what `readMoneyFile` refuses. */
export const onReadMoneyFile =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = Upload.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, MONEY_FILE_TITLE);
    const actor = await demandManager(args, 'revenue.bring', deps);
    const [file] = form.data.file;
    const upload = { fileId: file?.id ?? '', fileName: (file?.name ?? 'file').slice(0, 300) };
    await fillModal(args.client, opened, moneyFileCheck(upload, await planOf(args, actor, upload, deps)));
  };

async function planOf(
  { client }: Pick<Caller, 'client'>,
  { workspaceId }: Actor,
  { fileId, fileName }: z.infer<typeof Read>,
  { now }: Deps,
) {
  const { entries, problems } = await readMoneyFile(await downloadFile(client, fileId), fileName);
  const plan = await planMoney(workspaceId, entries, now());
  return { ...plan, problems: [...problems, ...plan.problems].sort((a, b) => a.line - b.line) };
}

/** *Record N Entries*: the file is read again, and what is on file meanwhile is passed over. */
export const onRecordMoneyFile =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const upload = carried(Read, args.view.private_metadata);
    const opened = await keepOpen(args, MONEY_FILE_TITLE);
    const actor = await demandManager(args, 'revenue.bring', deps);
    const { workspaceId, userId: by } = actor;
    const plan = await planOf(args, actor, upload, deps);
    const { recorded, problems } = await bringMoney(workspaceId, plan, { by, at: deps.now(), from: 'file' });
    deps.log.info({ workspace: workspaceId, user: by, recorded }, 'money brought by a file');
    await follow(deps);
    await fillModal(args.client, opened, moneyFileDone(recorded, [...plan.problems, ...problems]));
  };

async function follow({ enqueue }: Pick<Deps, 'enqueue'>): Promise<void> {
  await enqueue(creditSales, {});
  await enqueue(accrueSales, {});
}

/** *Record Money*, on a deal that is won and on a sale. */
export const onOpenMoney =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, MONEY_TITLE);
    const { workspaceId } = await demandManager(args, 'revenue.record', deps);
    const sale = await saleNamed(workspaceId, z.string().max(300).parse(args.action.value), deps.now());
    const came = (await listOfSale(workspaceId, sale.id)).filter((one) => one.kind !== 'reversed' && revenueIn(one).minor > 0);
    await fillModal(args.client, opened, moneyForm(sale, came, await dayIn(workspaceId, deps.now())));
  };

const Metadata = z.object({ saleId: z.string().max(300) });
/** Beside which field of the form a fault is said. */
const FIELDS: Partial<Record<MoneyProblemCode, string>> = {
  'known-other': 'id',
  'day-to-come': 'day',
  'of-currency': 'amount',
  'of-left': 'amount',
};

/** Faults are said beside their fields; what was typed stays. */
export const onRecordMoney =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const { saleId: sale } = carried(Metadata, view.private_metadata);
    const typed = z.record(z.string(), z.string()).parse(formValues(view));
    const { workspaceId, userId: by } = await demandManager(args, 'revenue.record', deps);
    const entry = readEntry(0, (title) => (title === 'sale' ? sale : (typed[title] ?? '').trim()));
    const fail = (code: MoneyProblemCode, said: string) => {
      const words = moneyProblemWords({ code, said });
      const field = FIELDS[code] ?? (code.startsWith('of') && 'of' in shown ? 'of' : code in shown ? code : 'kind');
      return ack({ response_action: 'errors', errors: { [field]: `${words.charAt(0).toUpperCase()}${words.slice(1)}.` } });
    };
    const shown = view.state.values;
    if ('code' in entry) return fail(entry.code, entry.said);
    const plan = await planMoney(workspaceId, [entry], deps.now());
    const { problems } = plan.problems.length > 0 ? plan : await bringMoney(workspaceId, plan, { by, at: deps.now(), from: 'person' });
    if (problems[0]) return fail(problems[0].code, problems[0].said);
    deps.log.info({ workspace: workspaceId, user: by, sale, kind: entry.kind }, 'money recorded');
    await follow(deps);
    await ack({ response_action: 'update', view: noticeModal(MONEY_TITLE, plan.known > 0 ? RECORDED_BEFORE : RECORDED) });
  };
