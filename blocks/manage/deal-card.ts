import type { KnownBlock } from '@slack/types';
import type { Deal } from '../../src/manage/deals/deal.ts';
import { dealFacts, lineWords, STATE_WORDS } from '../../src/manage/deals/deal-words.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, escaped, escapedTo, isolated, moment, plainTo, section, shortenMrkdwn, siteLink } from '../mrkdwn.ts';
import { openPartnerButton } from '../onboard/partner-card.ts';
import { count } from '../words.ts';

export const DEALS_TITLE = 'My deals';
/** Shown at once; the newest. */
export const DEALS_SHOWN = 25;

/** A partner's registrations, to one of its people. `partnerId` goes back with the button. */
export function dealList({ deals, total, partnerId }: { deals: Deal[]; total: number; partnerId: string }): Modal {
  const more = total > deals.length ? [context(`The newest ${deals.length} of ${total}.`)] : [];
  const none = 'Nothing is registered yet. Press *Register a Deal* for the first one.';
  const rows = deals.map((deal) =>
    section(`${dealLines(deal)}\n*${STATE_WORDS[deal.status].title}* ${moment(deal.submittedAt)}${byWords(deal)}`),
  );
  const again = actions('deals:again', button(ACTIONS.dealOpen, 'Register a Deal', partnerId, { style: 'primary' }));
  return modal(DEALS_TITLE, [section(total === 0 ? none : `*${count(total, 'deal')}*`), ...rows, ...more, again]);
}

/** To the colleague who looks after the partner. */
export function dealNotice(
  deal: Deal,
  { id, name: partnerName, channel }: Pick<Partner, 'id' | 'name' | 'channel'>,
): { text: string; blocks: KnownBlock[] } {
  const text = `${escapedTo(partnerName, 200)} registered a deal: ${escapedTo(deal.company, 200)}`;
  return {
    text,
    blocks: [
      section(`*${plainTo(partnerName, 200)}* registered a deal, ${moment(deal.submittedAt)}${byWords(deal)}.`),
      section(dealLines(deal)),
      context(
        `They were told that you look at it and come back to them. ${channel ? `Answer them in <#${channel}>.` : 'Answer them by mail: the record has their addresses.'}`,
      ),
      actions(`deal:${deal.id}`, openPartnerButton({ id, name: partnerName })),
    ],
  };
}

export const DEAL_NOTICE_TITLE = 'A partner registered a deal';

/** To somebody who closed the form before it was sent. */
export const DRAFT_KEPT = 'I kept what you typed. *Register a Deal* opens it again.';

/** What a deal is about. */
export function dealLines(deal: Deal): string {
  const { company, domain, note, lines } = deal;
  const site = domain ? [siteLink(domain)] : [];
  const facts = [...site, ...dealFacts({ ...deal, domain: null }).map(escaped)].join(' · ');
  const products = lines.map((line) => `\n• ${escaped(lineWords(line))}`).join('');
  return `*${isolated(plainTo(company, 200))}*\n${facts}${shortenMrkdwn(products, 800)}${note ? `\n${escapedTo(note, 1500)}` : ''}`;
}

function byWords({ by, byName }: Deal): string {
  if (byName) return ` by ${escapedTo(byName, 100)}`;
  return by.startsWith('contact:') ? '' : ` by <@${by}>`;
}
