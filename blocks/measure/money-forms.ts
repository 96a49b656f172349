import type { KnownBlock } from '@slack/types';
import type { MoneyPlan } from '../../src/measure/ledger/bring-money.ts';
import { MONEY_KINDS, type MoneyKind, type MoneyProblem, type MoneyProblemCode } from '../../src/measure/ledger/money-entry.ts';
import type { Transaction } from '../../src/measure/ledger/transaction.ts';
import type { Sale } from '../../src/measure/sales/sale.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { actions, button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escapedTo, plainTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';

export const MONEY_FILE_TITLE = 'Bring money';
export const MONEY_TITLE = 'Record money';
/** Lines of problems that are named. */
const MOST_NAMED = 20;
/** In a list to choose from. */
const MOST_CHOICES = 100;

const COLUMNS = '`kind` (invoice, payment or refund), `id`, `sale`, `date` (2027-03-31), `amount`, `currency`, `product`, `of`';

/** `/partners revenue import`. */
export function moneyOffer(): { text: string; blocks: KnownBlock[] } {
  const text = 'Bring invoices, payments and refunds as a file.';
  return { text, blocks: [section(text), actions('money:offer', button(ACTIONS.moneyFile, 'Choose File', 'file', { style: 'primary' }))] };
}

export function moneyFileForm(): Modal {
  return modal(
    MONEY_FILE_TITLE,
    [
      section(
        `A CSV, Excel or JSON file with the columns ${COLUMNS}.\n• \`sale\`: the id of the deal or of the CRM’s opportunity, or the customer’s name or domain\n• \`of\`: for refunds, the id of the invoice or payment`,
      ),
      input('file', 'File', { type: 'file_input', max_files: 1, filetypes: ['csv', 'xlsx', 'json', 'txt'] }),
      context('I show what I read before anything is recorded. What has an id that is on file already is passed over.'),
    ],
    { id: VIEWS.moneyFile, submit: 'Read File' },
  );
}

/** What a file would bring, sum by sum, and what is wrong with it, line by line. */
export function moneyFileCheck(upload: { fileId: string; fileName: string }, { planned, known, problems }: MoneyPlan): Modal {
  const head = planned.length > 0 ? MONEY_KINDS.flatMap((kind) => sumLine(kind, planned)) : ['Nothing in it is new.'];
  const passed = known > 0 ? [`${count(known, 'entry', 'entries')} ${known === 1 ? 'is' : 'are'} on file already and passed over.`] : [];
  const blocks = [section([...head, ...passed].join('\n')), ...problemBlocks(problems)];
  if (planned.length === 0) return modal(MONEY_FILE_TITLE, blocks);
  const submit = `Record ${count(planned.length, 'Entry', 'Entries')}`;
  return modal(MONEY_FILE_TITLE, [...blocks, context('What is recorded stays for good; a mistake is put right by a refund.')], {
    ...{ id: VIEWS.moneyFileRecord, submit, metadata: JSON.stringify(upload) },
  });
}

function sumLine(kind: MoneyKind, planned: MoneyPlan['planned']): string[] {
  const own = planned.filter(({ entry }) => entry.kind === kind).map(({ entry }) => entry.money);
  if (own.length === 0) return [];
  const sums = new Map<string, number>();
  for (const { minor, currency } of own) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [`• ${count(own.length, kind)}: ${[...sums].map(([currency, minor]) => moneyWords({ minor, currency })).join(', ')}`];
}

function problemBlocks(problems: readonly MoneyProblem[]): KnownBlock[] {
  if (problems.length === 0) return [];
  const lines = problems
    .slice(0, MOST_NAMED)
    .map(({ line, ...problem }) => `• Line ${line}: ${escapedTo(moneyProblemWords(problem), 200)}`);
  const more = problems.length > MOST_NAMED ? [`…and ${problems.length - MOST_NAMED} more`] : [];
  const head = `:warning: *${count(problems.length, 'line')} left out.* Correct them and bring the file again; the others are passed over then.`;
  return [section([head, ...lines, ...more].join('\n'))];
}

