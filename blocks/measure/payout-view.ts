import type { KnownBlock } from '@slack/types';
import type { TakenBack } from '../../src/measure/payouts/decide-payout.ts';
import { type Payout, paidStatements, type Statement, totalOf } from '../../src/measure/payouts/payout.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { actions, button, input, type Modal, modal, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, divider, moment, person, plainTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { inSections, leftWords, money, type Names, nameOf, STATUS_WORDS, sure } from './payouts-page.ts';

export const PAYOUT_TITLE = 'Payout';

/** Statements on one page. */
const MOST_STATEMENTS = 40;

/** A payout with the statements of some partners, from the `from`th on, and what can be done with it now. `note`: what a click has just done, or why not. */
export function payoutView(payout: Payout, names: Names, note = '', from = 0): Modal {
  const { statements, leftOut, currency } = payout;
  const shown = statements.slice(from, from + MOST_STATEMENTS);
  const left = leftOut.slice(from, from + MOST_STATEMENTS).map((one) => leftWords(one, currency, names));
  return modal(PAYOUT_TITLE, [
    ...(note ? [section(note)] : []),
    section(headWords(payout)),
    ...stepRow(payout),
    divider,
    ...shown.map((statement) => statementRow(payout, statement, names)),
    ...turnRow(payout, from),
    ...(left.length > 0 ? inSections(['*Left out*', ...left]) : []),
    context('I move no money. Files come to our direct messages; they name partners and accounts, keep them as you keep those.'),
  ]);
}

function turnRow({ id, statements, leftOut }: Payout, from: number): KnownBlock[] {
  const length = Math.max(statements.length, leftOut.length);
  if (length <= MOST_STATEMENTS) return [];
  const value = (to: number) => JSON.stringify({ id, from: to });
  const buttons = [
    ...(from > 0 ? [button(ACTIONS.payoutBack, 'Back', value(Math.max(0, from - MOST_STATEMENTS)))] : []),
    ...(from + MOST_STATEMENTS < length ? [button(ACTIONS.payoutNext, 'Next', value(from + MOST_STATEMENTS))] : []),
  ];
  const what = statements.length < length ? 'Left out' : 'Statements';
  const shown = `${what} ${from + 1} to ${Math.min(length, from + MOST_STATEMENTS)} of ${length}`;
  return [context(shown), actions(`payout-turn:${id}:${from}`, ...buttons)];
}

function headWords(payout: Payout): string {
  const { currency, status, by, at, approvals, handedOut, paid, reference, takenBack } = payout;
  return [
    `*${money(totalOf(payout), currency)}* to ${count(paidStatements(payout).length, 'partner')}: ${STATUS_WORDS[status]}`,
    `Made by ${person(by)} ${moment(at)}`,
    ...approvals.map((one) => `Approved by ${person(one.by)} ${moment(one.at)}`),
    ...(status === 'draft' ? approvalWords(payout) : []),
    ...(handedOut ? [`Files for the bank went to ${person(handedOut.by)} ${moment(handedOut.at)}`] : []),
    ...(paid ? [`Marked as paid by ${person(paid.by)} ${moment(paid.at)}: ${plainTo(reference, 140)}`] : []),
    ...(takenBack ? [`Taken back by ${person(takenBack.by)} ${moment(takenBack.at)}: ${plainTo(takenBack.because, 300)}`] : []),
  ].join('\n');
}

function approvalWords({ needs, limit }: Payout): string[] {
  const above = limit ? `Above ${moneyWords(limit)} two people approve. ` : '';
  const two = 'Two different people approve a sum of this size; whoever gave or confirmed payment details in it cannot be the second.';
  const raisers = limit?.raisedBy ? [limit.raisedBy, ...limit.alsoRaisedBy].map(person) : [];
  const each = raisers.length > 1 ? 'each approves' : 'approves';
  const raised =
    raisers.length > 0
      ? `${raisers.join(' and ')} raised that limit or changed its currency, and ${each} this only together with somebody else.`
      : '';
  return [...(needs === 2 ? [two] : []), `${above}${raised}`.trim()].filter(Boolean);
}

