import type { KnownBlock } from '@slack/types';
import type { CrmOpportunity, CrmOwner } from '../../src/manage/crm/crm-record.ts';
import type { Deal } from '../../src/manage/deals/deal.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, day, escapedTo, person, plainTo, section } from '../mrkdwn.ts';
import { ownerRow, ownerWords } from './crm-owners.ts';

export const SELLER_WARNING_TITLE = 'A partner has protection on an account that you sell to';

type Warned = { deal: Deal; partner: Partner; sale: CrmOpportunity };

/** To whoever sells to a protected account, before their first call. Internal. */
export function sellerWarning(warned: Warned): { text: string; blocks: KnownBlock[] } {
  const { partner, sale } = warned;
  return warning(warned, [
    section(`${headWords(warned)}\nBefore you call them, speak with ${person(partner.owner)}, who looks after the partner.`),
    context(`You have an open opportunity on this account in the CRM: ${saleWords(sale)}`),
  ]);
}

/** To the colleague who looks after the partner, where whoever sells there is nobody in Slack: who the CRM says it is, and the way to say who that is.
 *  `seller`: null where the CRM says no more than an id, or names nobody. `told`: who was warned since. Internal. */
export function unknownSeller(warned: Warned, seller: CrmOwner | null, told: string | null): { text: string; blocks: KnownBlock[] } {
  const { sale } = warned;
  const open = `Our own sales have an open opportunity there: ${saleWords(sale)}.`;
  if (told) return warning(warned, [section(`${headWords(warned)}\n${open} I told ${person(told)}, who owns it.`)]);
  const named = seller ? ownerWords(seller) : sale.ownerId;
  const whose = named ? `The CRM says that *${escapedTo(named, 150)}* owns it` : 'The CRM names nobody who owns it';
  const why = !seller
    ? ''
    : seller.slackUserId
      ? ', and I cannot reach the person who was named for them'
      : ', and I do not know who that is in Slack';
  const next = seller ? 'Say who it is, and I warn them at once.' : 'Find out who sells there, and speak with them before they call.';
  return warning(warned, [section(`${headWords(warned)}\n${open} ${whose}${why}. ${next}`), ...(seller ? [ownerRow(seller)] : [])]);
}

function headWords({ deal, partner }: Warned): string {
  const until = deal.protectedUntil ? ` until ${day(deal.protectedUntil)}` : '';
  return `:shield: *${plainTo(deal.company, 150)}* is protected for *${plainTo(partner.name, 100)}*${until}.`;
}

function saleWords({ name, accountName, stage, value }: CrmOpportunity): string {
  const facts = [escapedTo(stage, 60), ...(value ? [moneyWords(value)] : [])].filter(Boolean).join(', ');
  return `${escapedTo(name || accountName, 150)}${facts ? ` (${facts})` : ''}`;
}

function warning({ deal, partner }: Warned, blocks: KnownBlock[]): { text: string; blocks: KnownBlock[] } {
  return {
    text: `${escapedTo(deal.company, 150)} is protected for ${escapedTo(partner.name, 100)}`,
    blocks: [...blocks, actions(`seller-warning:${deal.id}`, button(ACTIONS.dealShow, 'Open Deal', deal.id))],
  };
}
