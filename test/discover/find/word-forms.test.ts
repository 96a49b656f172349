import { expect, test } from 'vitest';
import { formIn, formsOf } from '../../../src/discover/find/word-forms.ts';

const FORMS = [
  ['dentist', 'dentists', 'dental', 'dentistry'],
  ['plumber', 'plumbing', 'plumbers'],
  ['veterinary', 'veterinarian'],
  ['photographer', 'photography'],
  ['pharmacy', 'pharmacies', 'pharmacist'],
  ['insurance', 'insurer'],
  ['message', 'messages'],
  ['mentor', 'mentors', 'mentoring'],
  ['rental', 'rentals'],
  ['clinic', 'clinics'],
];

test.each(FORMS)('%s is a form of each of the others', (...forms) => {
  for (const typed of forms)
    for (const said of forms) expect([typed, said, formIn(`for ${said}.`, formsOf(typed)) !== null]).toEqual([typed, said, true]);
});

test.each([
  ['dentist', 'an incident, identical, dentition'],
  ['organic', 'an organisation that is well organized'],
  ['product', 'production, productive'],
  ['mining', 'minimal, mine, minor'],
  ['xero', 'xerography'],
  ['message', 'messy data, a mess'],
  ['customs', 'custom software, customers'],
  ['mentor', 'mental, ment'],
  ['mental', 'mentor'],
  ['mineral', 'miner, mining'],
  ['miner', 'minerals'],
  ['signal', 'signing, signs'],
  ['goods', 'a good company'],
])('%s is in none of “%s”', (typed, text) => {
  expect(formIn(text, formsOf(typed))).toBeNull();
});

test('a text of one letter, repeated, costs no more than its length', () => {
  expect(formIn('a'.repeat(100_000), formsOf('aaaaaaaist'))).toBeNull();
});
