import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Company } from '../../../src/programme/companies/company.ts';
import { PARTNER_TYPES, PartnerType } from '../../../src/programme/setup/programme.ts';
import { LetterFacts } from '../../../src/recruit/style/letter-facts.ts';
import { checkDraft } from '../../../src/recruit/writing/check-draft.ts';
import { LANGUAGES, Language } from '../../../src/recruit/writing/writing.ts';
import { AT } from '../../support/builders.ts';
import { anInput, groundsFor, writtenOffline } from '../writing/any-input.ts';

/** Forty first letters of the offline writer, from invented vendors to invented companies of the kinds that directories list. A person who
 *  has not seen the writer read each and said whether they would send it; the verdicts stand beside them. After a change of the writer:
 *  RENEW_EXAMPLES=1 writes them anew, and somebody reads them again. */
const FOLDER = new URL('examples/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));

const Value = z.object({ they: z.string(), gain: z.string(), firstStep: z.string() });
const Vendors = z.record(
  z.string(),
  LetterFacts.omit({ role: true, values: true }).extend({ language: Language, values: z.partialRecord(PartnerType, Value) }),
);
const Example = z.object({
  vendor: z.string(),
  type: PartnerType,
  contact: z.object({ name: z.string(), country: z.string() }),
  company: z.custom<Partial<Company> & { name: string; domain: string }>(),
});
const vendors = Vendors.parse(read('vendors.json'));
const examples = z.array(Example).parse(read('companies.json'));

/** Every other company was read on its own website. */
function inputOf({ vendor, type, contact, company }: z.infer<typeof Example>, index: number) {
  const { language, values, ...said } = vendors[vendor] ?? expect.fail(`${vendor} is no vendor`);
  const given = Object.entries(values).map(([of, value]) => ({ type: PartnerType.parse(of), ...value }));
  const facts = { ...said, values: given, role: '' };
  const own = { ...anInput().own, name: vendor, website: `${vendor.toLowerCase()}.example`, sells: said.sells, customers: said.customers };
  const read = { source: `https://${company.domain}/about`, at: AT };
  const origins = index % 2 === 1 ? { oneLiner: read, description: read } : {};
  const mailbox = contact.name.replace(/^Dr. /, '').split(' ')[0]?.toLowerCase();
  return anInput({ ...company, origins }, { facts, own, contact: { ...contact, email: `${mailbox}@${company.domain}` }, type, language });
}

const files = examples.map((example, index) => ({
  ...example,
  file: `${String(index + 1).padStart(2, '0')}-${example.company.domain.replace('.example', '')}.txt`,
  input: inputOf(example, index),
}));

function textOf({ type, company, input }: (typeof files)[number]): string {
  const { subject, body, english } = writtenOffline(input);
  const beside = english ? `\n----- in English -----\n\n${english}\n` : '';
  return `${type}, ${input.language}, ${company.name}\nSubject: ${subject}\n\n${body}\n${beside}`;
}

test('the writer writes the examples as a person has read them', () => {
  for (const example of files) {
    const file = new URL(example.file, FOLDER);
    if (process.env.RENEW_EXAMPLES) writeFileSync(file, textOf(example));
    expect(readFileSync(file, 'utf8')).toBe(textOf(example));
  }
  expect(readdirSync(FOLDER).filter((name) => name.endsWith('.txt'))).toHaveLength(files.length);
});

test('there are forty, ten in each language and of every type', () => {
  for (const language of LANGUAGES) {
    const own = files.filter(({ input }) => input.language === language);
    expect(own).toHaveLength(10);
    expect(new Set(own.map(({ type }) => type)).size).toBe(PARTNER_TYPES.length);
  }
});

describe.each(files)('$file', ({ input }) => {
  const letter = writtenOffline(input);

  test('passes the checker, which knows the other companies too', () => {
    const others = files.filter(({ company }) => company.domain !== input.company.domain);
    expect(checkDraft(letter, { ...groundsFor(input), strangers: others.map(({ company }) => company.name) })).toEqual([]);
  });

  test('is short, asks one thing, and promises, pretends and links nothing', () => {
    const { subject, body, english } = letter;
    expect(subject.length).toBeLessThanOrEqual(80);
    expect(body.split(/[ \n]+/).length).toBeGreaterThanOrEqual(60);
    expect(body.split(/[ \n]+/).length).toBeLessThanOrEqual(110);
    expect(body.match(/\?/g)).toHaveLength(1);
    expect(body).not.toMatch(/https?:|www\.|[$€£%]|undefined|&\w+;|\p{Extended_Pictographic}/u);
    expect(english === '').toBe(input.language === 'en');
  });
});
