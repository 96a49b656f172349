import { type Band, bandOf } from '../src/discover/fit/criteria.ts';
import type { RejectionReason } from '../src/programme/companies/company.ts';
import type { PartnerType, SetupStep } from '../src/programme/setup/programme.ts';
import type { Need } from '../src/programme/workspaces/role.ts';

export const WHO_WORDS: Record<Need, string> = { member: 'everyone', manager: 'managers', admin: 'admins' };

export const TYPE_WORDS: Record<PartnerType, string> = {
  reseller: 'Reseller',
  affiliate: 'Affiliate',
  referral: 'Referral partner',
  technology: 'Technology partner',
  agency: 'Agency',
  consultant: 'Consultant',
  'co-marketing': 'Co-marketing partner',
};

/** Several of a type, inside a sentence. */
export const PARTNERS_WORDS: Record<PartnerType, string> = {
  reseller: 'resellers',
  affiliate: 'affiliates',
  referral: 'referral partners',
  technology: 'technology partners',
  agency: 'agencies',
  consultant: 'consultants',
  'co-marketing': 'co-marketing partners',
};

export const REASON_WORDS: Record<RejectionReason, string> = {
  'wrong-market': 'Wrong market or customers',
  'wrong-kind': 'Not this kind of partner',
  'too-small': 'Too small',
  'too-large': 'Too large',
  competitor: 'A competitor',
  'known-already': 'We know them already',
  'no-contact': 'Asked not to be contacted',
  other: 'Another reason',
};

export const STEP_WORDS: Record<SetupStep, { title: string; missing: string; button: string }> = {
  company: {
    title: 'Your company',
    missing: 'I do not know yet what you sell and which partners you want.',
    button: 'Describe Your Company',
  },
  leaveOut: { title: 'Leave out', missing: 'Nobody is left out yet.', button: 'Name Who to Leave Out' },
  digest: { title: 'Daily digest', missing: 'I do not know where and when to post the daily digest.', button: 'Choose Channel and Hour' },
  sender: { title: 'Sender', missing: 'I do not know who outreach comes from.', button: 'Name the Sender' },
};

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const BAND_WORDS: Record<Band, string> = { strong: 'strong', good: 'good', 'worth-a-look': 'worth a look', weak: 'weak' };

/** `72` and `0.8` as people read them: `strong, *72* of 100 on 80 % known`. */
export function fitWords({ type, score, known }: { type: PartnerType; score: number; known: number }): string {
  const share = Math.round(known * 100);
  return `${BAND_WORDS[bandOf({ type, score })]}, *${score}* of 100${share < 100 ? ` on ${share} % known` : ''}`;
}

/** “an agency”, “a reseller”. */
export function asType(type: PartnerType): string {
  const word = TYPE_WORDS[type].toLowerCase();
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

/** A number of things, with the noun in the right form. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? noun : plural}`;
}

const DAY_MS = 86_400_000;

/** How old evidence is, as people say it: `today`, `12 days old`, `7 months old`, `2 years old`. */
export function ageWords(at: Date, now: Date): string {
  const days = Math.floor((now.getTime() - at.getTime()) / DAY_MS);
  if (days < 1) return 'today';
  if (days < 60) return old(days, 'day');
  return days < 730 ? old(Math.floor(days / 30.44), 'month') : old(Math.floor(days / 365.25), 'year');
}

function old(n: number, unit: string): string {
  return `${n} ${n === 1 ? unit : `${unit}s`} old`;
}
