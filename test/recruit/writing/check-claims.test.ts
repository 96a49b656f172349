import { expect, test } from 'vitest';
import { checkDraft } from '../../../src/recruit/writing/check-draft.ts';
import type { Language } from '../../../src/recruit/writing/writing.ts';
import { anInput, groundsFor } from './any-input.ts';

const claiming = (text: string, value: string, language: Language) => {
  const grounds = groundsFor(anInput({ oneLiner: value }));
  const claims = [{ text, evidence: [...grounds.evidence] }];
  return checkDraft({ subject: 'Booking', body: text, claims, language }, grounds).join('\n');
};
const LABS = 'We do not serve clinics, only labs. Not the market leader.';

test.each<[string, string, RegExp]>([
  ['You serve clinics and labs.', LABS, /contrary of “clinics”/],
  ['You are the market leader.', LABS, /contrary of “leader”/],
  ['Peatworks does not serve labs.', LABS, /contrary of “labs”/],
  ['Peatworks says: “serve clinics”.', LABS, /leaves out the “not”/],
  ['You book hospitals.', 'Hospitals are not booked, clinics are', /contrary of/],
  ['You do not make software.', 'We make software', /no “not”/],
])('a “not” of the fact must not get lost or be added: %s', (text, fact, reason) => {
  expect(claiming(text, fact, 'en')).toMatch(reason);
});

test.each([
  ['You serve labs.', LABS],
  ['Peatworks does not serve clinics.', LABS],
  ['Peatworks says: “only labs”.', LABS],
  ['You make no-code forms for clinics.', 'No-code forms for clinics'],
  ['You make booking for clinics.', 'Booking for clinics without phone calls'],
  ['You are a tool for labs.', 'Not just a tool for labs'],
])('%s', (text, fact) => {
  expect(claiming(text, fact, 'en')).toBe('');
});

test.each<[string, Language, RegExp]>([
  ['Ihre Firma ist laut “labs” Marktführer in Europa und gewann viele Preise.', 'de', /no “marktführer”.*say little around it/],
  ['Votre entreprise est, selon «\u00a0labs\u00a0», le premier acteur du marché.', 'fr', /no “premier”/],
  ['Su empresa, según «labs», ganó muchos premios.', 'es', /no “ganó”/],
])('a quote does not vouch for what stands around it: %s', (text, language, reason) => {
  expect(claiming(text, LABS, language)).toMatch(reason);
});

test.each<[string, Language]>([
  ['Ihr Unternehmen beschreibt sich so: „only labs“.', 'de'],
  ['In Ihrem Profil steht: „only labs“.', 'de'],
  ['Je vous écris parce que Peatworks se présente ainsi\u00a0: «\u00a0only labs\u00a0».', 'fr'],
  ['Le escribo porque su empresa se describe así: «only labs».', 'es'],
])('plain words may lead to a quote: %s', (text, language) => {
  expect(claiming(text, LABS, language)).toBe('');
});