/** What became of a file. */
export function moneyFileDone(recorded: number, problems: readonly MoneyProblem[]): Modal {
  const words = `:white_check_mark: ${count(recorded, 'entry', 'entries')} recorded. Figures and commissions follow in a minute: \`/partners revenue collected\`.`;
  return modal(MONEY_FILE_TITLE, [section(words), ...problemBlocks(problems)]);
}

const PROBLEM_WORDS: Record<MoneyProblemCode, (said: string) => string> = {
  row: () => 'this row cannot be read; check its quotes and commas',
  kind: (said) => `“${said}” is no kind; write invoice, payment or refund`,
  id: () => 'give the id by which your accounts name it, up to 100 characters',
  sale: () => 'say of which sale it is',
  day: (said) => `“${said}” is no day; write it as 2027-03-31`,
  amount: (said) => `“${said}” is no sum above zero with a currency; write 1,200.50 and EUR`,
  of: () => 'say of which invoice or payment it is a refund, by its id',
  'id-twice': (said) => `${said} is in the file twice; the first is taken`,
  'known-other': (said) => `${said} is on file with another sum or for another sale; put that right by a refund`,
  'day-to-come': (said) => `${said} is still to come`,
  'sale-none': (said) => `no sale is “${said}”; give the deal’s id, the CRM’s, or the customer’s name`,
  'sale-several': (said) => `several sales are of “${said}”; give the id of the deal or of the CRM’s opportunity`,
  'of-none': (said) => `no invoice or payment is “${said}”; bring it first`,
  'of-several': (said) => `an invoice and a payment are “${said}”; write invoice:${said} or payment:${said}`,
  'of-currency': (said) => `it is in another currency than “${said}”`,
  'of-left': (said) => `it is more than what is left of “${said}”`,
};

export function moneyProblemWords({ code, said }: Pick<MoneyProblem, 'code' | 'said'>): string {
  return PROBLEM_WORDS[code](said);
}

const KIND_LABELS: Record<MoneyKind, string> = {
  invoice: 'Invoice: we billed it',
  payment: 'Payment: the customer paid',
  refund: 'Refund: money went back',
};

/** One entry of a sale. `revenue`: what of it can be refunded. */
export function moneyForm(sale: Sale, revenue: readonly Transaction[], today: string): Modal {
  const refunds = revenue.slice(-MOST_CHOICES).map((one) => option(one.source.slice(0, 150), revenueLabel(one)));
  return modal(
    MONEY_TITLE,
    [
      section(`*${plainTo(sale.customer || 'A customer whose name was deleted', 150)}*`),
      input('kind', 'What is it?', { type: 'static_select', options: MONEY_KINDS.map((kind) => option(kind, KIND_LABELS[kind])) }),
      textInput('id', 'Id', '', { max: 100, hint: 'As your accounts name it. Each is recorded once.' }),
      textInput('amount', 'Amount', '', { max: 60, placeholder: '1,200.50 EUR', hint: 'Above zero, with its currency.' }),
      input('day', 'When?', { type: 'datepicker', initial_date: today }),
      textInput('product', 'Product', '', { max: 200, optional: true }),
      ...(refunds.length > 0
        ? [input('of', 'Refund of', { type: 'static_select', options: refunds }, { optional: true, hint: 'For refunds only.' })]
        : []),
    ],
    { id: VIEWS.money, submit: 'Record It', metadata: JSON.stringify({ saleId: sale.id }) },
  );
}

function revenueLabel({ kind, day, evidence, postings }: Transaction): string {
  const sum = postings[0] ? moneyWords(postings[0]) : '';
  return `${day} ${kind} ${sum} ${evidence.ref}`.slice(0, 75);
}

export const RECORDED = ':white_check_mark: Recorded, for good. Figures and commissions follow in a minute.';
export const RECORDED_BEFORE = 'That id is on file with this sum already; nothing was recorded twice.';
