import { shortenText } from '../companies/clean-text.ts';
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

/** Characters of our own description that go into a first message. Whatever set-up and the import allow, the text stays under the
 *  3,000 characters that its edit form can hold. */
const OWN_WORDS = 300;

/** Writes without a model: short, plain, the same words for the same facts. It claims only what is stored of the company. */
export function writeOffline({ own, sender, company, contact, type }: WritingInput): WrittenDraft {
  const claims = openingClaims(company);
  const body = [
    `Hello ${contact.name},`,
    `I am ${sender.name} at ${own.name}. ${offer(own)}`,
    claims.map(({ text }) => text).join(' '),
    `I wonder whether a partnership would be of use to you: ${PROPOSAL[type]}. Would a call of twenty minutes in the next two weeks suit you?`,
  ];
  return { subject: cut(`${own.name} and ${company.name}: working together?`, 150), body: body.filter(Boolean).join('\n\n'), claims };
}

function openingClaims(company: Company): Claim[] {
  const evidence = new Map(companyEvidence(company).map((fact) => [fact.field, fact]));
  const claim = (field: string, excerptOf: (value: string) => string, text: (words: string) => string): Claim[] => {
    const fact = evidence.get(field);
    const words = fact ? excerptOf(fact.value) : '';
    return fact && words ? [{ text: text(words), evidence: [fact] }] : [];
  };
  const about = claim('oneLiner', excerpt, (words) => `${company.name} describes itself as “${words}”.`);
  const read = claim('description', excerpt, (words) => `${company.name} is described as “${words}”.`);
  const firstThree = (value: string) => cut(value.split(', ').slice(0, 3).join(', '), 140);
  const listed = claim('industries', firstThree, (words) => `${company.name} is listed under ${words}.`);
  const opening = [about, read, listed].find((claims) => claims.length > 0) ?? [];
  const firstPlace = () => cut(company.locations[0] ?? '', 140);
  return [...opening, ...claim('locations', firstPlace, (words) => `You are based in ${words}.`)];
}

/** What we sell and to whom in whole sentences. Set-up asks for a sentence, but a phrase is what most people type. */
function offer({ name, sells, customers }: OwnCompany): string {
  const what = sentence(cut(sells, OWN_WORDS));
  const whom = sentence(cut(customers, OWN_WORDS));
  const isSentence = (text: string) => /^(we|our)\b/i.test(text) || text.startsWith(`${name} `);
  const offered = isSentence(what) ? what : `We offer ${lowerFirst(what)}`;
  return `${offered} ${isSentence(whom) ? whom : `Our customers are ${lowerFirst(whom)}`}`;
}

/** At most a line of the company's own words: links go, and a cut is marked. */
function excerpt(text: string): string {
  const plain = text.replace(/https?:\/\/\S+/g, '').trim();
  return cut(plain.replace(/[.”"\s]+$/, ''), 140);
}

/** On one line and at most `max` characters, cut between words where there are any. */
function cut(text: string, max: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= max) return plain;
  const kept = shortenText(plain, max - 2).text;
  const space = kept.lastIndexOf(' ');
  return `${space > max / 2 ? kept.slice(0, space) : kept} …`;
}

function sentence(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return /[.!?…]$/.test(plain) ? plain : `${plain}.`;
}

function lowerFirst(text: string): string {
  // "SMEs in Poland" keeps its capitals, "Hospitals" does not.
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
