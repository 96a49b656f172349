import type { KnownBlock } from '@slack/types';
import type { PartnerMail, PartnerTemplate } from '../../src/onboard/mails/partner-mail.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { escapedTo, plainTo, section } from '../mrkdwn.ts';

export const MAIL_NOTICE_TITLE = 'A mail to a partner did not arrive';

const TEMPLATE_WORDS: Record<PartnerTemplate, { what: string; again: string }> = {
  'page-link': { what: 'the link to their partner page', again: 'Send it again from `/partners show`: the old link ends by itself.' },
  reminder: {
    what: 'what waits for them on the checklist',
    again: 'Tell them yourself: I write again only when the next reminder is due.',
  },
  deal: {
    what: 'a question or a decision about a deal they registered',
    again: 'Tell them yourself: it stands on their partner page too.',
  },
  'deal-part': { what: 'that they have a part in a deal', again: 'Tell them yourself: it stands on their partner page too.' },
  payout: { what: 'that they were paid, or that this was taken back', again: 'Tell them yourself; `/partners pay` has the statement.' },
  'deal-news': { what: 'news of one of their deals', again: 'Tell them yourself; `/partners deals` shows how it stands.' },
};

/** To the owner: a mail of ours to a partner's person did not leave, or nobody can tell. */
export function mailNotice(
  { template, status, reason, contactId }: PartnerMail,
  { name, people }: Pick<Partner, 'name' | 'people'>,
): { text: string; blocks: KnownBlock[] } {
  const { what, again } = TEMPLATE_WORDS[template];
  const person = people.find(({ id }) => id === contactId);
  const whom = person ? escapedTo(person.name || person.email, 200) : 'a person';
  const why =
    status === 'unknown'
      ? 'Nobody can tell whether it left, so I do not send it again by myself.'
      : `It did not leave: ${reasonWords(reason)}`;
  const text = `The mail to ${whom} of ${plainTo(name, 200)} with ${what}: ${why} ${again}`;
  return { text, blocks: [section(`:warning: ${text}`)] };
}

function reasonWords(reason: string): string {
  if (reason === 'gave-up') return 'the mail server put it off too often.';
  return reason === 'no-code' ? 'the mail server did not take it.' : `the mail server said “${escapedTo(reason, 200)}”.`;
}
