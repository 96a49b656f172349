import type { Button, KnownBlock } from '@slack/types';
import {
  maskedReference,
  PAYMENT_METHODS,
  type PaymentDetails,
  type PaymentEntry,
  type PaymentMethod,
} from '../../src/onboard/payment-details/payment-details.ts';
import { actions, button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escaped, escapedTo, moment, person, plainTo, section } from '../mrkdwn.ts';

export const PAYMENT_TITLE = 'Payment details';
export const PAYMENT_CARD_TITLE = 'Payment details wait for a second person';

const METHOD_WORDS: Record<PaymentMethod, string> = { bank: 'Bank transfer', paypal: 'PayPal', other: 'Another way' };

/** Asks how the partner wants to be paid. What is on file is not shown again: it is typed anew. */
export function paymentForm({ id, name }: { id: string; name: string }): Modal {
  const options = PAYMENT_METHODS.map((method) => option(method, METHOD_WORDS[method]));
  return modal(
    PAYMENT_TITLE,
    [
      section(`How *${plainTo(name, 200)}* is paid. It is kept encrypted; we show its last characters only.`),
      textInput('currency', 'Currency', '', { max: 3, placeholder: 'EUR' }),
      input('method', 'How', { type: 'static_select', options }),
      textInput('reference', 'Where the money goes', '', {
        max: 300,
        hint: 'The IBAN, or account number and bank code; the address at PayPal; or what else is needed.',
      }),
      context('It counts once a second person of the programme’s team has confirmed it. Until then what counted before goes on counting.'),
    ],
    { id: VIEWS.payment, submit: 'Save', metadata: JSON.stringify({ partnerId: id }) },
  );
}

/** What is on file, masked, and what waits; to the partner's people and to the team. */
export function paymentLines(details: PaymentDetails | null, keys: readonly string[]): string {
  const lines = [
    ...(details?.current ? [`Paid by ${entryWords(details.current, keys)}`] : []),
    ...(details?.pending ? [`${entryWords(details.pending, keys)} waits for a second person of the team to confirm it`] : []),
  ];
  return lines.length > 0 ? lines.join('\n') : 'Nothing yet. Say how you want to be paid.';
}

/** Whether there are any and whether they count, in a line on the partner's card; where the money goes is not said there. */
export function paymentLine(details: PaymentDetails | null): string {
  const entry = ({ method, currency }: PaymentEntry) => `${METHOD_WORDS[method]}, ${escaped(currency)}`;
  const states = [
    ...(details?.current ? [`${entry(details.current)}, confirmed ${moment(details.current.confirmedAt ?? details.current.at)}`] : []),
    ...(details?.pending ? [`${entry(details.pending)}, waits for a second person of the team`] : []),
  ];
  return `*Payment details:* ${states.length > 0 ? states.join('; ') : 'none yet'}`;
}

function entryWords({ id, sealed, method, currency }: PaymentEntry, keys: readonly string[]): string {
  return `${METHOD_WORDS[method]}, ${escaped(currency)}, ${maskedReference({ id, sealed }, keys) ?? 'not readable without its key'}`;
}

type Card = { partner: { id: string; name: string }; entryId: string; details: PaymentDetails; keys: readonly string[] };

/** Opens what waits, to confirm it or turn it down. */
export function paymentReviewButton({ partnerId, entryId }: { partnerId: string; entryId: string }, label: string): Button {
  return button(ACTIONS.paymentReview, label, JSON.stringify({ partnerId, entryId }), { accessibility_label: 'Review payment details' });
}

/** To the team: a partner's payment details wait for a second person. It shows how it ended once somebody has decided. */
export function paymentCard({ partner, entryId, details, keys }: Card): { text: string; blocks: KnownBlock[] } {
  const { pending, current, turnedDown } = details;
  const name = plainTo(partner.name, 200);
  if (pending?.id === entryId) {
    const text = `Payment details of ${escapedTo(partner.name, 200)} wait for a second person`;
    const value = JSON.stringify({ partnerId: partner.id, entryId });
    const before = current ? `Now it is ${entryWords(current, keys)}.` : 'There are none yet.';
    return {
      text,
      blocks: [
        section(`*${name}* wants to be paid by ${entryWords(pending, keys)}. ${before}`),
        context(
          `Entered ${moment(pending.at)} by ${byWords(pending)}. Ask them by another way than this whether it is theirs; then confirm.`,
        ),
        actions(
          `payment:${entryId}`,
          button(ACTIONS.paymentConfirm, 'Confirm', value, { style: 'primary' }),
          button(ACTIONS.paymentTurnDown, 'Turn Down', value),
        ),
      ],
    };
  }
  const text = `Payment details of ${name}: ${endWords(entryId, { current, turnedDown })}`;
  return { text, blocks: [section(text)] };
}

function endWords(entryId: string, { current, turnedDown }: Pick<PaymentDetails, 'current' | 'turnedDown'>): string {
  if (current?.id === entryId && current.confirmedBy) return `:white_check_mark: confirmed by ${person(current.confirmedBy)}.`;
  if (turnedDown?.id === entryId) return `turned down by ${person(turnedDown.by)}. What counted before goes on counting.`;
  return 'others have come since.';
}

function byWords({ by, byName, side }: PaymentEntry): string {
  const who = byName ? escapedTo(byName, 100) : by.startsWith('contact:') ? 'one of their people' : person(by);
  return side === 'partner' ? `${who}, of the partner` : who;
}

export const PAYMENT_SAVED =
  'Saved, and waiting: a second person of the programme’s team confirms it. You see under *Earnings* whether it counts.';
