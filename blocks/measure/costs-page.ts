import type { KnownBlock } from '@slack/types';
import type { CostFile } from '../../src/measure/costs/cost-file.ts';
import type { CostField } from '../../src/measure/costs/typed-cost.ts';
import { COST_KINDS, COST_SCOPES, type CostKind, type CostScope, type Transaction } from '../../src/measure/ledger/transaction.ts';
import type { Period } from '../../src/measure/revenue/period.ts';
import { amountText, moneyWords } from '../../src/platform/money.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button, input, type Modal, modal, option, text, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escapedTo, person, plainTo, section } from '../mrkdwn.ts';
import { type Cell, dataTable, textCell } from '../panels.ts';
import { count } from '../words.ts';
import { COST_WORDS, SCOPE_WORDS } from './cost-words.ts';

export const COST_TITLE = 'Costs';

/** `newest`: costs, and the sources of those that were taken back. `unread`: words of the command that are no period. */
type CostsShown = {
  words: string;
  period: Period;
  currency: string;
  sums: { kind: CostKind; scope: CostScope; minor: number }[];
  /** In sums of another currency than the workspace counts in now, and therefore left out. */
  unrated: number;
  newest: { cost: Transaction; isBack: boolean }[];
  names: ReadonlyMap<string, string>;
  unread: string;
};

/** What was spent in a period, by kind and by whom it was for; the newest costs, each to be taken back. */
export function costsPage(shown: CostsShown): { text: string; blocks: KnownBlock[] } {
  const { words, period, currency, sums, unrated, newest, unread } = shown;
  const total = sums.filter(({ scope }) => scope !== 'direct').reduce((sum, { minor }) => sum + minor, 0);
  const said = `The programme cost *${moneyWords({ minor: total, currency })}* in ${period.name}.`;
  const notes = [
    ...(unread ? [`I did not use “${plainTo(unread, 100)}”. I understand a period, such as \`last quarter\` or \`2026-03\`.`] : []),
    ...(unrated > 0 ? [`:warning: ${count(unrated, 'cost')} in another currency: ${WITHOUT_RATE}.`] : []),
    'Commissions are not among these: `/partners return` names them beside. What was spent on our own sales is compared with, and in no sum of the programme.',
  ];
  const ways = actions(
    `costs:${words}`,
    button(ACTIONS.costAdd, 'Add a Cost', words),
    button(ACTIONS.costImport, 'Import a File', words),
    ...(newest.length > 0 ? [button(ACTIONS.costExport, 'CSV', words)] : []),
    button(ACTIONS.commandRun, 'Cost and Return', `return ${words}`),
  );
  const head = [section(said), ...notes.map((note) => context(note))];
  if (newest.length === 0)
    return { text: said, blocks: [...head, section('Nothing is recorded for it. Add what the team, tools and events cost.'), ways] };
  const sizes = [12, 6, 3].map((size) => [
    ...head,
    tableOf(shown),
    section('*The newest*'),
    ...newest.slice(0, size).map((one) => costRow(one, shown)),
    ...(newest.length > size ? [context('Older ones are in the CSV file, which has all of the period.')] : []),
    ways,
  ]);
  return { text: said, blocks: firstThatFits(sizes) };
}

function tableOf({ period, currency, sums }: CostsShown): KnownBlock {
  const sumOf = (some: (one: CostsShown['sums'][number]) => boolean): Cell => {
    const minor = sums.filter(some).reduce((sum, one) => sum + one.minor, 0);
    return { type: 'raw_number', value: Number(amountText({ minor, currency })), text: moneyWords({ minor, currency }) };
  };
  const kinds = COST_KINDS.filter((kind) => sums.some((one) => one.kind === kind));
  const rows = kinds.map((kind): Cell[] => [
    textCell(COST_WORDS[kind]),
    ...COST_SCOPES.map((scope) => sumOf((one) => one.kind === kind && one.scope === scope)),
  ]);
  return dataTable(`Costs of ${period.name}`, ['Kind', 'Programme', 'Single partners', 'Our direct sales'], rows, 0);
}

function costRow({ cost, isBack }: CostsShown['newest'][number], { names, words }: CostsShown): KnownBlock {
  const { source } = cost;
  const row = section(costWords(cost, names) + (isBack ? ' · _taken back_' : ''));
  if (isBack) return row;
  return {
    ...row,
    accessory: button(ACTIONS.costTakeBack, 'Take Back', JSON.stringify({ source, words }), {
      confirm: {
        title: text('Take this cost back?', 100),
        text: text('It leaves every figure. Both entries stay in the ledger; add it anew if only the sum was wrong.', 300),
        confirm: text('Take Back', 30),
        deny: text('Cancel', 30),
      },
    }),
  };
}

/** A cost in a line: mrkdwn. */
export function costWords({ day, cost, postings, evidence, by }: Transaction, names: ReadonlyMap<string, string>): string {
  const posting = postings.find(({ account }) => account === 'costs');
  const sum = posting ? moneyWords(posting) : '';
  const kind = cost ? COST_WORDS[cost.kind] : '';
  const hours = cost?.hours ? ` (${cost.hours / 100} h)` : '';
  const whose = posting?.partnerId
    ? ` for ${plainTo(names.get(posting.partnerId) ?? 'a partner that is no more', 80)}`
    : cost?.scope === 'direct'
      ? ' for our own sales'
      : '';
  const what = evidence.words ? ` · ${plainTo(evidence.words, 150)}` : '';
  return `${day} · *${sum}* ${kind}${hours}${whose}${what} · by ${person(by)}`;
}

