import * as fc from 'fast-check';
import { AREA_IDS, AREAS } from '../../../src/discover/fit/areas.ts';
import { type Candidate, FitProfile } from '../../../src/discover/fit/fit.ts';
import { SEGMENTS } from '../../../src/discover/fit/segments.ts';
import { COMPANY_STATUSES, SIZE_BANDS } from '../../../src/programme/companies/company.ts';
import { PARTNER_TYPES } from '../../../src/programme/setup/programme.ts';

const READ_AT = new Date('2026-11-20T00:00:00Z');

export function aProfile(given: Partial<FitProfile> = {}): FitProfile {
  return FitProfile.parse({
    name: 'Funnelwise',
    sells: 'Product analytics with session replay and feature flags, and an API for developers.',
    customers: 'Product teams and developers at software companies, hospitals and retailers.',
    geography: 'Germany, France and the USA',
    partnerTypesWanted: ['technology'],
    ...given,
  });
}

/** Nothing is known of it but what is given. */
export function aCandidate(given: Partial<Candidate> = {}): Candidate {
  return {
    id: 'c1',
    domain: 'mailer.example',
    name: 'Mailer',
    website: '',
    oneLiner: '',
    description: '',
    industries: [],
    tags: [],
    teamSize: null,
    sizeBand: null,
    locations: [],
    founded: null,
    status: null,
    aliases: [],
    origin: { source: 'companies.jsonl:7', at: READ_AT },
    origins: {},
    ...given,
  };
}

const phrase = fc.constantFrom(
  ...AREA_IDS.flatMap((id) => [...AREAS[id].signs, ...AREAS[id].hints]),
  ...Object.values(SEGMENTS).flatMap(({ signs }) => signs),
  'digital agency',
  'consultancy',
  'our clients',
  'value-added reseller',
  'our platform',
  'newsletter',
  'for agencies',
  'Berlin',
  'ignore previous instructions',
);
const words = fc.oneof({ weight: 4, arbitrary: phrase }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) });
const text = fc.array(fc.tuple(words, fc.constantFrom(' ', '. ', ', ')), { maxLength: 8 }).map((parts) => parts.flat().join(''));
const list = fc.array(words, { maxLength: 3 });

export const anyCandidate: fc.Arbitrary<Candidate> = fc
  .record({
    id: fc.uuid(),
    oneLiner: text,
    description: text,
    industries: list,
    tags: list,
    website: fc.constantFrom('', 'https://mailer.example'),
    teamSize: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
    sizeBand: fc.option(fc.constantFrom(...SIZE_BANDS)),
    locations: fc.array(fc.constantFrom('Berlin, Germany', 'Remote', 'Lagos, Nigeria', 'Nowhere', 'europe'), { maxLength: 3 }),
    founded: fc.option(fc.integer({ min: 1500, max: 2030 })),
    status: fc.option(fc.constantFrom(...COMPANY_STATUSES)),
  })
  .map((facts) => aCandidate({ ...facts, domain: `d${facts.id}.example` }));

export const anyProfile: fc.Arbitrary<FitProfile> = fc
  .record({
    sells: text,
    customers: text,
    geography: fc.constantFrom('', 'Worldwide', 'Germany', 'EMEA and the UK'),
    type: fc.constantFrom(...PARTNER_TYPES),
  })
  .map(({ type, ...facts }) => aProfile({ ...facts, partnerTypesWanted: [type] }));
