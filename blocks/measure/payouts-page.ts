import type { KnownBlock } from '@slack/types';
import { sumOf } from '../../src/measure/commissions/exact.ts';
import type { Payment } from '../../src/measure/payouts/bank-file.ts';
import { type LeftOut, type Payout, paidStatements, totalOf } from '../../src/measure/payouts/payout.ts';
import type { Owed } from '../../src/measure/payouts/work-out-payout.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { actions, button, text } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, day, divider, plainTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';

/** By the partner's id. */
export type Names = ReadonlyMap<string, string>;

/** Partners that are named for each currency. */
const MOST_NAMED = 15;

export const STATUS_WORDS: Record<Payout['status'], string> = {
  draft: 'waits for approval',
  approved: 'approved, to be paid',
  paid: 'paid',
  'taken-back': 'taken back',
};

const WHY_WORDS: Record<LeftOut['why'], (left: LeftOut) => string> = {
  'on-hold': ({ until }) => `still held${until ? `, the first until ${day(until)}` : ''}`,
  'to-decide': ({ count: lines }) => `held: ${lines} to decide in \`/partners links\``,
  'not-worked-out': ({ count: lines }) =>
    `held: the ${lines === 1 ? 'sale is' : 'sales are'} being worked out; \`/partners rates\` says what waits for a rate`,
  'no-details': () => 'no confirmed payment details: the partner enters them on its desk, a second person confirms them',
  'other-currency': () => 'the confirmed payment details are for another currency',
  'partner-gone': () => 'this partner is no more',
  'no-room': () => 'too many lines for one payout; it is in the next',
};

/** What is owed, what can be paid now, and the newest payouts. */
export function payoutsPage(owed: readonly Owed[], payouts: readonly Payout[], names: Names): KnownBlock[] {
  const open = new Set(payouts.filter(({ status }) => status === 'draft' || status === 'approved').map(({ currency }) => currency));
  return [
    section('*What is owed to partners*'),
    ...(owed.length === 0 ? [section('Nothing is owed. Commissions show here as soon as a sale earns them.')] : []),
    ...owed.flatMap((one) => owedIn(one, names, open.has(one.currency))),
    ...(payouts.length > 0 ? [divider, section('*Payouts*')] : []),
    ...payouts.map(payoutRow),
    context('I move no money: you pay with your bank or your accounts, then press *Mark as Paid*.'),
  ];
}

function owedIn({ currency, statements, leftOut }: Owed, names: Names, isOpen: boolean): KnownBlock[] {
  const now = paidStatements({ statements });
  const total = sumOf(now.map(({ payoutMinor }) => payoutMinor));
  const rows = [
    ...statements
      .filter(({ payoutMinor, carriedOutMinor }) => payoutMinor > 0 || carriedOutMinor !== 0)
      .map(({ partnerId, payoutMinor, carriedOutMinor }) =>
        payoutMinor > 0
          ? `• *${nameOf(names, partnerId)}*: ${money(payoutMinor, currency)}`
          : `• *${nameOf(names, partnerId)}*: ${money(carriedOutMinor, currency)} is carried to the next payout`,
      ),
    ...leftOut.map((left) => leftWords(left, currency, names)),
  ];
  const more = rows.length > MOST_NAMED ? [`…and ${rows.length - MOST_NAMED} more`] : [];
  const head = `*${currency}*: ${now.length > 0 ? `${money(total, currency)} can be paid to ${count(now.length, 'partner')}` : noneWords(leftOut)}`;
  return [
    ...inSections([head, ...rows.slice(0, MOST_NAMED), ...more]),
    ...(now.length > 0 && !isOpen
      ? [actions(`payout:make:${currency}`, button(ACTIONS.payoutMake, `Make a Payout in ${currency}`, currency))]
      : []),
  ];
}

function noneWords(leftOut: readonly LeftOut[]): string {
  const ends = leftOut.flatMap(({ until }) => (until ? [until.getTime()] : []));
  return `nothing can be paid now${ends.length > 0 ? `; the next hold ends ${day(new Date(Math.min(...ends)))}` : ''}`;
}

function payoutRow(payout: Payout): KnownBlock {
  const { id, currency, status, at } = payout;
  const words = `*${money(totalOf(payout), currency)}* to ${count(paidStatements(payout).length, 'partner')}, made ${day(at)}: ${STATUS_WORDS[status]}`;
  return { ...section(words), accessory: button(ACTIONS.payoutShow, status === 'draft' ? 'Review' : 'Open', id) };
}

/** Lines of names and reasons in one section: ten of the longest fit. */
const LINES_TOGETHER = 8;

export function inSections(lines: readonly string[]): KnownBlock[] {
  const many = Math.ceil(lines.length / LINES_TOGETHER);
  return Array.from({ length: many }, (_, place) => section(lines.slice(place * LINES_TOGETHER, (place + 1) * LINES_TOGETHER).join('\n')));
}

export function leftWords(left: LeftOut, currency: string, names: Names): string {
  return `• *${nameOf(names, left.partnerId)}*: ${money(left.minor, currency)} left out, ${WHY_WORDS[left.why](left)}`;
}

export const money = (minor: number, currency: string) => moneyWords({ minor, currency });
export const nameOf = (names: Names, partnerId: string) => plainTo(names.get(partnerId) ?? 'A partner that is no more', 80);

/** Asks before a button does what is hard to undo. */
export function sure(title: string, words: string, yes: string) {
  return { title: text(title, 100), text: text(words, 300), confirm: text(yes, 30), deny: text('Cancel', 30) };
}

/** Where the CSV files are; `isToPay`: whether the one for the bank is among them. */
export function csvWords(isToPay: boolean): string {
  return isToPay
    ? 'Both files are in our direct messages, one for the bank and one for your accounts.'
    : 'The file for your accounts is in our direct messages.';
}

/** What became of a bank file; `left`: those whom it cannot pay, by name. */
export function bankFileWords(isMade: boolean, left: readonly Payment[]): string {
  const made = isMade
    ? 'The file is in our direct messages. Upload it at your bank.'
    : 'No partner in this payout has an IBAN to be paid in euro, so there is no file.';
  if (left.length === 0) return made;
  const rows = left
    .slice(0, MOST_NAMED)
    .map((one) => `• *${plainTo(one.name, 80)}*: ${money(one.minor, one.currency)}${PROBLEM_WORDS[one.problem]}`);
  const more = left.length > MOST_NAMED ? [`…and ${left.length - MOST_NAMED} more`] : [];
  return [made, '*Not in it; the bank’s CSV file has them:*', ...rows, ...more].join('\n');
}

const PROBLEM_WORDS: Record<Payment['problem'], string> = {
  '': '',
  changed: ', whose payment details have changed since: take the payout back and make it anew',
  unreadable: ', whose payment details do not open: ask whoever runs the app for the key',
};
