import { expect, test } from 'vitest';
import { reasonWords } from '../../../blocks/discover/reason-words.ts';
import { scoreCompany } from '../../../src/discover/fit/score-company.ts';
import { aCandidate, aProfile } from './candidates.ts';

test.each([
  ['Germany', 'Munich, BY, Germany', 1, 'Is in a country you name (Germany)'],
  ['DACH', 'Vienna, Austria', 1, 'Is in a country you name (Austria)'],
  ['Germany', 'Paris, France', 0.4, 'Is in your region (Europe)'],
  ['Europe', 'europe', 1, 'Is in your region (Europe)'],
  ['United Kingdom', 'Sydney, NSW, Australia', 0.2, 'Works in your language (English)'],
  ['United States', 'Fairfax, VA 22030', 1, 'Is in a country you name (United States)'],
  ['Germany', 'Hamburg', 1, 'Is in a country you name (Germany)'],
  ['Munich', 'Berlin, DE', 1, 'Is in a country you name (Germany)'],
  ['Germany', 'Remote', 0.5, 'Works remotely'],
  ['Germany', 'Lagos, Nigeria', 0, 'Is in none of your regions'],
])('who sells in %s, and %s', (wanted, there, share, text) => {
  const fit = scoreCompany(aProfile({ geography: wanted }), aCandidate({ locations: [there] }));
  expect(fit.reasons.map((reason) => ({ ...reason, text: reasonWords(reason) }))).toEqual([
    expect.objectContaining({ criterion: 'geography', points: Math.round(50 * share) / 10, text: expect.stringContaining(text) }),
  ]);
});

test('who sells everywhere finds no place better than another', () => {
  const fit = scoreCompany(
    aProfile({ geography: 'Worldwide; headquartered in Berlin, Germany' }),
    aCandidate({ locations: ['Berlin, Germany'] }),
  );
  expect(fit.reasons).toEqual([]);
});

test('a place nobody knows is unknown, not wrong', () => {
  expect(scoreCompany(aProfile(), aCandidate({ locations: ['Atlantis'] })).reasons).toEqual([]);
  expect(scoreCompany(aProfile({ geography: 'wherever' }), aCandidate({ locations: ['Berlin, Germany'] })).reasons).toEqual([]);
});

test('a location that has the name of what every object has is no place', () => {
  expect(scoreCompany(aProfile(), aCandidate({ locations: ['constructor', '__proto__'] })).reasons).toEqual([]);
});
