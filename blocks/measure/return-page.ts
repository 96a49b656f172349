import type { KnownBlock } from '@slack/types';
import { WHOLE_BP } from '../../src/measure/commissions/exact.ts';
import type { ReturnBehind, ReturnReport } from '../../src/measure/costs/read-return.ts';
import { STAGES } from '../../src/measure/ledger/record-revenue.ts';
import type { Transaction } from '../../src/measure/ledger/transaction.ts';
import type { ClosedSale } from '../../src/measure/sales/closed-sales.ts';
import { amountText, moneyWords } from '../../src/platform/money.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, divider, plainTo, section } from '../mrkdwn.ts';
import { type Cell, chart, dataTable, numberCell, textCell } from '../panels.ts';
import { count } from '../words.ts';
import { COST_WORDS } from './cost-words.ts';
import { costWords } from './costs-page.ts';
import { STAGE_WORDS, TRANSACTION_WORDS } from './revenue-words.ts';

export const RETURN_TITLE = 'Cost and return';
/** Of each sort, on one page. */
const MOST_LINES = 20;

/** A share in basis points as people read it: `340 %`. */
function percent(bp: number): string {
  return `${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format((bp * 100) / WHOLE_BP)} %`;
}

/** What the programme cost and what it returned, as figures, a table and a chart. `words` and the stage are what the buttons carry. */
export function returnMessage(report: ReturnReport, words: string, unread: string): { text: string; blocks: KnownBlock[] } {
  const { period, stage, currency, inputs, figures } = report;
  const money = (minor: number) => moneyWords({ minor, currency });
  const { without } = figures.returnBp;
  const said =
    without === null
      ? `Partners sourced *${money(inputs.revenueMinor)}* in ${period.name} (${stage}); what it cost is not recorded.`
      : `Partners sourced *${money(inputs.revenueMinor)}* in ${period.name} (${stage}) for *${money(figures.cost.without)}*: a return of *${percent(without)}* without commissions, *${returnWords(figures.returnBp.with)}* with them.`;
  const asked = `${words} ${stage}`;
  const others = STAGES.filter((one) => one !== stage).map((one) => `\`${one}\``);
  return {
    text: said,
    blocks: [
      section(said),
      context(
        `*Return*: sourced revenue less cost, by cost. It weighs revenue, not margin. *${STAGE_WORDS[stage].label}*: ${STAGE_WORDS[stage].means}; write ${others.join(' or ')} behind it for another stage.`,
        ...notesOf(report, unread),
      ),
      figuresTable(report),
      ...costsChart(report),
      actions(
        `return:${asked}`,
        button(ACTIONS.returnWhy, 'Why?', asked),
        button(ACTIONS.revenueWhy, 'Sales Behind the Revenue', asked),
        button(ACTIONS.commandRun, 'Costs', `costs ${words}`),
      ),
    ],
  };
}

const returnWords = (bp: number | null) => (bp === null ? '–' : percent(bp));

function notesOf({ unrated, inputs }: ReturnReport, unread: string): string[] {
  const left = [
    ...(unrated.costs > 0 ? [count(unrated.costs, 'cost')] : []),
    ...(unrated.commissions > 0 ? [count(unrated.commissions, 'commission')] : []),
    ...(unrated.revenue > 0 ? [`${count(unrated.revenue, 'transaction')} of revenue`] : []),
  ];
  return [
    ...(inputs.directMinor === null ? [`What our direct sales cost is ${NOT_KNOWN}.`] : []),
    ...(unread
      ? [
          `I did not use “${plainTo(unread, 100)}”. I understand a period, such as \`last quarter\`, and \`booked\`, \`invoiced\` or \`collected\`.`,
        ]
      : []),
    ...(left.length > 0 ? [`:warning: ${left.join(', ')} in another currency stand in no sum here: no rate is on file.`] : []),
  ];
}

/** Why a figure is “–”. */
const NO_COST = '– (no cost is recorded)';
const NO_CUSTOMER = '– (no new customer)';
const NOT_KNOWN = 'not known: add it as a cost of direct sales';

function figuresTable({ period, currency, inputs, figures }: ReturnReport): KnownBlock {
  const money = (minor: number): Cell => ({
    type: 'raw_number',
    value: Number(amountText({ minor, currency })),
    text: moneyWords({ minor, currency }),
  });
  const share = (bp: number | null) => textCell(bp === null ? NO_COST : percent(bp));
  const each = (minor: number | null, why: string) => (minor === null ? textCell(why) : money(minor));
  const { directMinor, customers } = inputs;
  const nothing = textCell('');
  const rows: Cell[][] = [
    [textCell('Sourced revenue'), money(inputs.revenueMinor), money(inputs.revenueMinor), nothing],
    [textCell('Cost'), money(figures.cost.without), money(figures.cost.with), each(directMinor, 'not known')],
    [textCell('Return'), share(figures.returnBp.without), share(figures.returnBp.with), nothing],
    [textCell('New customers'), ...[customers.partner, customers.partner, customers.direct].map(numberCell)],
    [
      textCell('Cost of a new customer'),
      each(figures.cac.without, NO_CUSTOMER),
      each(figures.cac.with, NO_CUSTOMER),
      each(figures.directCac, directMinor === null ? 'not known' : NO_CUSTOMER),
    ],
  ];
  return dataTable(`Cost and return, ${period.name}`, ['Figure', 'Without commission', 'With commission', 'Direct sales'], rows, 0);
}

