import { moneyWords } from '../../platform/money.ts';
import { countryName } from '../../recruit/policy/countries.ts';
import type { ConflictCode } from '../conflicts/check.ts';
import type { OwnField } from '../deal-rules/deal-rules.ts';
import type { Deal, DealEvent, DealLine, DealNote, DealRole, DealState, RejectionCode } from './deal.ts';
import { DECISION_DAYS, type DecisionTimes } from './decision-times.ts';
import { ANSWER_DAYS, EXTENSION_DAYS } from './protection.ts';

/** The form's own questions. */
export const FIELD_WORDS: Record<'company' | 'website' | OwnField, { label: string; hint: string; example: string }> = {
  company: { label: 'Customer', hint: '', example: 'The company’s name' },
  website: {
    label: 'Their website',
    hint: 'Or the e-mail address of somebody there. It is how we tell one company from another.',
    example: 'example.com',
  },
  country: { label: 'Country', hint: '', example: '' },
  value: { label: 'Expected value', hint: 'With its currency, such as 12,000 EUR.', example: '12,000 EUR' },
  closeOn: { label: 'Expected close', hint: '', example: '' },
  lines: { label: 'Products', hint: 'One a line, such as 3 x Widget Pro 1,200 EUR.', example: '3 x Widget Pro 1,200 EUR' },
  note: { label: 'Note', hint: 'What they need, whom you talk to, and what you do there.', example: '' },
};

/** What every state is called, and what comes next, to the partner. The page and Slack read the same. */
export const STATE_WORDS: Record<DealState, { title: string; next: string }> = {
  submitted: { title: 'Submitted', next: 'Somebody looks at it next. The time of your registration counts, whenever that is.' },
  'in-review': { title: 'In review', next: 'Somebody is looking at it. You hear from them here.' },
  'needs-info': { title: 'Waits for you', next: 'There is a question for you. Answer it, and the review goes on.' },
  approved: {
    title: 'Approved',
    next: `The account is yours to work on until that day. Log what you do: from ${EXTENSION_DAYS} days before the end you can ask for more time, and that rests on it.`,
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

/** What happened, in its history. */
export const MOVE_WORDS: Record<DealEvent['move'], string> = {
  submit: 'Registered',
  take: 'Review begun',
  ask: 'Asked',
  answer: 'Answered',
  approve: 'Approved',
  reject: 'Not accepted',
  appeal: 'Appealed',
  withdraw: 'Withdrawn',
  win: 'Won',
  lose: 'Lost',
  expire: 'Expired',
  revoke: 'Protection taken back',
  extend: 'Extended',
};

/** What was changed beside its state; behind `part-…` stands whose part. */
export const NOTE_WORDS: Record<DealNote['what'], string> = {
  'part-given': 'Part given',
  'part-changed': 'Part changed',
  'part-removed': 'Part taken back',
  'time-asked': 'More time asked for',
  'sale-other': 'Another sale in the CRM set aside',
};

/** What a partner does in a deal. */
export const ROLE_WORDS: Record<DealRole, string> = {
  source: 'found it',
  refer: 'referred it',
  influence: 'influences it',
  resell: 'resells',
  implement: 'implements',
  service: 'serves the customer',
};

const ENDED_WORDS: Readonly<Record<string, string>> = {
  'partnership-ended': 'the partnership has ended',
  'no-answer': `nobody answered for ${ANSWER_DAYS} days`,
};

/** Why, in a deal's history; empty where no code says it. The words are written for Slack's mrkdwn and for the page: without marks. */
export function codeWords(code: string): string {
  const known: Readonly<Record<string, string>> = { ...CONFLICT_WORDS, ...REJECTION_WORDS, ...ENDED_WORDS };
  return (known[code] ?? '').replaceAll('*', '');
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A day where Slack cannot put it into the reader's own time zone: `31 Mar 2027`. */
export function dayText(at: Date): string {
  return DAY.format(at);
}

/** The same with the time of day: `31 Mar 2027, 14:05 UTC`. */
export function momentText(at: Date): string {
  return `${dayText(at)}, ${at.toISOString().slice(11, 16)} UTC`;
}

/** The facts of a deal; what is not known is left out. */
export function dealFacts({ domain, country, value, closeOn }: Pick<Deal, 'domain' | 'country' | 'value' | 'closeOn'>): string[] {
  return [
    domain ?? '',
    country ? countryName(country) : '',
    value ? moneyWords(value) : '',
    closeOn ? `closes ${dayText(new Date(closeOn))}` : '',
  ].filter(Boolean);
}

/** One product, such as `3 × Widget Pro, 1,200 EUR`. */
export function lineWords({ product, quantity, value }: DealLine): string {
  return `${quantity.toLocaleString('en')} × ${product}${value ? `, ${moneyWords(value)}` : ''}`;
}

/** What comes next of this one, to the partner. */
export function nextWords({ status, appealedAt }: Pick<Deal, 'status' | 'appealedAt'>): string {
  return status === 'rejected' && appealedAt
    ? 'You appealed once, and it stands. Your contact can tell you more.'
    : STATE_WORDS[status].next;
}

/** Begun days count: what ends tonight has one day left. */
export function daysLeftWords(until: Date, at: Date): string {
  const days = Math.max(0, Math.ceil((until.getTime() - at.getTime()) / DAY_MS));
  return days === 1 ? '1 day left' : `${days} days left`;
}

/** What came of a registration, to the partner: how it is called, the rule that decided it or asks for a person, and what may be done next. The rule is
 *  told as long as it stands: not once somebody has moved the deal on. */
export function outcomeWords(deal: Pick<Deal, 'status' | 'check' | 'history' | 'appealedAt'>): {
  title: string;
  rule: string | null;
  next: string;
} {
  const { status, check, history } = deal;
  const { title } = STATE_WORDS[status];
  const stands = status === 'submitted' || history.at(-1)?.by === 'rule';
  return { title, rule: check?.code && stands ? CONFLICT_WORDS[check.code] : null, next: nextWords(deal) };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How fast registrations are decided, as it really was. A working day counts its 24 hours. */
export function speedWords({ count, known }: DecisionTimes): string {
  if (!known) return `How fast we decide: too few decisions yet to say (${count} in the last ${DECISION_DAYS} days).`;
  return `Half are decided within ${within(known.medianMs)}, nine of ten within ${within(known.p90Ms)} (${count} in the last ${DECISION_DAYS} days).`;
}

/** Rounded up, so that it holds. */
function within(ms: number): string {
  if (ms <= HOUR_MS) return 'an hour';
  if (ms < DAY_MS) return `${Math.ceil(ms / HOUR_MS)} hours`;
  const days = Math.ceil((ms / DAY_MS) * 10) / 10;
  return days === 1 ? 'one working day' : `${days} working days`;
}

/** Who has it, by name; empty while nobody does, or where no name is known. */
export function reviewerName({ reviewer, history }: Pick<Deal, 'reviewer' | 'history'>): string {
  return reviewer ? (history.findLast(({ by }) => by === reviewer)?.byName ?? '') : '';
}
