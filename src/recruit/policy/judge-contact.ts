import { z } from 'zod';
import { type Basis, type CountryRule, POLICY_VERSION, type Recipient, RULE_IDS, ruleFor } from './country-policy.ts';

/** What the policy reads of a person written to. */
export type Judged = { country: string | null; basis: Basis; recipient: Recipient; source: string };

/** Kept with every send: under which rule it left. */
export type PolicyStamp = { version: string; country: string; rule: string; legalBasis: string };

/** Why e-mail is blocked: the rule, and what it misses. Stored with drafts; `blocks/recruit/policy-words.ts` has the sentences. */
export const ContactBlock = z.object({
  rule: z.enum([...RULE_IDS, 'country-unknown']),
  missing: z.enum(['country', 'proof', 'consent', 'company-mailbox', 'recipient-known', 'page']),
  /** ISO 3166-1, two letters; null when it is not known. */
  country: z.string().nullable(),
});
export type ContactBlock = z.infer<typeof ContactBlock>;

/** What is allowed where e-mail is not. */
export const OTHER_WAYS = ['introduction', 'call', 'letter', 'consent'] as const;
export type OtherWay = (typeof OTHER_WAYS)[number] | 'country';

/** `source` is where the rule is written. */
export type Verdict =
  | { allowed: true; stamp: PolicyStamp; rule: CountryRule }
  | { allowed: false; block: ContactBlock; source: string; instead: readonly OtherWay[] };

/** Whether e-mail may go to this person, by the law of their country. Pure. */
export function judgeContact(contact: Judged): Verdict {
  const { country, basis } = contact;
  if (country === null) {
    const block = { rule: 'country-unknown', missing: 'country', country } as const;
    return { allowed: false, block, source: 'House rule: unknown counts as not allowed', instead: ['country', ...OTHER_WAYS] };
  }
  const rule = ruleFor(country);
  const missing = missingFor(rule, contact);
  if (missing) return { allowed: false, block: { rule: rule.id, missing, country }, source: rule.source, instead: OTHER_WAYS };
  const legalBasis = basis === 'consent' ? 'Consent, recorded with proof' : rule.legalBasis;
  return { allowed: true, rule, stamp: { version: POLICY_VERSION, country, rule: rule.id, legalBasis } };
}

function missingFor(rule: CountryRule, { basis, recipient, source }: Judged): ContactBlock['missing'] | null {
  if (basis === 'consent') return source.trim() ? null : 'proof';
  const accepted = rule.accepts.find((way) => way.basis === basis);
  if (!accepted) return 'consent';
  if (!accepted.recipients.includes(recipient)) return recipient === 'unknown' ? 'recipient-known' : 'company-mailbox';
  // A claim of publication is checked by its page: the proof is on the sender (CASL).
  if (rule.id === 'ca-casl' && basis === 'published' && !/https?:\/\/\S+\.\S+|\b[\w-]+\.[a-z]{2,}\/?\S*/i.test(source)) return 'page';
  return null;
}
