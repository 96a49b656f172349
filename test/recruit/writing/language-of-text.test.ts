import { expect, test } from 'vitest';
import { languageOfText, otherLanguageOf } from '../../../src/recruit/writing/language-of-text.ts';

test.each([
  'Analytics for private clinics that want to see their numbers',
  'a share of every licence for as long as it runs',
  'Runs without a server in the house.',
  'introduces us to customers who look for a new booking system',
])('English among German, French or Spanish texts is noticed: %s', (text) => {
  expect((['de', 'fr', 'es'] as const).map((language) => otherLanguageOf(text, language))).toEqual(['en', 'en', 'en']);
  expect(otherLanguageOf(text, 'en')).toBeNull();
});

test.each([
  'Smart-Building-Plattform mit IoT-Sensoren und Dashboard für Facility Manager',
  'SaaS Cloud Backup für Managed Service Provider und Enterprise IT',
  'Revenue Share pro Deal, Co-Marketing Budget, Sales Enablement und Partner Manager',
  'Employer Branding, Recruiting, Active Sourcing, Talent Relationship Management',
  'Warehouse Management System, Transport Management System, Order Management',
  '25 % auf Setup Fee und Monthly Recurring Revenue im ersten Jahr',
  'Fleet Management und Telematics für Last Mile Delivery und Car Sharing',
  'Analytics for clinics',
])('German of trade terms, and whatever is short, is left alone: %s', (text) => {
  expect(otherLanguageOf(text, 'de')).toBeNull();
});

test.each([
  ['de', 'Buchhaltungssoftware, die Belege automatisch liest und an die Kanzlei übergibt'],
  ['fr', 'Agences web, e-commerce, freelances et consultants en transformation digitale'],
] as const)('%s among English texts is noticed too', (language, text) => {
  expect(otherLanguageOf(text, 'en')).toBe(language);
});

test.each([
  ['en', 'Hi there,\n\nyour page on weekend rotas made us smile. Shall we talk?\n\nCheers'],
  ['de', 'Guten Tag,\n\nüber Ihre Seite sind wir auf Ihre Arbeit gekommen.\n\nViele Grüße'],
  [null, 'Goedemorgen,\n\nuw pagina over roosters in het weekend heeft ons aan het denken gezet.\n\nMet vriendelijke groet'],
  [null, 'Hi'],
])('a letter is told to be in %s', (language, text) => {
  expect(languageOfText(text)).toBe(language);
});
