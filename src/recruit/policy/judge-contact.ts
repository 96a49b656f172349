import { countryName } from './countries.ts';
import { type Basis, type CountryRule, POLICY_VERSION, type Recipient, ruleFor } from './country-policy.ts';

/** What the policy reads of a person written to.. */
export type Judged = { country: string | null; basis: Basis; recipient: Recipient; source: string };

/** Kept with every send: under which rule it left. */
export type PolicyStamp = { version: string; country: string; rule: string; legalBasis: string };

/** `why` and each of `instead` is a sentence for the team. */
export type Verdict =
  | { allowed: true; stamp: PolicyStamp; rule: CountryRule }
  | { allowed: false; rule: string; why: string; source: string; instead: string[] };

const OTHER_WAYS = [
  'Ask somebody who knows them for a warm introduction.',
  'Call: the draft serves as a phone script.',
  'Send it as a letter.',
  'If they agreed to hear from you, record it with the proof under Contact.',
];

/** Whether e-mail may go to this person, by the law of their country. Pure. */
export function judgeContact(contact: Judged): Verdict {
  const { country, basis } = contact;
  if (country === null) {
    const why = 'The country is not known, so its rules are not either.';
    return {
      allowed: false,
      rule: 'country-unknown',
      why,
      source: 'House rule: unknown counts as not allowed',
      instead: ['State the country under Contact.', ...OTHER_WAYS],
    };
  }
  const rule = ruleFor(country);
  const refusal = objection(rule, contact);
  if (refusal) return { allowed: false, rule: rule.id, why: `${rule.says}${refusal}`, source: rule.source, instead: OTHER_WAYS };
  const legalBasis = basis === 'consent' ? 'Consent, recorded with proof' : rule.legalBasis;
  return { allowed: true, rule, stamp: { version: POLICY_VERSION, country, rule: rule.id, legalBasis } };
}

function objection(rule: CountryRule, { basis, recipient, source, country }: Judged): string | null {
  if (basis === 'consent') return source.trim() ? null : ' The proof of their consent is missing.';
  const accepted = rule.accepts.find((way) => way.basis === basis);
  if (!accepted) return ` No consent is on file${country ? ` for ${countryName(country)}` : ''}.`;
  if (!accepted.recipients.includes(recipient))
    return recipient === 'unknown' ? ' Nobody has said that this is a company’s mailbox.' : ' This is an individual’s mailbox.';
  // A claim of publication is checked by its page: the proof is on the sender (CASL).
  if (rule.id === 'ca-casl' && basis === 'published' && !/https?:\/\/\S+\.\S+|\b[\w-]+\.[a-z]{2,}\/?\S*/i.test(source))
    return ' Name the page the address is published on.';
  return null;
}
