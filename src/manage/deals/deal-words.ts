import { moneyWords } from '../../platform/money.ts';
import { countryName } from '../../recruit/policy/countries.ts';
import type { ConflictCode } from '../conflicts/check.ts';
import type { Deal, DealState, RejectionCode } from './deal.ts';

/** What every state is called, and what comes next, to the partner. The page and Slack read the same. */
export const STATE_WORDS: Record<DealState, { title: string; next: string }> = {
  submitted: { title: 'Submitted', next: 'Somebody looks at it next. The time of your registration counts, whenever that is.' },
  'in-review': { title: 'In review', next: 'Somebody is looking at it. You hear from them here.' },
  'needs-info': { title: 'Waits for you', next: 'There is a question for you. Answer it, and the review goes on.' },
  approved: {
    title: 'Approved',
    next: 'The account is yours to work on until the day below. Log what you do: it is what an extension rests on.',
  },
  rejected: { title: 'Not accepted', next: 'If you know something we do not, you can appeal once.' },
  won: { title: 'Won', next: 'Nothing more is to do here.' },
  lost: { title: 'Lost', next: 'Nothing more is to do here.' },
  expired: { title: 'Expired', next: 'The protection is over. You can register the account again.' },
  withdrawn: { title: 'Withdrawn', next: 'You took it back. You can register the account again.' },
  revoked: { title: 'Taken back', next: 'The protection was taken back. Your contact can tell you more.' },
};

/** What the rule says and what may be done next, to the partner: no other partner, nothing internal. */
export const CONFLICT_WORDS: Record<ConflictCode, string> = {
  'duplicate-own': 'Your company has registered this account already. See *My Deals*: it stands with its first time.',
  'conflict-partner': 'This account was registered before. First come, first served: it may come free again, and you can appeal.',
  'conflict-direct': 'Our own sales team is in talks with this account. If you are too, appeal and say with whom you speak.',
  'existing-customer': 'This account buys from us already. A person looks at what you can do there together.',
  'conflict-territory': 'Our own team keeps this account or country. A person looks at it and comes back to you.',
  'possible-duplicate': 'Another account is called almost the same. A person compares the two and comes back to you.',
  'domain-missing': 'We need the customer’s website to be sure which company you mean.',
};

/** Why somebody said no. */
export const REJECTION_WORDS: Record<RejectionCode, string> = {
  'already-engaged': 'We are in talks with them already',
  'registered-before': 'Registered before',
  'not-qualified': 'Not enough is known of the opportunity yet',
  'below-minimum': 'Below the smallest value',
  'not-authorised': 'Not within your agreement',
  tender: 'A public tender, which we do not register',
  incomplete: 'Something is missing',
  'no-activity': 'Nothing has happened for too long',
  other: 'Another reason',
};

/** The facts of a deal; what is not known is left out. */
export function dealFacts({ domain, country, value, closeOn }: Pick<Deal, 'domain' | 'country' | 'value' | 'closeOn'>): string[] {
  return [domain ?? '', country ? countryName(country) : '', value ? moneyWords(value) : '', closeOn ? `closes ${closeOn}` : ''].filter(
    Boolean,
  );
}
