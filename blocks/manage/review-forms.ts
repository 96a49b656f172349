import type { KnownBlock } from '@slack/types';
import { type Deal, lastOf, REJECTION_CODES } from '../../src/manage/deals/deal.ts';
import { CONFLICT_WORDS, REJECTION_WORDS } from '../../src/manage/deals/deal-words.ts';
import { input, type Modal, modal, option, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { context, divider, escapedTo, plainTo, section, verbatim } from '../mrkdwn.ts';
import { reasonWords } from './review-words.ts';

export const REJECT_TITLE = 'Reject';
export const ASK_PARTNER_TITLE = 'Ask the partner';
export const ANSWER_TITLE = 'Answer';
export const APPEAL_TITLE = 'Appeal';

/** Characters of what one side says to the other. */
export const LONGEST_WORDS = 1000;

type About = { deal: Deal; metadata: string };

/** Asks a reviewer why; the partner reads both answers. */
export function rejectForm({ deal, metadata }: About): Modal {
  const reasons = REJECTION_CODES.map((code) => option(code, REJECTION_WORDS[code]));
  return modal(
    REJECT_TITLE,
    [
      section(`*${plainTo(deal.company, 200)}*`),
      input('code', 'Why', { type: 'static_select', options: reasons }),
      textInput('words', 'In your words', '', { multiline: true, optional: true, max: LONGEST_WORDS }),
      context('The partner reads the reason and your words, and can appeal once.'),
    ],
    { id: VIEWS.dealReject, submit: 'Reject', metadata },
  );
}

export function askPartnerForm({ deal, metadata }: About): Modal {
  return modal(
    ASK_PARTNER_TITLE,
    [
      section(`*${plainTo(deal.company, 200)}*`),
      textInput('words', 'Your question', '', { multiline: true, max: LONGEST_WORDS }),
      context('It goes to the partner’s channel. Their answer comes back to the card, and the time for the review begins anew.'),
    ],
    { id: VIEWS.dealAsk, submit: 'Ask', metadata },
  );
}

/** The question, and room for what the partner says to it; the website is asked for where that is what is missing. */
export function answerForm({ deal, metadata }: About): Modal {
  const needsSite = deal.check?.code === 'domain-missing';
  const site = textInput('website', 'Their website', '', {
    max: 300,
    hint: 'Or the e-mail address of somebody there.',
    optional: deal.domain !== null,
  });
  return modal(
    ANSWER_TITLE,
    [
      section(`*${plainTo(deal.company, 200)}*`),
      ...questionBlocks(deal),
      ...(needsSite ? [site] : []),
      textInput('words', needsSite ? 'Anything else' : 'Your answer', '', {
        multiline: true,
        max: LONGEST_WORDS,
        ...(needsSite ? { optional: true } : {}),
      }),
    ],
    { id: VIEWS.dealAnswer, submit: 'Send', metadata },
  );
}

export function questionBlocks(deal: Deal): KnownBlock[] {
  const asked = lastOf(deal, 'ask');
  if (!asked) return [];
  return asked.words ? [...verbatim(asked.words), divider] : [section(CONFLICT_WORDS['domain-missing']), divider];
}

export function appealForm({ deal, metadata }: About): Modal {
  const rejected = lastOf(deal, 'reject');
  return modal(
    APPEAL_TITLE,
    [
      section(`*${plainTo(deal.company, 200)}* was not accepted.${rejected ? `\n${escapedTo(reasonWords(rejected), 1500)}` : ''}`),
      textInput('words', 'What do you know that we do not?', '', { multiline: true, max: LONGEST_WORDS }),
      context('You can appeal once. A person reads it together with all that was said before.'),
    ],
    { id: VIEWS.dealAppeal, submit: 'Appeal', metadata },
  );
}
