import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demandsOf, type Part } from '../../../src/discover/find/request.ts';
import { understandRequest } from '../../../src/discover/find/understand-request.ts';
import { AREA_IDS, AREAS } from '../../../src/discover/fit/areas.ts';
import { SEGMENTS } from '../../../src/discover/fit/segments.ts';
import { cleanText } from '../../../src/programme/companies/clean-text.ts';

/** A part in one short line. */
function line(part: Part): string {
  const not = part.not ? 'not ' : '';
  switch (part.kind) {
    case 'role':
      return `${not}${part.type}: ${[...part.areas, ...part.about.areas].join('+')}`;
    case 'area':
      return `${not}area ${part.areas.join('+')}`;
    case 'customers':
      return `${not}for ${part.segments.join('+')}`;
    case 'place':
      return `${not}in ${part.geography ? [...(part.geography.places.length > 0 ? part.geography.places.map(({ country }) => country) : part.geography.regions)].join('+') || 'anywhere' : part.name}`;
    case 'size':
      return `${not}size ${part.min}-${part.max}`;
    case 'name':
      return `${not}says ${part.name}`;
    case 'like':
      return `${not}like ${part.name}`;
  }
}
const lines = (words: string) => understandRequest(words).parts.map(line);
const left = (words: string) => {
  const request = understandRequest(words);
  return request.left.map((index) => request.words[index]);
};
const RESELLER = 'reseller: ';

describe('what is understood', () => {
  test.each<[string, string[]]>([
    ['healthcare VARs in Poland', ['for healthcare', RESELLER, 'in Poland']],
    ['small accounting firms UK that know Xero', ['size 1-50', 'referral: advisory+accounting', 'in United Kingdom', 'says Xero']],
    ['small accounting firms uk that know xero', ['size 1-50', 'referral: advisory+accounting', 'in United Kingdom', 'says xero']],
    ['resellers for hospitals, 11-50 people, Germany or Austria', [RESELLER, 'for healthcare', 'size 11-50', 'in Germany', 'in Austria']],
    ['agencies like Brightwater', ['agency: ', 'like Brightwater']],
    ['partners similar to Acme Corp, France', ['like Acme Corp', 'in France']],
    ['MSPs in DACH with 50+ employees', ['reseller: managed-services', 'in Germany+Austria+Switzerland', 'size 50-Infinity']],
    ['ISVs, fintech, Deutschland', ['technology: ', 'for financial-services', 'in Germany']],
    ['SEO agencies near Leeds', ['agency: agency+seo', 'in Leeds']],
    ['consultants in New York', ['consultant: ', 'in New York']],
    ['system integrators, España', ['consultant: consulting', 'in Spain']],
    ['integrators for small businesses in Brasil', ['consultant: consulting', 'for small-business', 'in Brazil']],
    ['agencies for agencies', ['agency: ', 'for agencies']],
    ['law firms for start-ups in Türkiye', ['referral: advisory', 'for startups', 'in Turkey']],
    ['large language model consultancies', ['area ai-models', 'consultant: ']],
    [
      'Salesforce consultants, over 1,000 people, EMEA',
      ['says Salesforce', 'consultant: ', 'size 1001-Infinity', 'in Europe+Middle East+Africa'],
    ],
    ['oil & gas distributors in Norway', ['for energy', 'reseller: resale', 'in Norway']],
    ['small or mid-size MSPs in Japan', ['size 1-50', 'size 51-500', 'reseller: managed-services', 'in Japan']],
    ['agencies, not Spain', ['agency: ', 'not in Spain']],
    ['resellers outside the United Kingdom', [RESELLER, 'not in United Kingdom']],
    ['co-marketing partners worldwide', ['co-marketing: ', 'in anywhere']],
    ['VARs in Nederland', [RESELLER, 'in Nederland']],
    ['affiliates in South Korea/Japan', ['affiliate: ', 'in South Korea', 'in Japan']],
    ['firms between 20 and 80 staff', ['size 20-80']],
    ['under 20 people in South Africa', ['size 1-19', 'in South Africa']],
    ['up to 2k employees', ['size 1-2000']],
    ['about 50 people', ['size 25-100']],
    ['100 or more employees, 5 or fewer people', ['size 100-Infinity', 'size 1-5']],
    ['“blue harbour” resellers', ['says blue harbour', RESELLER]],
    ['experience in Kubernetes, Kenya', ['area cloud-native', 'in Kenya']],
    ['lawyers in the USA', ['referral: advisory+legal', 'in United States']],
    ['IT resellers in India', [RESELLER, 'in India']],
    ['agencies berlin', ['agency: ', 'in berlin']],
    ['french shopify studios', ['in France', 'area e-commerce', 'agency: ']],
    ['London-based accountants', ['in London', 'referral: advisory+accounting']],
    ['US-based agencies', ['in United States', 'agency: ']],
    ['US resellers', ['in United States', RESELLER]],
    ['resellers in us', [RESELLER, 'in United States']],
    ['clinical resellers', ['area health', RESELLER]],
  ])('%s', (words, expected) => {
    expect(lines(words)).toEqual(expected);
    expect(left(words)).toEqual([]);
  });

  test('“us” is no country unless written so or behind “in”; who is served is in no place', () => {
    expect(lines('agencies who work for us')).toEqual(['agency: ']);
    expect(lines('resellers for german hospitals')).toEqual([RESELLER, 'for healthcare']);
    expect(left('resellers for german hospitals')).toEqual(['german']);
  });

  test('what is in no list is left, and said to be', () => {
    expect(left('resellers foo in the USA')).toEqual(['foo']);
    expect(lines('resellers foo in the USA')).toEqual([RESELLER, 'in United States']);
  });

  test('where nothing is understood, every word is looked for as it stands', () => {
    expect(lines('harbour oakfield')).toEqual(['says harbour', 'says oakfield']);
  });

  test.each(['', '   ', '""', 'with', 'in', 'not', 'like', '🙂', '. , ;', '<>&'])('“%s” asks for nothing', (words) => {
    expect(understandRequest(words).parts).toEqual([]);
  });

  test('names of what every object has are words like others', () => {
    expect(lines('resellers in constructor')).toEqual([RESELLER, 'in constructor']);
    expect(lines('__proto__ valueof')).toEqual(['says proto', 'says valueof']);
  });
});