function costsChart({ period, currency, inputs }: ReturnReport): KnownBlock[] {
  const parts = [
    ...inputs.costs.map(({ kind, minor }) => ({ name: COST_WORDS[kind], minor })),
    ...(inputs.commissionMinor === 0 ? [] : [{ name: 'Commissions', minor: inputs.commissionMinor }]),
  ];
  if (parts.length < 2) return [];
  const values = parts.map(({ minor }) => Number(amountText({ minor, currency })));
  return [
    chart({ title: `What it cost, ${period.name}`, categories: parts.map(({ name }) => name), series: [{ name: currency, values }] }),
  ];
}

/** Each figure: what it means, what it is made of, and the transactions and sales behind it. */
export function returnWhy({ report, costs, commissions, customers }: ReturnBehind, names: ReadonlyMap<string, string>): Modal {
  const { period, stage, currency, inputs, figures } = report;
  const money = (minor: number) => moneyWords({ minor, currency });
  const spent = figures.cost;
  const cac = (minor: number | null) => (minor === null ? NO_CUSTOMER : money(minor));
  return modal(RETURN_TITLE, [
    section(
      `*Return, ${period.name}*\nSourced revenue less cost, by cost.\nWithout commissions: (${money(inputs.revenueMinor)} − ${money(spent.without)}) ÷ ${money(spent.without)} = ${returnWords(figures.returnBp.without)}\nWith commissions: (${money(inputs.revenueMinor)} − ${money(spent.with)}) ÷ ${money(spent.with)} = ${returnWords(figures.returnBp.with)}`,
    ),
    context(
      `*Sourced revenue*: what was ${stage} of sales that a partner had first; \`/partners revenue\` and *Why?* list them. *Commissions*: what partners earned in the period, less what was taken back, whether it is paid yet or not. ${period.from} to before ${period.to}.`,
    ),
    divider,
    section(
      `*Cost of a new customer*\nAll cost of the programme and of single partners, by new customers through partners.\nWithout commissions: ${money(spent.without)} ÷ ${inputs.customers.partner} = ${cac(figures.cac.without)}\nWith commissions: ${money(spent.with)} ÷ ${inputs.customers.partner} = ${cac(figures.cac.with)}\nOur direct sales: ${inputs.directMinor === null ? NOT_KNOWN : `${money(inputs.directMinor)} ÷ ${inputs.customers.direct} = ${cac(figures.directCac)}`}`,
    ),
    context(
      'A *new customer* is a company, by its domain, whose first sale was won in the period. It is through partners where one sourced that sale, and direct where none had a part in it; sales of ours that a partner helped with are neither.',
    ),
    ...list('New customers through partners', customers.partner.map(saleRow)),
    ...list('New customers of our direct sales', customers.direct.map(saleRow)),
    ...list(
      'Costs',
      costs.map((cost) => section(costLineOf(cost, names))),
    ),
    ...list(
      'Commissions',
      commissions.map((one) => section(commissionWords(one, names))),
    ),
  ]);
}

function list(title: string, rows: KnownBlock[]): KnownBlock[] {
  const more = rows.length - MOST_LINES;
  if (rows.length === 0) return [divider, section(`*${title}*\nNone.`)];
  return [
    divider,
    section(`*${title}*`),
    ...rows.slice(0, MOST_LINES),
    ...(more > 0
      ? [context('There are more. A shorter period shows them; `/partners costs` and `/partners revenue` have them as files.')]
      : []),
  ];
}

function saleRow({ id, customer, closedAt }: ClosedSale): KnownBlock {
  const words = `*${plainTo(customer || 'A customer whose name was deleted', 100)}* · won ${closedAt.toISOString().slice(0, 10)}`;
  return { ...section(words), accessory: button(ACTIONS.revenueSale, 'Open Sale', id) };
}

const costLineOf = (cost: Transaction, names: ReadonlyMap<string, string>) =>
  `${costWords(cost, names)}${cost.kind === 'reversed' ? ' · _takes one back_' : ''}`;

function commissionWords({ kind, day, postings, own, source }: Transaction, names: ReadonlyMap<string, string>): string {
  const posting = postings.find(({ account }) => account === 'payable');
  const sum = posting ? moneyWords(posting) : '';
  const isOther = own && posting && own.currency !== posting.currency;
  const worth = isOther ? ` = ${moneyWords(own)} at ${own.rate} of ${own.rateDay}` : '';
  const who = plainTo(names.get(posting?.partnerId ?? '') ?? 'A partner that is no more', 80);
  return `${day} · *${TRANSACTION_WORDS[kind]}* ${sum}${worth} · ${who}\n\`${plainTo(source, 150)}\``;
}
