import type { KnownBlock } from '@slack/types';
import { lineWords, sumWords, whyWords } from '../../src/measure/commissions/earning-words.ts';
import type { EarningLine, Earnings, EarningWhy } from '../../src/measure/commissions/earnings.ts';
import type { PaymentDetails } from '../../src/onboard/payment-details/payment-details.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, escapedTo, moment, person, plainTo, section } from '../mrkdwn.ts';
import { paymentLines } from '../onboard/payment-card.ts';
import { count } from '../words.ts';

export const EARNINGS_TITLE = 'Earnings';
export const WHY_TITLE = 'Why this sum?';
/** Lines on one page. */
export const EARNINGS_SHOWN = 10;

type Shown = { earnings: Earnings; from: number; deals: number; details: PaymentDetails | null; keys: readonly string[] };

/** What a partner earned, what is held, owed and paid, the lines of it with *Why?*, and how it is paid. */
export function earningsPage({ earnings, from, deals, details, keys }: Shown): Modal {
  const { partner, sums, lines, total } = earnings;
  const none = 'Earnings start with the first approved deal; until then there is nothing to pay.';
  return modal(EARNINGS_TITLE, [
    section(`*${plainTo(partner.name, 200)}*\n${count(deals, 'deal')} registered. ${total === 0 ? none : ''}`),
    ...(sums.length > 0 ? [section(sums.map((sum) => `• ${escapedTo(sumWords(sum), 300)}`).join('\n'))] : []),
    ...lines.map((line) => lineRow(partner.id, line)),
    ...turnRow(partner.id, from, total),
    section(`*Payment details*\n${paymentLines(details, keys)}`),
    actions('earnings:payment', button(ACTIONS.paymentOpen, 'Payment Details', partner.id)),
  ]);
}

function lineRow(partnerId: string, line: EarningLine): KnownBlock {
  const why = button(ACTIONS.earningsWhy, 'Why?', JSON.stringify({ partnerId, source: line.source }));
  return { ...section(escapedTo(lineWords(line), 600)), accessory: why };
}

function turnRow(partnerId: string, from: number, total: number): KnownBlock[] {
  const value = (to: number) => JSON.stringify({ partnerId, from: to });
  const buttons = [
    ...(from > 0 ? [button(ACTIONS.earningsNewer, 'Newer', value(Math.max(0, from - EARNINGS_SHOWN)))] : []),
    ...(from + EARNINGS_SHOWN < total ? [button(ACTIONS.earningsOlder, 'Older', value(from + EARNINGS_SHOWN))] : []),
  ];
  return buttons.length > 0 ? [context(`${count(total, 'line')} in all`), actions(`earnings:${from}`, ...buttons)] : [];
}

/** Why a line is what it is. */
export function earningWhyPage(why: EarningWhy): Modal {
  const approvals = why.reader === 'team' ? (why.payout?.approvals ?? []) : [];
  return modal(WHY_TITLE, [
    section(`*${escapedTo(lineWords(why.line), 600)}*`),
    section(
      whyWords(why)
        .map((words) => `• ${escapedTo(words, 500)}`)
        .join('\n'),
    ),
    ...(approvals.length > 0
      ? [context(`Payout approved by ${approvals.map(({ by, at }) => `${person(by)}, ${moment(at)}`).join(' and ')}`)]
      : []),
  ]);
}
