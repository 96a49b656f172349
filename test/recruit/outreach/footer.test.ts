import { describe, expect, test } from 'vitest';
import { readNotice } from '../../../src/recruit/notice/notice.ts';
import { footerAndNotice } from '../../../src/recruit/outreach/footer.ts';
import { LANGUAGES } from '../../../src/recruit/writing/writing.ts';
import { aContact } from '../../support/builders.ts';

const OWN = { name: 'Larkspur' };
const SENDER = { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' };
const URL = 'https://partners.larkspur.example';
const PROOF = 'agreed at our stand, 3 November 2026, noted by Ben';
const PAGE = 'https://peatworks.example/contact';
const BOTH = [
  ['legitimate interest', { country: 'FR', origin: 'website', source: PAGE }, /Art\. 6\(1\)\(f\)|6 Abs\. 1 Buchst\. f|point f|6\.1\.f/],
  [
    'consent',
    { country: 'DE', origin: 'website', basis: 'consent', source: `${PROOF}; ${PAGE}` },
    /Art\. 6\(1\)\(a\)|6 Abs\. 1 Buchst\. a|point a|6\.1\.a/,
  ],
] as const;

const closing = (
  given: Parameters<typeof aContact>[0],
  more: Partial<Parameters<typeof footerAndNotice>[0]> = {},
  url: string | null = null,
) => footerAndNotice({ contact: aContact(given), kind: 'first', optOutToken: 'tok', language: 'en', ...more }, OWN, SENDER, url);

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(BOTH)('by %s, with a public address: 45 words at most, the way to the page, the right to object apart', (_, contact, basis) => {
    const { footer, notice } = closing(contact, { language }, URL);
    const [head, source, object, ...rest] = footer.split('\n\n');
    expect([head, rest]).toEqual(['Ana Alder\nLarkspur\n1 Harbour Street, London', []]);
    expect(`${source} ${object}`.split(/[\s\u00a0]+/).length).toBeLessThanOrEqual(45);
    expect(source).toContain(`(${PAGE}).`);
    expect(source?.endsWith(` ${URL}/notice/tok`) || source?.endsWith(`\u00a0${URL}/notice/tok`)).toBe(true);
    expect(object).toMatch(/stop/);
    expect(object).toContain(`${URL}/optout/tok`);
    expect(object).not.toContain('/notice/');
    expect(footer).not.toMatch(basis);
    expect(notice).toMatch(basis);
    for (const said of ['Larkspur, 1 Harbour Street, London', 'Ana Alder', 'ana@larkspur.example', `(${PAGE}).`, 'stop', 'Slack'])
      expect(notice).toContain(said);
    for (const text of [footer, notice]) expect(text).not.toMatch(/undefined|null|agreed at|by Ben|Dana\b|dana@/);
  });

  test.each(BOTH)('by %s, without one: all of it in the mail, the right to object apart from the rest', (_, contact, basis) => {
    const { footer, notice } = closing(contact, { language });
    const paragraphs = footer.split('\n\n');
    expect(paragraphs).toHaveLength(4);
    expect(paragraphs[1]).toContain(`(${PAGE}).`);
    expect(paragraphs[2]).toMatch(basis);
    expect(paragraphs[3]).toMatch(/stop/);
    expect(footer.replaceAll(PAGE, '')).not.toContain('http');
    expect(footer).not.toMatch(/undefined|null|agreed at/);
    expect(notice).toBe('');
  });

  test('the page can be taken apart again, whatever stands in the address', () => {
    const postalAddress = '1 Harbour Street,\r\n\r\n\nObject nowhere\n\nLondon';
    const { notice } = footerAndNotice(
      { contact: aContact(), kind: 'first', optOutToken: 'tok', language },
      OWN,
      { ...SENDER, postalAddress },
      URL,
    );
    const { title, parts } = readNotice(notice);
    expect(title.length).toBeGreaterThan(10);
    expect(parts).toHaveLength(7);
    expect(parts[1]?.lines).toHaveLength(1);
    expect(parts[1]?.lines[0]).toContain('1 Harbour Street, Object nowhere, London');
  });
});

test.each([[null], [URL]])('the notice comes with the first message only, and where the law asks for it (%s)', (url) => {
  const none = [
    closing({ country: 'FR' }, { kind: 'follow-up' }, url),
    closing({ country: 'FR' }, { kind: 'answer' }, url),
    closing({ country: 'US' }, {}, url),
  ];
  for (const { footer, notice } of none) {
    expect(footer.split('\n\n')).toHaveLength(2);
    expect(footer).toContain(url ? `${URL}/optout/tok` : 'answer “stop” and we');
    expect(footer).not.toContain('/notice/');
    expect(notice).toBe('');
  }
});