const phrases = [...AREA_IDS.flatMap((id) => AREAS[id].signs), ...Object.values(SEGMENTS).flatMap(({ signs }) => signs)];
const PLAIN = ['VARs', 'MSPs', 'hospitals', 'Poland', 'DACH', '11-50 people', 'over 200 staff', 'payments', 'agencies', 'Germany', 'foo'];
const anything = fc.oneof(
  fc.constantFrom(...phrases, ...PLAIN, 'in', 'for', 'like', 'not', 'who know', '"', '“', '”', ',', 'constructor', '>=', '1,000'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const request = fc.oneof(
  fc.array(anything, { maxLength: 20 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 500 }),
);

describe('what is demanded', () => {
  test.each([
    ['shopify and cybersecurity agencies', ['area', 'area', 'role']],
    ['shopify or cybersecurity agencies', ['area', 'role']],
    ['shopify, cybersecurity agencies', ['area', 'role']],
    ['agencies and consultants in Germany and Austria', ['role', 'place']],
    ['resellers for hospitals and clinics', ['role', 'customers']],
  ])('%s', (words, kinds) => {
    expect(demandsOf(understandRequest(words)).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('whatever is typed', () => {
  test('every word is in one part, joins others, or is left', () => {
    fc.assert(
      fc.property(request, (words) => {
        const { parts, glue, left, words: read } = understandRequest(words);
        const places = [...parts.flatMap(({ at }) => at), ...glue, ...left].sort((a, b) => a - b);
        expect(places).toEqual(read.map((_, index) => index));
        const bare = (text: string) => cleanText(text).replace(/[\s,;/]/g, '');
        expect(bare(read.join(''))).toBe(bare(words));
      }),
    );
  });

  test('each part says words of the request, and demands are made of the parts', () => {
    fc.assert(
      fc.property(request, (words) => {
        const { parts } = understandRequest(words);
        for (const { said, at } of parts) expect([said.length > 0, at.length > 0]).toEqual([true, true]);
        const demanded = demandsOf({ parts }).flatMap((demand) => demand.parts);
        expect(parts).toEqual(expect.arrayContaining(demanded));
      }),
    );
  });

  test('in any order, the same is understood', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(PLAIN), (items) => {
        const ordered = PLAIN.filter((item) => items.includes(item));
        const [a, b] = [items, ordered].map((list) => ({ parts: lines(list.join(', ')).sort(), left: left(list.join(', ')) }));
        expect(a).toEqual(b);
      }),
    );
  });
});