/** Asks for one cost. `rate`: what an hour costs, where the settings say it; `id` makes a second press the same cost. */
export function costForm(id: string, today: string, rate: string): Modal {
  const kinds = COST_KINDS.map((kind) => option(kind, COST_WORDS[kind]));
  const scopes = COST_SCOPES.map((scope) => option(scope, SCOPE_WORDS[scope]));
  const [programme] = scopes;
  return modal(
    COST_TITLE,
    [
      input('day', 'Day', { type: 'datepicker', initial_date: today }),
      input('kind', 'Kind', { type: 'static_select', options: kinds }),
      input('scope', 'For', { type: 'static_select', options: scopes, ...(programme ? { initial_option: programme } : {}) }),
      textInput('partner', 'Partner', '', { optional: true, max: 200, hint: 'Its name, where it is for one partner.' }),
      textInput('sum', 'Sum', '', { optional: true, max: 40, placeholder: '1,200 EUR', hint: 'Or say below how many hours it took.' }),
      textInput('hours', 'Hours', '', { optional: true, max: 8, placeholder: '7.5' }),
      textInput('rate', 'An hour costs', rate, { optional: true, max: 40, placeholder: '80 EUR' }),
      textInput('words', 'What it was', '', { optional: true, max: 200 }),
    ],
    { id: VIEWS.cost, submit: 'Record', metadata: JSON.stringify({ id }) },
  );
}

const WITHOUT_RATE = 'no rate of that day is on file yet, so it counts once one is brought with `/partners rates`';

export function costSaved(words: string, hasRate: boolean): string {
  return `:white_check_mark: Recorded: ${words}\n${hasRate ? '' : `:warning: Of its currency ${WITHOUT_RATE}.\n`}\`/partners costs\` shows it, and takes it back.`;
}

/** Asks for a file of costs. */
export function costFileForm(): Modal {
  return modal(
    COST_TITLE,
    [
      section(
        'CSV or Excel, a cost a line. The first row names the columns: *Day* (2026-03-31), *Kind* (people, mdf, tools, content, events, discounts, other), *Amount* or *Hours*; and if you like *Currency*, *Rate*, *Partner*, *For* (programme, partner, direct), *Words*.',
      ),
      input('file', 'File', { type: 'file_input', max_files: 1, filetypes: ['csv', 'xlsx', 'txt', 'json'] }),
      context('Nothing is recorded before you have seen what would be. The same line is recorded once, however often it comes.'),
    ],
    { id: VIEWS.costFile, submit: 'Continue' },
  );
}

const PROBLEMS_SHOWN = 20;
const FIELD_WORDS: Record<CostField, string> = {
  ...{ day: 'Day', kind: 'Kind', scope: 'For', partner: 'Partner', sum: 'Amount', hours: 'Hours', rate: 'Rate', words: 'Words' },
};

/** What a file would record. */
export function costFileCheck(upload: { fileId: string; fileName: string }, file: CostFile): Modal {
  const news = file.costs.length - file.known;
  return modal(
    COST_TITLE,
    [section(`*${escapedTo(upload.fileName, 200)}*: ${count(news, 'cost')} to record.`), ...fileNotes(file)],
    news > 0 ? { id: VIEWS.costBring, submit: 'Record', metadata: JSON.stringify(upload) } : {},
  );
}

/** What a file recorded. */
export function costFileDone(file: CostFile & { added: number }): Modal {
  const { costs, added } = file;
  const known = costs.length - added;
  return modal(COST_TITLE, [
    section(`:white_check_mark: ${count(added, 'cost')} recorded. \`/partners costs\` shows them.`),
    ...fileNotes({ ...file, known }),
  ]);
}

function fileNotes({ costs, problems, known, back }: CostFile): KnownBlock[] {
  const unrated = costs.filter(({ own }) => own === null).length;
  const sums = new Map<string, number>();
  for (const { cost } of costs) sums.set(cost.money.currency, (sums.get(cost.money.currency) ?? 0) + cost.money.minor);
  const all = [...sums].map(([currency, minor]) => moneyWords({ minor, currency })).join(', ');
  const lines = problems
    .slice(0, PROBLEMS_SHOWN)
    .map(({ line, field, message }) => `• Line ${line}, ${FIELD_WORDS[field]}: ${escapedTo(message, 150)}`);
  const more = problems.length - lines.length;
  return [
    ...(costs.length > 0 ? [context(`All lines that can be read come to ${all}.`)] : []),
    ...(known > 0 ? [context(`${count(known, 'line')} ${known === 1 ? 'is' : 'are'} on file already and counted once.`)] : []),
    ...(back > 0
      ? [context(`${count(back, 'line')} ${back === 1 ? 'was' : 'were'} taken back, and ${back === 1 ? 'is' : 'are'} left out.`)]
      : []),
    ...(unrated > 0 ? [context(`:warning: ${count(unrated, 'cost')} in another currency: ${WITHOUT_RATE}.`)] : []),
    ...(problems.length > 0
      ? [section(`:warning: *Left out*\n${lines.join('\n')}${more > 0 ? `\nand ${count(more, 'more line')}` : ''}`)]
      : []),
  ];
}
