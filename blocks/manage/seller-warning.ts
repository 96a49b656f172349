import type { KnownBlock } from '@slack/types';
import type { CrmOpportunity } from '../../src/manage/crm/crm-record.ts';
import type { Deal } from '../../src/manage/deals/deal.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, day, escapedTo, person, plainTo, section } from '../mrkdwn.ts';

export const SELLER_WARNING_TITLE = 'A partner has protection on an account that you sell to';

type Warned = { deal: Deal; partner: Partner; sale: CrmOpportunity };

/** To whoever sells to a protected account, before their first call. `seller`: how the CRM names them, where the partner's owner reads it in their place;
 *  empty where they read it themselves. Internal. */
export function sellerWarning({ deal, partner, sale }: Warned, seller: string | null): { text: string; blocks: KnownBlock[] } {
  const account = `*${plainTo(deal.company, 150)}*`;
  const until = deal.protectedUntil ? ` until ${day(deal.protectedUntil)}` : '';
  const theirs = seller === null ? 'You have' : `${escapedTo(seller, 100) || 'Nobody'} has`;
  const next =
    seller === null
      ? `Before you call them, speak with ${person(partner.owner)}, who looks after the partner.`
      : `I do not know ${seller ? 'them' : 'its owner'} in Slack. Speak with them before they call, and say in \`/partners crm\` who they are.`;
  return {
    text: `${escapedTo(deal.company, 150)} is protected for ${escapedTo(partner.name, 100)}`,
    blocks: [
      section(`:shield: ${account} is protected for *${plainTo(partner.name, 100)}*${until}.\n${next}`),
      context(`${theirs} an open opportunity on this account in the CRM: ${escapedTo(sale.name || sale.accountName, 150)}`),
      actions(`seller-warning:${deal.id}`, button(ACTIONS.dealShow, 'Open Deal', deal.id)),
    ],
  };
}
