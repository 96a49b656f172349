import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Company, type CompanyFacts, CompanyFacts as Facts } from '../../../src/programme/companies/company.ts';
import type { PartnerType } from '../../../src/programme/setup/programme.ts';
import { footerOf } from '../../../src/recruit/outreach/footer.ts';
import { countryName, countryOf } from '../../../src/recruit/policy/countries.ts';
import { judgeContact } from '../../../src/recruit/policy/judge-contact.ts';
import { checkDraft } from '../../../src/recruit/writing/check-draft.ts';
import { Language, languageOf, type WritingInput } from '../../../src/recruit/writing/writing.ts';
import { AT, aContact } from '../../support/builders.ts';
import { groundsFor, writtenOffline } from '../writing/any-input.ts';

/** Drafts of the offline writer for twenty companies as they stand in the shared data, each read by a person. After a change of the
 *  writer: RENEW_EXAMPLES=1 writes them anew, and somebody reads them again. */
const FOLDER = new URL('examples/', import.meta.url);
const DATA = new URL('../../../../shared/data/companies.jsonl.gz', import.meta.url);
const CHOSEN: [domain: string, type: PartnerType][] = [
  ['casco.com', 'technology'],
  ['prelim.com', 'referral'],
  ['carmatec.com', 'reseller'],
  ['mobilejazz.com', 'agency'],
  ['sokube.io', 'consultant'],
  ['dfcyber.com', 'consultant'],
  ['femaleinvest.com', 'affiliate'],
  ['wrike.com', 'co-marketing'],
  ['getdot.ai', 'technology'],
  ['demodesk.com', 'technology'],
  ['drunomics.com', 'agency'],
  ['langdock.com', 'referral'],
  ['malibou.co', 'technology'],
  ['tryriot.com', 'reseller'],
  ['jitter.video', 'co-marketing'],
  ['beparallel.com', 'referral'],
  ['payflow.es', 'affiliate'],
  ['epic-aerospace.com', 'referral'],
  ['haddock.app', 'technology'],
  ['konta.com', 'reseller'],
];
const OWN = {
  name: 'Larkspur',
  website: 'larkspur.example',
  sells: 'Reports that show software companies how their product is used',
  customers: 'Product and data teams at software companies',
  regions: 'Europe and the Americas',
  partnerTypes: ['technology' as const],
};
const SENDER = { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' };

type Example = { subject: string; body: string; footer: string; english: string };
const MARKS = { footer: '----- footer -----', english: '----- in English -----' };

function fileOf({ subject, body, footer, english }: Example, head: string): string {
  return `${head}\nSubject: ${subject}\n\n${body}\n\n${MARKS.footer}\n\n${footer}\n${english ? `\n${MARKS.english}\n\n${english}\n` : ''}`;
}

function readExample(text: string): Example & { head: string; language: Language } {
  const [head = '', subjectLine = '', ...rest] = text.split('\n');
  const [message = '', english = ''] = rest.join('\n').split(MARKS.english);
  const [body = '', footer = ''] = message.split(MARKS.footer);
  const language = Language.parse(head.split(', ')[1]);
  const subject = subjectLine.replace('Subject: ', '');
  return { head, language, subject, body: body.trim(), footer: footer.trim(), english: english.trim() };
}

const files = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .sort();
const stored = files.map((file) => [file, readExample(readFileSync(new URL(file, FOLDER), 'utf8'))] as const);

function companiesByDomain(): Map<string, Company> {
  const lines = gunzipSync(readFileSync(DATA)).toString().trim().split('\n');
  const companies = lines.map((line): CompanyFacts & { domain: string } => JSON.parse(line));
  const stamp = {
    workspaceId: 'T1',
    origin: { source: 'companies.jsonl', at: AT },
    origins: {},
    decision: null,
    createdAt: AT,
    updatedAt: AT,
  };
  return new Map(
    companies.map((given) => [
      given.domain,
      { ...Facts.parse({ ...given, website: given.website ?? '' }), ...stamp, id: given.domain, domain: given.domain },
    ]),
  );
}

function exampleOf(company: Company, type: PartnerType) {
  const country = countryOf(company.locations) ?? 'US';
  const language = languageOf(country);
  const published = aContact({ country, source: `https://${company.domain}/contact` });
  // Where the law wants it, they have agreed.
  const agreed = { basis: 'consent' as const, source: 'agreed at our stand at the autumn fair, 3 November 2026' };
  const contact = judgeContact(published).allowed ? published : { ...published, ...agreed };
  const manner = { tone: 'plain', length: 'medium', angle: 0 } as const;
  const input: WritingInput = {
    facts: null,
    own: OWN,
    sender: SENDER,
    company,
    contact,
    type,
    kind: 'first',
    touch: 1,
    language,
    manner,
    replacements: [],
    earlier: [],
    answers: null,
  };
  const footer = footerOf({ contact, kind: 'first', optOutToken: 'token', language }, OWN, SENDER, 'https://partners.larkspur.example');
  return { head: `${type}, ${language}, ${countryName(country)}`, input, example: { ...writtenOffline(input), footer } };
}

const haveData = existsSync(DATA);
if (!haveData) console.info('The shared data is not here: the examples are checked as they are stored.');

(haveData ? test : test.skip)('the writer writes the examples as a person has read them', () => {
  const byDomain = companiesByDomain();
  CHOSEN.forEach(([domain, type], index) => {
    const company = byDomain.get(domain);
    if (!company) throw new Error(`${domain} is not in the data`);
    const { head, input, example } = exampleOf(company, type);
    const file = new URL(`${String(index + 1).padStart(2, '0')}-${domain}.txt`, FOLDER);
    const text = fileOf(example, head);
    if (process.env.RENEW_EXAMPLES) writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
    const others = [...byDomain.values()].filter((other, place) => other.domain !== domain && place % 50 === index);
    const grounds = { ...groundsFor(input), strangers: others.map(({ name }) => name) };
    expect(checkDraft(example, grounds)).toEqual([]);
  });
});

test('there are twenty, of every type, several in each language', () => {
  expect(stored).toHaveLength(20);
  expect(new Set(stored.map(([, { head }]) => head.split(', ')[0])).size).toBe(7);
  for (const language of ['en', 'de', 'fr', 'es'])
    expect(stored.filter(([, one]) => one.language === language).length).toBeGreaterThanOrEqual(3);
});

describe.each(stored)('%s', (_file, { subject, body, footer, english, language }) => {
  test('is short, asks one thing, and promises, pretends and links nothing', () => {
    expect(subject.length).toBeLessThanOrEqual(80);
    expect(body.split(/[ \n]+/).length).toBeLessThanOrEqual(135);
    expect(body.match(/\?/g)).toHaveLength(1);
    expect(body).not.toMatch(/https?:|www\.|[$€£%]|undefined|&\w+;|\p{Extended_Pictographic}/u);
    expect(footer).toMatch(/stop/);
    expect(english === '').toBe(language === 'en');
  });
});
