import { ConflictCode } from '../../src/manage/conflicts/check.ts';
import type { WeightCode } from '../../src/manage/conflicts/weigh.ts';
import { type DealEvent, type DealState, RejectionCode } from '../../src/manage/deals/deal.ts';
import { CONFLICT_WORDS, REJECTION_WORDS } from '../../src/manage/deals/deal-words.ts';
import { day, escapedTo, moment, person } from '../mrkdwn.ts';

/** What the check found, to a reviewer. Internal. */
export const FOUND_WORDS: Record<ConflictCode, string> = {
  'duplicate-own': 'The partner has this account registered already',
  'conflict-partner': 'Another partner registered this account first',
  'conflict-direct': 'Our own sales team works on this account',
  'existing-customer': 'This account buys from us already',
  'conflict-territory': 'Sales keep this account or its country',
  'possible-duplicate': 'Something on record is alike: compare the two',
  'domain-missing': 'No website says which company it is',
};

export const RECORD_WORDS = { deal: 'registration', opportunity: 'opportunity in the CRM', account: 'account in the CRM' } as const;

/** What a reviewer calls a state. */
export const REVIEW_STATES: Record<DealState, string> = {
  submitted: 'Waits for somebody to look at it',
  'in-review': 'In review',
  'needs-info': 'Waits for the partner’s answer',
  approved: 'Approved',
  rejected: 'Rejected',
  won: 'Won',
  lost: 'Lost',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
  revoked: 'Taken back',
};

/** What speaks for one account, or against it. */
export const WEIGHT_WORDS: Record<WeightCode, string> = {
  'domain-same': 'Same website',
  'label-same': 'Same website under another ending',
  'site-differs': 'Other website',
  'other-company': 'Known as two companies',
  'name-same': 'Same name',
  'name-reordered': 'Same words in another order',
  'name-typing': 'Same name but for typing',
  'name-initials': 'Initials of the name',
  'name-contains': 'One name holds the other',
  'form-same': 'Same legal form',
  'form-differs': 'Other legal form',
  'country-same': 'Same country',
  'country-differs': 'Other country',
  'city-same': 'Same city',
  'group-word': 'A word for a group of companies',
  'unit-country': 'A part of it in a country',
  'unit-site': 'A website of a part of it',
};

const MOVE_WORDS: Record<DealEvent['move'], string> = {
  submit: 'registered it',
  take: 'looks at it',
  ask: 'asked',
  answer: 'answered',
  approve: 'approved it',
  reject: 'rejected it',
  appeal: 'appealed',
  withdraw: 'withdrew it',
  win: 'marked it as won',
  lose: 'marked it as lost',
  expire: 'ended the protection',
  revoke: 'took the protection back',
  extend: 'extended the protection',
};

/** One step of the history, in mrkdwn: who, what, when, and what was said. Outside text in it is escaped. */
export function eventWords({ move, by, byName, at, code, words, protectedUntil }: DealEvent, most = 300): string {
  const who = by === 'rule' ? 'The conflict check' : by.startsWith('crm:') ? 'The CRM' : byName ? escapedTo(byName, 100) : person(by);
  const until = protectedUntil ? ` until ${day(protectedUntil)}` : '';
  const why = codeWords(code);
  const said = words ? `\n>${escapedTo(words, most).replaceAll('\n', '\n>')}` : '';
  return `${who} ${MOVE_WORDS[move]}${until} ${moment(at)}${why ? `: ${why}` : ''}${said}`;
}

/** Internal: what a code of the history stands for; empty where there is none. */
function codeWords(code: string): string {
  const conflict = ConflictCode.safeParse(code);
  if (conflict.success) return FOUND_WORDS[conflict.data].toLowerCase();
  return RejectionCode.safeParse(code).success ? REJECTION_WORDS[RejectionCode.parse(code)].toLowerCase() : '';
}

/** Why it is not accepted, to the partner: plain text. */
export function reasonWords({ code, words }: Pick<DealEvent, 'code' | 'words'>): string {
  const conflict = ConflictCode.safeParse(code);
  if (conflict.success) return CONFLICT_WORDS[conflict.data];
  const reason = RejectionCode.safeParse(code);
  return [reason.success && reason.data !== 'other' ? `${REJECTION_WORDS[reason.data]}.` : '', words].filter(Boolean).join(' ');
}
