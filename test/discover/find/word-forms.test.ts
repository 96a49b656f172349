import { expect, test } from '@jest/globals';
import { formIn, stemOf } from '../../../src/discover/find/word-forms.ts';

const FORMS = [
  ['dentist', 'dentists', 'dental', 'dentistry'],
  ['plumber', 'plumbing', 'plumbers'],
  ['veterinary', 'veterinarian'],
  ['photographer', 'photography'],
  ['pharmacy', 'pharmacies', 'pharmacist'],
  ['insurance', 'insurer'],
];

test.each(FORMS)('%s is a form of each of the others', (...forms) => {
  for (const typed of forms)
    for (const said of forms) expect([typed, said, formIn(`for ${said}.`, stemOf(typed)) !== null]).toEqual([typed, said, true]);
});

test.each([
  ['dentist', 'an incident, identical, dentition'],
  ['organic', 'an organisation that is well organized'],
  ['product', 'production, productive'],
  ['mining', 'minimal, mine, minor'],
  ['xero', 'xerography'],
])('%s is in none of “%s”', (typed, text) => {
  expect(formIn(text, stemOf(typed))).toBeNull();
});

test('a text of one letter, repeated, costs no more than its length', () => {
  expect(formIn('a'.repeat(100_000), stemOf('aaaaaaaist'))).toBeNull();
});
