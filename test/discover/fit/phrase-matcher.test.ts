import { expect, test } from 'vitest';
import { compileMatcher, findPhrases } from '../../../src/discover/fit/phrase-matcher.ts';

const matcher = compileMatcher(
  ['data warehouse', 'customer data platform', 'data platform', 'agency', 'e-commerce', 'node.js', 'a/b test', 'Café'].map((phrase) => ({
    phrase,
    meaning: phrase,
    strength: 1,
  })),
);
const found = (text: string) => findPhrases(matcher, text).map(({ from, to }) => text.slice(from, to));

test.each([
  ['A Customer Data Platform', ['Customer Data Platform']],
  ['Data platforms and data-warehouses', ['Data platforms', 'data-warehouses']],
  ['two agencies, one agency', ['agencies']],
  ['E-Commerce, e commerce', ['E-Commerce']],
  ['Node.js. A/B tests!', ['Node.js', 'A/B tests']],
  ['our data. Warehouse', []],
  ['data, platform', []],
  ['metadata warehouses', []],
  ['multiagency', []],
  ['le CAFÉ’s', ['CAFÉ']],
  ['', []],
  ['🙂\u0000 \ud800 agency', ['agency']],
])('%j', (text, phrases) => {
  expect(found(text)).toEqual(phrases);
});
