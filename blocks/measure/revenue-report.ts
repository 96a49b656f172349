import type { ActionsBlock, KnownBlock, StaticSelect } from '@slack/types';
import { CREDIT_KINDS } from '../../src/measure/attribution/credit.ts';
import { MODEL_NAMES } from '../../src/measure/attribution/models.ts';
import { STAGES } from '../../src/measure/ledger/record-revenue.ts';
import { BY, type By, type RevenueAsk, wordsOf } from '../../src/measure/revenue/ask.ts';
import type { RevenueReport, RevenueRow } from '../../src/measure/revenue/report-lines.ts';
import { amountText, moneyWords } from '../../src/platform/money.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button, option, text } from '../elements.ts';
import { ACTIONS, type ActionId } from '../ids.ts';
import { context, plainTo, section, shorten } from '../mrkdwn.ts';
import { type Cell, chart, dataTable, textCell } from '../panels.ts';
import { count, TYPE_WORDS } from '../words.ts';
import { BY_WORDS, KIND_WORDS, MODEL_WORDS, STAGE_WORDS } from './revenue-words.ts';

export const UNDERSTOOD =
  'I understand a period (`last quarter`, `this month`, `2026-Q3`, `year to date`, `last 12 months`), `by partner`, `type`, `tier`, `month` or `product`, ' +
  '`sourced`, `influenced`, `referral`, `co-sell` or `delivered`, `model linear`, `first`, `last`, `position`, `decay` or `roles`, `booked`, `invoiced` or `collected`, and `compare`.';

/** Rows of the table, ever fewer until the message is short enough; the file has all. */
const SIZES = [40, 25, 15, 8, 4];
const MOST_POINTS = 20;

/** What partners brought in: the figure in a sentence, a table, a chart, what changed and by whom, and the ways on. `isShared`: for others to read, without
 *  what only the asking person may press. */
export function revenueMessage(
  report: RevenueReport,
  unknown: readonly string[],
  isShared = false,
): { text: string; blocks: KnownBlock[] } {
  const said = figureWords(report);
  const head = [section(said), ...noteBlocks(report, unknown)];
  const ways = isShared ? [] : wayRows(report);
  if (report.rows.length === 0) return { text: said, blocks: [...head, ...emptyBlocks(report, isShared), ...ways] };
  const sizes = [...new Set(SIZES.map((size) => Math.min(size, report.rows.length)))];
  const tables = sizes.map((size) => [...head, ...tableBlocks(report, size), ...chartBlocks(report), ...behindBlocks(report), ...ways]);
  return { text: said, blocks: firstThatFits(tables) };
}

const isWhole = ({ measure }: RevenueAsk) => measure.model === null;

/** “Partners sourced 120,000 EUR in Q3 2026 (booked), 34 % of all; 20 % more than in Q2 2026.” */
export function figureWords({ ask, currency, total, totalBefore, everything }: RevenueReport): string {
  const { measure, stage, period } = ask;
  const sum = `*${moneyWords({ minor: total, currency })}*`;
  const kind = measure.kind === 'all' ? null : KIND_WORDS[measure.kind];
  const model = measure.model ? MODEL_WORDS[measure.model].label.toLowerCase() : '';
  const what = isWhole(ask)
    ? `${kind?.said} ${sum}`
    : kind
      ? `Of what is “${kind.label.toLowerCase()}”, partners are credited with ${sum}`
      : `Partners are credited with ${sum}`;
  const share = everything > 0 ? `, ${Math.round((100 * total) / everything)} % of all` : '';
  return `${what} in ${period.name} (${stage}${model ? `, model ${model}` : ''})${share}; ${changeWords(total, totalBefore, period.before.name)}.`;
}

function changeWords(now: number, before: number, name: string): string {
  if (before === 0) return now === 0 ? `as in ${name}` : `nothing in ${name}`;
  const percent = Math.round((100 * (now - before)) / Math.abs(before));
  if (percent === 0) return `as much as in ${name}`;
  return `${Math.abs(percent)} % ${percent > 0 ? 'more' : 'less'} than in ${name}`;
}

