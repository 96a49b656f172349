import { expect, test } from 'vitest';
import { reasonWords } from '../../../blocks/discover/reason-words.ts';
import { ShownReason } from '../../../src/discover/fit/finding.ts';

test('a reason that was stored as a sentence is still told', () => {
  const stored = ShownReason.parse({
    points: 3,
    max: 10,
    finding: { code: 'as-written', sentence: 'Has 40 people (as of March 2025).' },
    asOf: null,
  });
  expect(stored).toMatchObject({ points: 3, max: 10 });
  expect(reasonWords(stored)).toBe('Has 40 people (as of March 2025).');
});

test('a reason is stored as codes and values, and told in words', () => {
  const phrase = { field: 'oneLiner', words: 'CRM' };
  const finding = { code: 'useful-area', area: 'crm', to: 'sales', because: 'keeps the records', phrase };
  const stored = ShownReason.parse({ points: 3, max: 10, finding, asOf: new Date('2025-03-04T00:00:00Z') });
  expect(reasonWords(stored)).toBe(
    'Works in CRM, which goes with your sales software (it keeps the records): “CRM” in its one-liner (as of March 2025).',
  );
});

test('an area that the vocabulary has no more stands for itself', () => {
  const finding = { code: 'own-area', area: 'gone-area', phrase: { field: 'oneLiner', words: null } };
  const stored = ShownReason.parse({ points: 3, max: 10, finding, asOf: null });
  expect(reasonWords(stored)).toBe('Works in gone-area, the field you stand for: its one-liner.');
});

test('what is neither is refused', () => {
  expect(() => ShownReason.parse({ points: 3, max: 10, finding: { code: 'nonsense' }, asOf: null })).toThrow();
});
