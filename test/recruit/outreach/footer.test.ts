import { expect, test } from 'vitest';
import { footerOf } from '../../../src/recruit/outreach/footer.ts';
import { LANGUAGES } from '../../../src/recruit/writing/writing.ts';
import { aContact } from '../../support/builders.ts';

const OWN = { name: 'Larkspur' };
const SENDER = { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' };
const footer = (given: Parameters<typeof aContact>[0], more: Partial<Parameters<typeof footerOf>[0]> = {}, url: string | null = null) =>
  footerOf({ contact: aContact(given), kind: 'first', optOutToken: 'tok', language: 'en', ...more }, OWN, SENDER, url);

test.each(LANGUAGES)('%s: who writes, whence the address, how to say no; the right to object apart from the rest', (language) => {
  const text = footer({ country: 'FR' }, { language }, 'https://partners.larkspur.example');
  const paragraphs = text.split('\n\n');
  expect(paragraphs).toHaveLength(4);
  expect(paragraphs[0]).toBe('Ana Alder\nLarkspur\n1 Harbour Street, London');
  expect(paragraphs[1]).toContain('their contact page');
  expect(paragraphs[1]).toContain('https://partners.larkspur.example/optout/tok');
  expect(paragraphs[2]).toMatch(/Larkspur.*(GDPR|DSGVO|RGPD)/);
  expect(paragraphs[3]).toMatch(/stop/);
  expect(text).not.toMatch(/undefined|null/);
});

test('consent is named as the basis where it is', () => {
  const proof = 'agreed at the autumn fair, 3 November 2026';
  expect(footer({ country: 'DE', basis: 'consent', source: proof })).toContain('your consent (GDPR Art. 6(1)(a))');
  expect(footer({ country: 'FR' })).toContain('our legitimate interest');
});

test('the notice comes with the first message only, and where the law asks for it', () => {
  expect(footer({ country: 'FR' }, { kind: 'follow-up' }).split('\n\n')).toHaveLength(2);
  expect(footer({ country: 'FR' }, { kind: 'answer' }).split('\n\n')).toHaveLength(2);
  expect(footer({ country: 'US' }).split('\n\n')).toHaveLength(2);
});

test('without a public address the answer is the way to say no', () => {
  expect(footer({ country: 'US' })).not.toContain('http');
  expect(footer({ country: 'US' })).toContain('answer “stop”');
});
