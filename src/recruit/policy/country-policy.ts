import { EU_COUNTRIES } from './countries.ts';

/** Rises with every change of a rule; stored with each send. */
export const POLICY_VERSION = '2026-11-27';

/** How we came by an address, as the person who names it says. */
export const BASES = ['consent', 'published', 'given', 'other'] as const;
export type Basis = (typeof BASES)[number];

/** Who owns the mailbox. `unknown` is treated as an individual: UK law asks for consent there. */
export const RECIPIENTS = ['company', 'individual', 'unknown'] as const;
export type Recipient = (typeof RECIPIENTS)[number];

/** Stored with drafts that a rule kept back: one that is no longer used stays here, so that they can be read. */
export const RULE_IDS = ['us-can-spam', 'ca-casl', 'gb-pecr', 'de-uwg', 'eu-consent', 'eu-default', 'no-rule'] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** What one country's law asks of a first e-mail to a business. `blocks/recruit/policy-words.ts` says each rule in a sentence. */
export type CountryRule = {
  id: RuleId;
  countries: readonly string[];
  /** Where the rule is written, and where it was read. */
  source: string;
  /** Which way of coming by the address is enough, and for whom. Recorded consent is always enough. */
  accepts: readonly { basis: Exclude<Basis, 'consent'>; recipients: readonly Recipient[] }[];
  /** What a message without consent rests on. */
  legalBasis: string;
  /** Whether data protection law wants the first message to say who we are, why, where the address is from, and the right to object. */
  firstContactNotice: boolean;
};

const ANYBODY = RECIPIENTS;
const COMPANIES = ['company'] as const;
const toCompanies = (['published', 'given', 'other'] as const).map((basis) => ({ basis, recipients: COMPANIES }));

/** EU states whose law wants consent also for companies' addresses. */
const EU_CONSENT = ['AT', 'BE', 'DK', 'ES', 'HR', 'IT', 'NL', 'PL', 'RO'];

/** Not legal advice. Checked in order; a country without a rule takes `NO_RULE`. */
export const COUNTRY_RULES: readonly CountryRule[] = [
  {
    id: 'us-can-spam',
    countries: ['US'],
    source: 'CAN-SPAM Act, 15 U.S.C. 7704 (Pub. L. 108-187)',
    accepts: BASES.filter((basis) => basis !== 'consent').map((basis) => ({ basis, recipients: ANYBODY })),
    legalBasis: 'CAN-SPAM: opt-out',
    firstContactNotice: false,
  },
  {
    id: 'ca-casl',
    countries: ['CA'],
    source: 'CASL, S.C. 2010 c. 23, s. 6 and 10(9); crtc.gc.ca/eng/com500/guide.htm',
    accepts: (['published', 'given'] as const).map((basis) => ({ basis, recipients: ANYBODY })),
    legalBasis: 'CASL: implied consent',
    firstContactNotice: false,
  },
  {
    id: 'gb-pecr',
    countries: ['GB'],
    source: 'PECR reg. 22; ICO guidance on business-to-business marketing',
    accepts: toCompanies,
    legalBasis: 'Legitimate interest, UK GDPR Art. 6(1)(f); PECR reg. 22 covers individual subscribers only',
    firstContactNotice: true,
  },
  {
    id: 'de-uwg',
    countries: ['DE'],
    source: '§ 7(2) UWG; fedma.org/legalfacts/germany-lfp',
    accepts: [],
    legalBasis: 'Consent',
    firstContactNotice: true,
  },
  {
    id: 'eu-consent',
    countries: EU_CONSENT,
    source: 'ePrivacy Directive 2002/58/EC Art. 13 as this state applies it; fedma.org/legalfacts',
    accepts: [],
    legalBasis: 'Consent',
    firstContactNotice: true,
  },
  {
    id: 'eu-default',
    countries: EU_COUNTRIES,
    source: 'GDPR Art. 6(1)(f), 14, 21; ePrivacy Directive 2002/58/EC Art. 13(5)',
    accepts: toCompanies,
    legalBasis: 'Legitimate interest, GDPR Art. 6(1)(f)',
    firstContactNotice: true,
  },
];

/** For every other country. */
const NO_RULE: CountryRule = {
  id: 'no-rule',
  countries: [],
  source: 'House rule: what is not known is not allowed',
  accepts: [],
  legalBasis: 'Consent',
  firstContactNotice: true,
};

/** Null, an unknown country, has no rule either. */
export function ruleFor(country: string | null): CountryRule {
  return COUNTRY_RULES.find(({ countries }) => country !== null && countries.includes(country)) ?? NO_RULE;
}
