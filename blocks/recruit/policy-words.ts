import { countryName } from '../../src/recruit/policy/countries.ts';
import type { ContactBlock, OtherWay } from '../../src/recruit/policy/judge-contact.ts';
import { LABELS } from '../labels.ts';

/** Each rule in a sentence for the team. */
const RULE_WORDS: Record<ContactBlock['rule'], string> = {
  'us-can-spam': 'United States: e-mail to businesses is allowed with a true header, a postal address and a way to opt out.',
  'ca-casl':
    'Canada: consent comes first. An address they gave you, or published for their role without asking for silence, counts as implied consent; you must be able to prove it.',
  'gb-pecr':
    'United Kingdom: companies and public bodies may be written to; sole traders and some partnerships count as individuals and must have agreed. If you are not sure, they are individuals.',
  'de-uwg': 'Germany: e-mail advertising needs prior express consent, between businesses too.',
  'eu-consent': 'In this country e-mail marketing needs prior consent, companies included.',
  'eu-default':
    'European Union: companies may be written to on a legitimate interest; individuals must have agreed. States differ: check yours.',
  'no-rule': 'No rule is on file for this country, so only people who agreed are written to.',
  'country-unknown': '',
};

const MISSING_WORDS: Record<ContactBlock['missing'], (country: string | null) => string> = {
  country: () => 'The country is not known, so its rules are not either.',
  proof: () => 'The proof of their consent is missing.',
  consent: (country) => `No consent is on file${country ? ` for ${countryName(country)}` : ''}.`,
  'recipient-known': () => 'Nobody has said that this is a company’s mailbox.',
  'company-mailbox': () => 'This is an individual’s mailbox.',
  page: () => 'Name the page the address is published on.',
};

/** Why e-mail is blocked, by which rule; not escaped. */
export function blockWords({ rule, missing, country }: ContactBlock): string {
  return `${RULE_WORDS[rule]} ${MISSING_WORDS[missing](country)}`.trim();
}

/** What is allowed where e-mail is not. */
export const WAY_WORDS: Record<OtherWay, string> = {
  country: `State the country under ${LABELS.contact}.`,
  introduction: 'Ask somebody who knows them for a warm introduction.',
  call: 'Call: the draft serves as a phone script.',
  letter: 'Send it as a letter.',
  consent: `If they agreed to hear from you, record it with the proof under ${LABELS.contact}.`,
};
