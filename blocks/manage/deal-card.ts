import type { KnownBlock } from '@slack/types';
import type { Deal } from '../../src/manage/deals/deal.ts';
import { dealFacts, lineWords, ROLE_WORDS, STATE_WORDS, speedWords } from '../../src/manage/deals/deal-words.ts';
import type { DecisionTimes } from '../../src/manage/deals/decision-times.ts';
import type { SharedDeal } from '../../src/manage/deals/share-deal.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, escaped, escapedTo, isolated, moment, plainTo, section, shortenMrkdwn, siteLink } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { ownButtons, ownState } from './review-outcome.ts';

export const DEALS_TITLE = 'My deals';
/** Shown at once; the newest. */
export const DEALS_SHOWN = 25;
export const SHARED_SHOWN = 15;

/** A partner's registrations, to one of its people. `partnerId` goes back with the button. */
export function dealList({
  deals,
  total,
  shared,
  partnerId,
  times,
  at,
}: {
  deals: Deal[];
  total: number;
  shared: { shared: SharedDeal[]; total: number };
  partnerId: string;
  times: DecisionTimes;
  at: Date;
}): Modal {
  const more = total > deals.length ? [context(`The newest ${deals.length} of ${total}.`)] : [];
  const none = 'Nothing is registered yet. Press *Register a Deal* for the first one.';
  const rows = deals.flatMap((deal) => {
    const registered = `Registered ${moment(deal.submittedAt)}${byWords(deal)}`;
    const words = `${shortenMrkdwn(dealLines(deal), 1800)}\n${registered}\n${ownState(deal, at)}`;
    return [section(words), actions(`deal-own:${deal.id}`, ...ownButtons(deal))];
  });
  const again = actions('deals:again', button(ACTIONS.dealOpen, 'Register a Deal', partnerId, { style: 'primary' }));
  return modal(DEALS_TITLE, [
    section(total === 0 ? none : `*${count(total, 'deal')}*`),
    context(escaped(speedWords(times))),
    ...rows,
    ...more,
    ...sharedBlocks(shared),
    again,
  ]);
}

/** What others registered and this partner has a part in. */
function sharedBlocks({ shared, total }: { shared: SharedDeal[]; total: number }): KnownBlock[] {
  if (total === 0) return [];
  const rows = shared.flatMap(({ id, company, domain, status, role }) => [
    section(
      `*${plainTo(company, 200)}*${domain ? `\n${siteLink(domain)}` : ''}\n*${STATE_WORDS[status].title}* · your part: ${ROLE_WORDS[role]}`,
    ),
    actions(`deal-shared:${id}`, button(ACTIONS.dealShow, 'Open Deal', id)),
  ]);
  const more = total > shared.length ? [context(`The newest ${shared.length} of ${total}.`)] : [];
  return [section('*You have a part in*'), ...rows, ...more];
}

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
