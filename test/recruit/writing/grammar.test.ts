import { expect, test } from 'vitest';
import { FRENCH } from '../../../src/recruit/writing/phrases/french.ts';
import { SPANISH } from '../../../src/recruit/writing/phrases/spanish.ts';

test.each([
  ['Orange', 'd’Orange'],
  ['Acme', 'd’Acme'],
  ['Écoline', 'd’Écoline'],
  ['Hôtel Bleu', 'd’Hôtel Bleu'],
  ['HP Logistics', 'd’HP Logistics'],
  ['Yvette', 'd’Yvette'],
  ['Larkspur', 'de Larkspur'],
  ['Harbour & Sons', 'de Harbour & Sons'],
  ['Yardwork', 'de Yardwork'],
  ['8bits', 'de 8bits'],
])('French says of %s “%s”', (name, of) => {
  expect(FRENCH.intro('Ann Lee', name, true)).toBe(`Je suis Ann Lee, ${of}.`);
  expect(FRENCH.topic.agency(name, 'Peatworks')).toBe(`l’usage ${of} dans vos projets clients`);
});

test.each([
  ['Infobip', 'e Infobip'],
  ['Hierro Studio', 'y Hierro Studio'],
  ['Hidalgo', 'e Hidalgo'],
  ['Íkaro', 'e Íkaro'],
  ['Yvette', 'e Yvette'],
  ['Yardwork', 'y Yardwork'],
  ['Ionic', 'y Ionic'],
  ['Peatworks', 'y Peatworks'],
])('Spanish joins with %s by “%s”', (name, joined) => {
  expect(SPANISH.subject.technology('Acme', name)).toBe(`Acme ${joined}: ¿una integración?`);
  expect(SPANISH.reason.place[0](name, '«Bilbao, Spain»')).toBe(`Busco socios por la zona de «Bilbao, Spain», ${joined} está ahí.`);
});