function stepRow({ id, status, currency }: Payout): KnownBlock[] {
  if (status === 'taken-back') return [];
  const approve = button(ACTIONS.payoutApprove, 'Approve', id, {
    style: 'primary',
    confirm: sure('Approve this payout?', 'You have looked at each statement. Then it can be paid.', 'Approve'),
  });
  // What a bank pays by is of no use, and of harm, once it is paid.
  const files = [
    ...(currency === 'EUR' && status === 'approved' ? [button(ACTIONS.payoutBank, 'Bank File (SEPA)', id)] : []),
    button(ACTIONS.payoutCsv, status === 'paid' ? 'CSV File' : 'CSV Files', id),
  ];
  return [
    actions(
      `payout:${id}:${status}`,
      ...(status === 'draft' ? [approve] : []),
      ...(status === 'approved' ? [button(ACTIONS.payoutPay, 'Mark as Paid', id, { style: 'primary' })] : []),
      ...(status === 'draft' ? [] : files),
      button(ACTIONS.payoutTakeBack, 'Take Back', id),
    ),
  ];
}

function statementRow({ id, currency }: Payout, statement: Statement, names: Names): KnownBlock {
  const { partnerId, lines, carriedInMinor, netMinor, payoutMinor, carriedOutMinor, leastMinor } = statement;
  const words = [
    `*${nameOf(names, partnerId)}*: ${payoutMinor > 0 ? money(payoutMinor, currency) : 'nothing this time'}`,
    `${count(lines.length, 'line')}${carriedInMinor === 0 ? '' : `, ${money(carriedInMinor, currency)} of them carried in`}; net ${money(netMinor, currency)}`,
    ...(carriedOutMinor === 0
      ? []
      : [`${money(carriedOutMinor, currency)} is carried to the next payout${whyCarried(carriedOutMinor, leastMinor, currency)}`]),
  ];
  return { ...section(words.join('\n')), accessory: button(ACTIONS.payoutStatement, 'Statement', `${id}|${partnerId}`) };
}

function whyCarried(carried: number, least: number, currency: string): string {
  return carried > 0 ? `: less than ${money(least, currency)}` : ': more was taken back than earned';
}

type Ref = Pick<Payout, 'id' | 'status'>;
const metadataOf = ({ id, status }: Ref) => JSON.stringify({ payoutId: id, status });

/** `back`: what refunds took back of it since it was made. */
export function payoutPaidForm(payout: Payout, back: TakenBack): Modal {
  const taken = `:warning: Since it was made, refunds took back *${money(-back.minor, payout.currency)}* of it. If the money is still yours, close this, press *Take Back* and make the payout anew. If it has left, mark it: the next payout deducts that sum.`;
  return modal(
    PAYOUT_TITLE,
    [
      ...(back.count > 0 ? [section(taken)] : []),
      section(`Say that *${money(totalOf(payout), payout.currency)}* left your account. I move no money: this books it as paid.`),
      textInput('reference', 'Reference', '', { max: 140, hint: 'As your bank or your accounts name the payment.' }),
    ],
    { id: VIEWS.payoutPaid, submit: 'Mark as Paid', metadata: JSON.stringify({ payoutId: payout.id, knownBack: back.count }) },
  );
}

export function payoutBackForm(payout: Payout): Modal {
  const { status, handedOut } = payout;
  const words =
    status === 'paid'
      ? 'It is booked back, and what it held is owed again. Money that left comes back through your bank only.'
      : 'What it holds is free again, for another payout.';
  const isOut = handedOut !== null && status === 'approved';
  const twice = `:warning: ${isOut ? `${person(handedOut.by)} got the files for the bank ${moment(handedOut.at)}.` : ''} Make sure that the bank does not pay by them: otherwise partners are paid twice.`;
  return modal(
    PAYOUT_TITLE,
    [
      section(words),
      ...(isOut ? [section(twice)] : []),
      textInput('because', 'Why?', '', { max: 300, hint: 'For the record of your team; partners do not see it.' }),
    ],
    { id: VIEWS.payoutBack, submit: 'Take Back', metadata: metadataOf(payout) },
  );
}

export function bankFileForm(payout: Payout, company: string, today: string): Modal {
  return modal(
    PAYOUT_TITLE,
    [
      section('A SEPA credit transfer (pain.001) to upload at your bank. Your account is not kept.'),
      textInput('name', 'Name of your account', company, { max: 70 }),
      textInput('iban', 'Your IBAN', '', { max: 42 }),
      input('day', 'Pay on', { type: 'datepicker', initial_date: today }),
    ],
    { id: VIEWS.payoutBank, submit: 'Make File', metadata: metadataOf(payout) },
  );
}