function noteBlocks({ ask, unrated, isBehind }: RevenueReport, unknown: readonly string[]): KnownBlock[] {
  const { measure, stage, by } = ask;
  const overlaps = isWhole(ask) && measure.kind !== 'sourced' && by !== 'month' && by !== 'product';
  const means = [
    `*${STAGE_WORDS[stage].label}*: ${STAGE_WORDS[stage].means}.`,
    measure.kind === 'all' ? '' : `*${KIND_WORDS[measure.kind].label}*: ${KIND_WORDS[measure.kind].means}.`,
    measure.model ? `*${MODEL_WORDS[measure.model].label}*: ${MODEL_WORDS[measure.model].means}.` : '',
    overlaps ? 'A sale counts for each partner that has such a part in it, so lines can come to more than the figure.' : '',
  ].filter(Boolean);
  const notes = [
    ...(unknown.length > 0 ? [`I did not use “${plainTo(unknown.join(' '), 200)}”. ${UNDERSTOOD}`] : []),
    ...(unrated > 0
      ? [`:warning: ${count(unrated, 'transaction')} in another currency stand in no sum here: no rate of that day is on file.`]
      : []),
    ...(isBehind ? ['Something that happened in the last minutes is still being added up.'] : []),
  ];
  return [context(means.join(' ')), ...notes.map((note) => context(note))];
}

function emptyBlocks({ ask, everything, currency }: RevenueReport, isShared: boolean): KnownBlock[] {
  if (isShared) return [];
  const own =
    everything > 0
      ? `All ${ask.stage} revenue of this period, ${moneyWords({ minor: everything, currency })}, came without such a part of a partner. `
      : '';
  const next =
    'A sale counts once a partner’s deal is approved and won, or the CRM says so: `/partners deals` shows the deals, `/partners crm` what was read. Another period or part may have more.';
  return [
    { ...section(`${own}${next}`), accessory: button(ACTIONS.commandRun, 'Deals', 'deals') },
    actions('revenue-none', button(ACTIONS.commandRun, 'Last 12 Months', 'revenue last 12 months')),
  ];
}

const capital = (words: string) => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;

export function rowName(by: By, { key, name }: Pick<RevenueRow, 'key' | 'name'>): string {
  // The key of a type is one of the table's.
  if (by === 'type' && key in TYPE_WORDS) return TYPE_WORDS[key as keyof typeof TYPE_WORDS];
  return name || BY_WORDS[by].none;
}

function tableBlocks(report: RevenueReport, size: number): KnownBlock[] {
  const { ask, currency, total, rows } = report;
  const sumCell = (minor: number): Cell => ({
    type: 'raw_number',
    value: Number(amountText({ minor, currency })),
    text: moneyWords({ minor, currency }),
  });
  const percentCell = (value: number | null): Cell => (value === null ? textCell('') : { type: 'raw_number', value, text: `${value} %` });
  const share = (part: number, whole: number) => (whole === 0 ? null : Math.round((100 * part) / Math.abs(whole)));
  const isCompared = ask.compare || ask.by === 'month';
  const head = [
    BY_WORDS[ask.by].label,
    ask.by === 'month' ? 'Revenue' : capital(ask.period.name),
    'Of the figure',
    ...(isCompared ? ['Before', 'Change'] : []),
  ];
  const lines = rows
    .slice(0, size)
    .map((row): Cell[] => [
      textCell(shorten(rowName(ask.by, row), 60)),
      sumCell(row.now),
      percentCell(share(row.now, total)),
      ...(isCompared ? [sumCell(row.before), percentCell(share(row.now - row.before, row.before))] : []),
    ]);
  const left = rows.length - lines.length;
  const more = left > 0 ? [context(`${count(left, 'more line')} ${left === 1 ? 'is' : 'are'} in the CSV file.`)] : [];
  return [dataTable(`Revenue by ${ask.by}, ${ask.period.name}`, head, lines, 0), ...more];
}

