import type { Button, KnownBlock } from '@slack/types';
import type { CrmOpportunity } from '../../src/manage/crm/crm-record.ts';
import type { Deal } from '../../src/manage/deals/deal.ts';
import { STATE_WORDS } from '../../src/manage/deals/deal-words.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, day, escapedTo, person, plainTo, section } from '../mrkdwn.ts';

export const SALE_TITLE = 'Is this sale the deal of a partner?';

type Asked = { deal: Deal; partner: Pick<Partner, 'name'>; sale: CrmOpportunity };

/** What the CRM says of a closed sale. */
export function saleWords({ name, accountName, state, value, closedAt }: CrmOpportunity): string {
  const when = closedAt ? ` on ${day(closedAt)}` : '';
  return `*${plainTo(name || accountName, 150)}* was ${state}${when}${value ? `, ${moneyWords(value)}` : ''}`;
}

/** Whether it is this deal, until somebody has said so. */
export function saleButtons({ id: dealId }: Pick<Deal, 'id'>, { id: saleId, state }: CrmOpportunity): Button[] {
  const value = JSON.stringify({ dealId, saleId });
  const yes = state === 'won' ? 'Yes, Close as Won' : 'Yes, Close as Lost';
  return [button(ACTIONS.dealSaleYes, yes, value, { style: 'primary' }), button(ACTIONS.dealSaleNo, 'No, Another Sale', value)];
}

/** To the colleague who looks after the partner, with the answer once there is one. Internal. */
export function saleQuestion({ deal, partner, sale }: Asked): { text: string; blocks: KnownBlock[] } {
  const { answer = 'open', by = '' } = deal.sales.find(({ id }) => id === sale.id) ?? {};
  const isOpen = answer === 'open' && deal.status === 'approved' && sale.state !== 'open' && !sale.deletedAt;
  const head = `The CRM says that ${saleWords(sale)}.`;
  const question = `Is it the deal that *${plainTo(partner.name, 100)}* registered, *${plainTo(deal.company, 150)}*?`;
  const said =
    answer === 'this'
      ? `${person(by)} said that it is the deal of *${plainTo(partner.name, 100)}*.`
      : answer === 'other'
        ? `${person(by)} said that it is another sale than that of *${plainTo(partner.name, 100)}*.`
        : `The deal is “${STATE_WORDS[deal.status].title}” now: there is nothing to answer.`;
  return {
    text: `${escapedTo(deal.company, 150)}: ${SALE_TITLE}`,
    blocks: [
      section(isOpen ? `:grey_question: ${head} ${question}` : `${head} ${said}`),
      ...(isOpen ? [context('Yes ends the deal with this value and day, and tells the partner. I ask once for each sale.')] : []),
      actions(`deal-sale:${deal.id}`, ...(isOpen ? saleButtons(deal, sale) : []), button(ACTIONS.dealShow, 'Open Deal', deal.id)),
    ],
  };
}
