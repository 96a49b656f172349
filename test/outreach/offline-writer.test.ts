import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Company, SIZE_BANDS } from '../../src/companies/company.ts';
import { companyEvidence } from '../../src/outreach/company-evidence.ts';
import { Contact, DraftText } from '../../src/outreach/draft.ts';
import { type WritingInput, writeOffline } from '../../src/outreach/offline-writer.ts';
import { PARTNER_TYPES, type PartnerType } from '../../src/programme/partner-type.ts';
import { OwnCompany, Sender } from '../../src/programme/programme.ts';
import { AT, aContact } from '../support/builders.ts';

/** Text of any script up to a length, blanks and line breaks included; often at the very limit. */
const text = (max: number, min = 0) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: min, maxLength: max }),
      fc.constantFrom('x', 'wide words ', '日本語', '🎉', '“', '. ').map((part) => part.repeat(max)),
      fc.lorem({ mode: 'sentences', maxCount: 30 }),
    )
    .map((given) => given.slice(0, max).replace(/[\ud800-\udbff]$/, ''));
const list = (max: number) => fc.array(text(max), { maxLength: 50 });
const WHERE = { country: fc.constant('GB'), basis: fc.constant('published' as const), recipient: fc.constant('company' as const) };
const origin = { source: 'partners.csv:2', at: AT };

/** Everything set-up, the contact form and the import let through, up to their limits (`company-row.ts`, `programme.ts`). */
const anyInput: fc.Arbitrary<WritingInput> = fc.record({
  own: fc
    .record({
      name: text(100, 2),
      website: fc.constant('larkspur.example'),
      sells: text(1000, 10),
      customers: text(1000, 5),
      regions: fc.constant('UK'),
      partnerTypes: fc.constant<PartnerType[]>([...PARTNER_TYPES]),
    })
    .filter((own) => OwnCompany.safeParse(own).success),
  sender: fc
    .record({ name: text(100, 2), address: fc.constant('ana@larkspur.example'), postalAddress: text(300, 10) })
    .filter((sender) => Sender.safeParse(sender).success),
  contact: fc
    .record({ name: text(100, 2), email: fc.constant('dana@peatworks.example'), ...WHERE, source: text(300, 5) })
    .filter((contact) => Contact.safeParse(contact).success),
  type: fc.constantFrom(...PARTNER_TYPES),
  company: fc.record({
    id: fc.constant('c1'),
    workspaceId: fc.constant('T1'),
    domain: fc.constant('peatworks.example'),
    name: text(200, 1),
    website: fc.constant(''),
    oneLiner: text(300),
    description: text(5000),
    industries: list(100),
    tags: list(100),
    teamSize: fc.option(fc.nat()),
    sizeBand: fc.constantFrom(null, ...SIZE_BANDS),
    locations: list(200),
    founded: fc.option(fc.integer({ min: 1500, max: 2030 })),
    status: fc.constant(null),
    aliases: fc.constant([]),
    origin: fc.constant(origin),
    origins: fc.constant({}),
    decision: fc.constant(null),
    createdAt: fc.constant(AT),
    updatedAt: fc.constant(AT),
  }),
});

describe('the offline writer, whatever is on file', () => {
  test('writes what its edit form can hold, and the same again for the same facts', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { subject, body } = writeOffline(input);
        expect(DraftText.safeParse({ subject, body }).error).toBeUndefined();
        expect(writeOffline(structuredClone(input))).toEqual(writeOffline(input));
        // Half a character would not arrive as it was approved.
        expect(subject + body).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  test('every claim stands in its text and cites a fact that is on file', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { body, claims } = writeOffline(input);
        const onFile = companyEvidence(input.company);
        for (const claim of claims) {
          expect(body).toContain(claim.text);
          expect(claim.evidence.length).toBeGreaterThan(0);
          for (const fact of claim.evidence) expect(onFile).toContainEqual(fact);
        }
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});

/** Only these facts are on file; the offline writer reads no others. */
const input = (company: Partial<Company>): WritingInput => ({
  own: {
    name: 'Larkspur',
    website: 'larkspur.example',
    sells: 'Analytics for clinics',
    customers: 'Clinics',
    regions: 'UK',
    partnerTypes: ['technology'],
  },
  sender: { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' },
  contact: aContact(),
  type: 'technology',
  company: {
    name: 'Peatworks',
    oneLiner: '',
    description: '',
    industries: [],
    tags: [],
    locations: [],
    origin,
    origins: {},
    ...company,
  } as Company,
});

test.each<[string, Partial<Company>, string[]]>([
  ['nothing', {}, []],
  ['a text that is only a link', { oneLiner: 'https://peatworks.example', description: 'http://a.example http://b.example' }, []],
  ['a text without spaces', { description: '分'.repeat(400) }, [`${'分'.repeat(138)} …`]],
  ['a long text', { description: `${'ab '.repeat(100)}` }, [`${'ab '.repeat(45).trim()} …`]],
])('of a company with %s on file it quotes no more than a line', (_name, company, quotes) => {
  const { claims, body } = writeOffline(input(company));
  expect(claims.map((claim) => claim.text.match(/“(.*)”/)?.[1])).toEqual(quotes);
  expect(body).not.toMatch(/“”|undefined|null|\n{3}/);
});
