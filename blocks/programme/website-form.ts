import type { KnownBlock } from '@slack/types';
import type { PageProblem } from '../../src/discover/website/network.ts';
import type { Proposal } from '../../src/discover/website/propose-company.ts';
import { type Modal, modal, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { escapedTo, section } from '../mrkdwn.ts';

/** What set-up begins with. */
export function websiteForm(): Modal {
  return modal(
    'Set-up',
    [
      section('I read your website first and propose what you sell, to whom and where. You correct it before it is saved.'),
      textInput('website', 'Your company’s website', '', { max: 200, placeholder: 'example.com' }),
    ],
    { id: VIEWS.setupWebsite, submit: 'Read It', close: 'Close' },
  );
}

/** While the site is read. */
export function websiteWait(domain: string): Modal {
  return modal('Set-up', [section(`Reading ${escapedTo(domain, 200)}… This takes a few seconds.`)]);
}

/** Completes “I could not read your website: …”. */
const PROBLEM_WORDS: Record<PageProblem, string> = {
  'bad-address': 'it leads to an address that a visitor cannot open',
  'private-address': 'its address leads into a private network',
  unreachable: 'it does not answer',
  'too-slow': 'it takes too long to answer',
  'too-large': 'its front page is too large',
  'too-many-redirects': 'it sends visitors in circles',
  'moved-away': 'it leads to another company’s site',
  'not-a-page': 'there is no web page at its address',
  'robots-say-no': 'its robots.txt asks programs not to read it',
};

/** Where the texts in the form come from, or why there are none. */
export function proposalBlocks({ website, sells, problem }: Proposal): KnownBlock[] {
  const site = escapedTo(website, 200);
  if (problem) return [section(`:warning: I could not read ${site}: ${PROBLEM_WORDS[problem]}. Please fill in the fields yourself.`)];
  if (sells === '') return [section(`:warning: The front page of ${site} does not say what you sell. Please fill in the fields yourself.`)];
  return [section(`This is what I read on ${site}. Correct what is wrong: the fit score goes by it.`)];
}
