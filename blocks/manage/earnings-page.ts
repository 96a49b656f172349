import type { PaymentDetails } from '../../src/onboard/payment-details/payment-details.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { plainTo, section } from '../mrkdwn.ts';
import { paymentLines } from '../onboard/payment-card.ts';
import { count } from '../words.ts';

export const EARNINGS_TITLE = 'Earnings';

type Shown = { partner: { id: string; name: string }; deals: number; details: PaymentDetails | null; keys: readonly string[] };

/** What was registered so far and how the partner is paid. No deal is approved yet, so no money is due, and none is made up. */
export function earningsPage({ partner, deals, details, keys }: Shown): Modal {
  return modal(EARNINGS_TITLE, [
    section(
      `*${plainTo(partner.name, 200)}*\n${count(deals, 'deal')} registered. Earnings start with the first approved deal; until then there is nothing to pay.`,
    ),
    section(`*Payment details*\n${paymentLines(details, keys)}`),
    actions('earnings:payment', button(ACTIONS.paymentOpen, 'Payment Details', partner.id)),
  ]);
}