/** Bars of the largest lines, months in their order; beside them those of the period before, where that is compared. */
export function pointsOf({ ask, currency, rows }: RevenueReport) {
  const shown = ask.by === 'month' ? rows.slice(-MOST_POINTS) : rows.slice(0, MOST_POINTS);
  const major = (minor: number) => Number(amountText({ minor, currency }));
  const isCompared = ask.compare && ask.by !== 'month';
  return {
    title: shorten(`Revenue by ${ask.by}, ${ask.period.name}`, 50),
    categories: shown.map((row) => rowName(ask.by, row)),
    series: [
      { name: isCompared ? 'This period' : currency, values: shown.map(({ now }) => major(now)) },
      ...(isCompared ? [{ name: 'Before', values: shown.map(({ before }) => major(before)) }] : []),
    ],
  };
}

function chartBlocks(report: RevenueReport): KnownBlock[] {
  const points = pointsOf(report);
  return points.categories.length > 1 ? [chart(points)] : [];
}

/** Who is behind the change against the period before. */
export function behindBlocks({ ask, behind, currency, total, totalBefore }: RevenueReport): KnownBlock[] {
  if (behind.length === 0) return [];
  const sum = (minor: number) => `${minor > 0 ? '+' : '−'}${moneyWords({ minor: Math.abs(minor), currency })}`;
  const lines = behind.map((row) => `${plainTo(rowName('partner', row), 80)} ${sum(row.now - row.before)}`);
  const all = total === totalBefore ? 'nothing in all' : sum(total - totalBefore);
  return [section(`*What changed* against ${ask.period.before.name}: ${all}. Most by ${lines.join(', ')}.`)];
}

const PERIODS = ['this month', 'last month', 'this quarter', 'last quarter', 'this year', 'last year', 'last 12 months'];

function wayRows({ ask, rows }: RevenueReport): KnownBlock[] {
  const words = wordsOf(ask);
  const choose = (action: ActionId, label: string, options: readonly (readonly [words: string, label: string])[]): StaticSelect => ({
    type: 'static_select',
    action_id: action,
    placeholder: text(label, 150),
    options: options.map(([value, shown]) => option(value, shown)),
  });
  const selects: ActionsBlock = {
    type: 'actions',
    block_id: `revenue:${words}`,
    elements: [
      choose(
        ACTIONS.revenuePeriod,
        'Period …',
        PERIODS.map((period) => [period, capital(period)]),
      ),
      choose(
        ACTIONS.revenueBy,
        'By …',
        BY.map((by) => [`by ${by}`, `By ${by}`]),
      ),
      choose(ACTIONS.revenueKind, 'Part …', [
        ...CREDIT_KINDS.map((kind) => [kind, KIND_WORDS[kind].label] as const),
        ...(ask.measure.model ? [['any', 'Any part'] as const] : []),
      ]),
      choose(ACTIONS.revenueModel, 'Model …', [
        ['whole', 'No model: whole sales'],
        ...MODEL_NAMES.map((name) => [`model ${name}`, MODEL_WORDS[name].label] as const),
      ]),
      choose(
        ACTIONS.revenueStage,
        'Stage …',
        STAGES.map((stage) => [stage, STAGE_WORDS[stage].label]),
      ),
    ],
  };
  const has = rows.length > 0;
  const buttons = [
    // Months stand beside the month before them anyway.
    ...(ask.by === 'month'
      ? []
      : [button(ACTIONS.revenueCompare, ask.compare ? 'Do Not Compare' : 'Compare', wordsOf({ ...ask, compare: !ask.compare }))]),
    ...(has ? [button(ACTIONS.revenueExport, 'CSV', words), button(ACTIONS.revenuePicture, 'Picture', words)] : []),
    ...(has ? [button(ACTIONS.revenueWhy, 'Why?', words), button(ACTIONS.revenueShare, 'Share', words)] : []),
    button(ACTIONS.moneyFile, 'Import', 'file'),
    button(ACTIONS.commandRun, 'Cost and Return', `return ${ask.words} ${ask.stage}`),
    button(ACTIONS.measureRules, 'Settings', 'open'),
  ];
  return [selects, actions(`revenue-ways:${words}`, ...buttons)];
}
