import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { languageAccepted, maskedAddress, optOutPage, PAGE_HEADERS, type PageKind } from '../../../src/recruit/opt-out/opt-out-page.ts';
import { LANGUAGES } from '../../../src/recruit/writing/writing.ts';

const KINDS: PageKind[] = ['ask', 'done', 'unknown', 'too-large', 'out-of-order'];
const BUTTONS = { en: 'Stop all mail', de: 'Keine Mails mehr', fr: 'Ne plus rien recevoir', es: 'No recibir más correos' };

describe.each(LANGUAGES)('the page in %s', (language) => {
  test('asks with one button and without anything to fill in', () => {
    const page = optOutPage('ask', language, 'dana@peatworks.example');
    expect(page).toContain(`<html lang="${language}">`);
    expect(page.match(/<button[^>]*>([^<]*)</)?.[1]).toBe(BUTTONS[language]);
    expect(page.match(/<(button|input|select|textarea|script|img|link|a)\b/g)).toEqual(['<button']);
    expect(page).not.toMatch(/https?:/);
  });

  test.each(KINDS)('%s: no address but the masked one', (kind) => {
    const page = optOutPage(kind, language, 'dana@peatworks.example');
    expect(page).not.toContain('dana');
    expect(page).not.toContain('ADDRESS');
    expect(page.includes('d•••@peatworks.example')).toBe(kind === 'ask' || kind === 'done');
    expect(page.includes('<button')).toBe(kind === 'ask');
    expect(page.includes('stop”') || page.includes('stop»') || page.includes('stop »') || page.includes('stop“')).toBe(
      kind !== 'ask' && kind !== 'done',
    );
  });
});

test('only its own style may act on the page', () => {
  const style = /<style>([\s\S]*)<\/style>/.exec(optOutPage('ask', 'en'))?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(PAGE_HEADERS['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
});

test('an address cannot bring markup along', () => {
  expect(optOutPage('ask', 'en', '<script>alert(1)</script>@x.example')).not.toContain('<script');
  expect(optOutPage('ask', 'en', 'dana@<img src=x>')).not.toContain('<img');
});

test.each([
  ['dana@peatworks.example', 'd•••@peatworks.example'],
  ['al@peatworks.example', '•••@peatworks.example'],
  ['d@peatworks.example', '•••@peatworks.example'],
])('%s is shown as %s', (address, shown) => {
  expect(maskedAddress(address)).toBe(shown);
});

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['it-IT, de-CH;q=0.8, en;q=0.5', 'de'],
  ['FR', 'fr'],
  ['xx', 'en'],
  [','.repeat(10_000), 'en'],
])('of “%s” the page of nobody takes %s', (accepted, language) => {
  expect(languageAccepted(accepted?.slice(0, 20_000))).toBe(language);
});
