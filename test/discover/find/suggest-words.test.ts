import { describe, expect, test } from 'vitest';
import { nearestWord, suggestWords } from '../../../src/discover/find/suggest-words.ts';
import { understandRequest } from '../../../src/discover/find/understand-request.ts';

const suggested = (words: string, isFound: boolean) => suggestWords(words, understandRequest(words), { isFound });

describe('words of a request that were mistyped', () => {
  test.each([
    ['resselers in Poland', 'resellers in Poland'],
    ['Resselers', 'Resellers'],
    ['agancies for hopsitals in Germny', 'agencies for hospitals in Germany'],
    ['smal acounting firms, UK', 'small accounting firms, UK'],
    ['comapnies that sell insurance', 'companies that sell insurance'],
  ])('%s', (typed, meant) => {
    expect(suggested(typed, false)?.words).toBe(meant);
  });

  test.each([
    'healthcare VARs in Poland',
    'resellers for hospitals, 11-50 people, Germany or Austria',
    'small accounting firms UK that know Xero',
    'agencies like Brightwater, not Spain',
    'consultants in Bavaria',
    '"resselers" in Poland',
    'partners for Figma',
    'companies using Stripe',
    '*** [a-z] (.+)+ \\',
    '',
  ])('nothing to mend: %s', (typed) => {
    expect(suggested(typed, false)).toBeNull();
  });

  test('a name is doubted only where nothing was found by it', () => {
    expect(suggested('companies that use Resselers', true)).toBeNull();
    expect(suggested('companies that use Resselers', false)?.meant).toEqual([{ typed: 'Resselers', word: 'Resellers' }]);
  });

  test('a long text of unknown words asks for no more than the first few', () => {
    expect(suggested('resselers '.repeat(50), false)?.meant).toHaveLength(5);
  });
});

test.each([
  ['fnid', 'find'],
  ['lst', 'list'],
  ['wieghts', 'weights'],
  ['list', null],
  ['hello', null],
  ['x', null],
  ['', null],
])('the nearest command to %j', (typed, word) => {
  expect(nearestWord(typed, ['help', 'find', 'list', 'weights'])).toBe(word);
});
