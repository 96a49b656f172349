import { describe, expect, test } from 'vitest';
import { firstSentence, readsAsEnglish } from '../../../src/recruit/writing/own-words.ts';
import { anInput, writtenOffline } from './any-input.ts';

const said = (sells: string, customers: string) => {
  const { body } = writtenOffline(anInput({}, { own: { ...anInput().own, name: 'Acme', sells, customers } }));
  return body.split('\n\n')[1]?.replace('I am Ana Alder from Acme. ', '');
};

describe('what set-up says stands in an English letter as it was meant', () => {
  test.each([
    [
      'Acme helps clinics get paid.',
      'German clinics and hospitals',
      'What we do: Acme helps clinics get paid. Who buys it: German clinics and hospitals.',
    ],
    [
      'Invoicing for U.S. clinics and hospitals.',
      'Shopify merchants, e.g. Fashion brands',
      'What we do: Invoicing for U.S. clinics and hospitals. Who buys it: Shopify merchants, e.g. Fashion brands.',
    ],
    [
      'A booking tool for clinics in the U.S.',
      '- SMEs\n- Enterprises',
      'We offer a booking tool for clinics in the U.S. Who buys it: SMEs, Enterprises.',
    ],
    ['We sell:\n* pens,\n* paper.', 'our buyers are schools', 'We sell: pens, paper. Our buyers are schools.'],
    [
      'Tools for schools\n1. pens\n2. paper',
      'Schools\nKindergartens',
      'What we do: Tools for schools: pens, paper. Who buys it: Schools, Kindergartens.',
    ],
    [
      'We sell pens. Founded by friends.',
      'Schools that\nneed pens',
      'We sell pens. Founded by friends. Who buys it: Schools that need pens.',
    ],
    [
      'Wir verkaufen Software für Kliniken.',
      'Hôtels indépendants',
      'What we do: “Wir verkaufen Software für Kliniken”. Who buys it: “Hôtels indépendants”.',
    ],
    [
      'We verkopen software voor klinieken',
      'Empresas de transporte',
      'What we do: “We verkopen software voor klinieken”. Who buys it: “Empresas de transporte”.',
    ],
  ])('%s', (sells, customers, offer) => {
    expect(said(sells, customers)).toBe(offer);
  });
});

test('a long description is cut between words, and the cut is marked', () => {
  expect(firstSentence(`We sell ${'pens '.repeat(100)}`)).toMatch(/^We sell (?:pens )+…$/);
});

test.each(['Clinics', 'Product and data teams', 'Café owners and other hosts', 'API for parcel labels'])('English: %s', (text) => {
  expect(readsAsEnglish(text)).toBe(true);
});
test.each(['Software für Kliniken', 'Logiciel pour hôtels', 'Software de rutas', 'Software per cliniche', '予約システム'])(
  'not English: %s',
  (text) => {
    expect(readsAsEnglish(text)).toBe(false);
  },
);
