import type { Company } from '../companies/company.ts';
import type { PartnerType } from '../programme/partner-type.ts';
import type { OwnCompany, Sender } from '../programme/programme.ts';
import { companyEvidence } from './company-evidence.ts';
import type { Claim, Contact, DraftText } from './draft.ts';

export type WritingInput = { own: OwnCompany; sender: Sender; company: Company; contact: Contact; type: PartnerType };
export type WrittenDraft = DraftText & { claims: Claim[] };

const PROPOSAL: Record<PartnerType, string> = {
  reseller: 'selling what we make to your customers, with margin and support from us',
  affiliate: 'recommending us to your audience, with a commission for what comes of it',
  referral: 'passing us the occasional introduction, with a referral fee for each that becomes a customer',
  technology: 'making our two products work together for the customers we could share',
  agency: 'using what we make in the projects you run for your clients',
  consultant: 'advising on and setting up what we make for your clients',
  'co-marketing': 'doing something together for an audience we both care about',
};

/** Writes without a model: short, plain, the same words for the same facts. It claims only what is stored of the company. */
export function writeOffline({ own, sender, company, contact, type }: WritingInput): WrittenDraft {
  const claims = openingClaims(company);
  const body = [
    `Hello ${contact.name},`,
    `I am ${sender.name} at ${own.name}. ${sentence(own.sells)} Our customers: ${lowerFirst(sentence(own.customers))}`,
    claims.map(({ text }) => text).join(' '),
    `I wonder whether a partnership would be of use to you: ${PROPOSAL[type]}. Would a call of twenty minutes in the next two weeks suit you?`,
    footer(own, sender, contact),
  ];
  return { subject: `${own.name} and ${company.name}: working together?`.slice(0, 150), body: body.filter(Boolean).join('\n\n'), claims };
}

/** Who writes, from where, how the address was found and how to say no; part of the text that is approved. */
export function footer(own: OwnCompany, sender: Sender, contact: Contact): string {
  const source = contact.source.replace(/[.\s]+$/, '');
  return [
    `${sender.name}\n${own.name}\n${sender.postalAddress}`,
    `Your address is from: ${source}. If you would rather not hear from us, answer “no” and we will not write again.`,
  ].join('\n\n');
}

function openingClaims(company: Company): Claim[] {
  const evidence = new Map(companyEvidence(company).map((fact) => [fact.field, fact]));
  const claim = (field: string, text: (value: string) => string): Claim[] => {
    const fact = evidence.get(field);
    return fact ? [{ text: text(fact.value), evidence: [fact] }] : [];
  };
  const own = claim('oneLiner', (value) => `${company.name} describes itself as “${excerpt(value)}”.`);
  const about = own.length > 0 ? own : claim('description', (value) => `I read about ${company.name}: “${excerpt(value)}”.`);
  return [
    ...about,
    ...claim('industries', (value) => `You are listed under ${value.split(', ').slice(0, 3).join(', ')}.`),
    ...claim('locations', () => `You work from ${company.locations[0]}.`),
  ];
}

/** At most a line of the company's own words: links go, and a cut is marked. */
function excerpt(text: string): string {
  const plain = text
    .replace(/https?:\/\/\S+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.”"]+$/, '');
  if (plain.length <= 140) return plain;
  return `${plain.slice(0, plain.lastIndexOf(' ', 139))} …`;
}

function sentence(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}

function lowerFirst(text: string): string {
  // "SMEs in Poland" keeps its capitals, "Hospitals" does not.
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
