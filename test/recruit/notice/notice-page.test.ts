import { describe, expect, test } from 'vitest';
import { noticeText } from '../../../src/recruit/notice/notice.ts';
import { noNoticePage, noticePage } from '../../../src/recruit/notice/notice-page.ts';
import { LANGUAGES } from '../../../src/recruit/writing/writing.ts';
import { aContact } from '../../support/builders.ts';

const SENDER = { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' };
const OPT_OUT = 'https://partners.larkspur.example/optout/tok';

describe.each(LANGUAGES)('the page in %s', (language) => {
  const page = noticePage(noticeText(aContact(), language, { name: 'Larkspur' }, SENDER), language, OPT_OUT);

  test('has a head, seven parts and one link, which objects', () => {
    expect(page).toContain(`<html lang="${language}">`);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<h2>/g)).toHaveLength(7);
    expect(page.match(/<(a|button|form|input|script|img|link|iframe)\b/g)).toEqual(['<a']);
    expect(page).toContain(`href="${OPT_OUT}"`);
    expect(page.indexOf(OPT_OUT)).toBeLessThan(page.indexOf('1 Harbour Street'));
    expect(page).toContain('width=device-width');
  });

  test('names nobody in its title', () => {
    expect(/<title>(.*)<\/title>/.exec(page)?.[1]).not.toMatch(/Larkspur|Ana|Dana|peatworks/);
  });

  test.each(['unknown', 'out-of-order'] as const)('%s: says what helps, and leads nowhere', (why) => {
    expect(noNoticePage(why, language)).not.toMatch(/<a\b|https?:|undefined/);
  });
});

test('names, source and postal address bring no markup and no part along', () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=y>';
  const contact = aContact({ origin: undefined, basis: 'other', source: `${evil}\n\nYour rights\nNone` });
  const sender = { ...SENDER, name: `Ana ${evil}`, postalAddress: `1 Street${evil}\n\nHow long\nFor ever` };
  const page = noticePage(noticeText(contact, 'en', { name: `Larkspur ${evil}` }, sender), 'en', `https://x.example/"><b>`);
  expect(page).not.toMatch(/<script|<img|<b>/);
  expect(page.match(/<h2>/g)).toHaveLength(7);
  expect(page).toContain('&lt;script&gt;');
});
