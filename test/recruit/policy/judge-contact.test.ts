import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockWords, WAY_WORDS } from '../../../blocks/recruit/policy-words.ts';
import { COUNTRIES, countryOf } from '../../../src/recruit/policy/countries.ts';
import {
  BASES,
  type Basis,
  COUNTRY_RULES,
  POLICY_VERSION,
  RECIPIENTS,
  type Recipient,
  ruleFor,
} from '../../../src/recruit/policy/country-policy.ts';
import { judgeContact } from '../../../src/recruit/policy/judge-contact.ts';

const judge = (country: string | null, basis: Basis, recipient: Recipient = 'company', source = 'https://peatworks.example/team') =>
  judgeContact({ country, basis, recipient, source });

/** Country, way of coming by the address, whose mailbox → allowed, under which rule. */
test.each<[string | null, Basis, Recipient, boolean, string]>([
  [null, 'consent', 'company', false, 'country-unknown'],
  ['US', 'other', 'unknown', true, 'us-can-spam'],
  ['US', 'published', 'individual', true, 'us-can-spam'],
  ['CA', 'consent', 'individual', true, 'ca-casl'],
  ['CA', 'published', 'company', true, 'ca-casl'],
  ['CA', 'given', 'individual', true, 'ca-casl'],
  ['CA', 'other', 'company', false, 'ca-casl'],
  ['GB', 'published', 'company', true, 'gb-pecr'],
  ['GB', 'other', 'company', true, 'gb-pecr'],
  ['GB', 'published', 'individual', false, 'gb-pecr'],
  ['GB', 'published', 'unknown', false, 'gb-pecr'],
  ['GB', 'consent', 'individual', true, 'gb-pecr'],
  ['DE', 'published', 'company', false, 'de-uwg'],
  ['DE', 'given', 'company', false, 'de-uwg'],
  ['DE', 'consent', 'company', true, 'de-uwg'],
  ['AT', 'published', 'company', false, 'eu-consent'],
  ['PL', 'consent', 'company', true, 'eu-consent'],
  ['FR', 'published', 'company', true, 'eu-default'],
  ['FR', 'published', 'individual', false, 'eu-default'],
  ['SE', 'other', 'company', true, 'eu-default'],
  ['JP', 'published', 'company', false, 'no-rule'],
  ['CH', 'given', 'company', false, 'no-rule'],
  ['BR', 'consent', 'company', true, 'no-rule'],
])('%s, %s, %s: %s by %s', (country, basis, recipient, allowed, rule) => {
  const verdict = judge(country, basis, recipient, 'https://peatworks.example/team, read on 3 March');
  expect(verdict.allowed).toBe(allowed);
  if (verdict.allowed) {
    expect(verdict.stamp).toMatchObject({ version: POLICY_VERSION, country, rule });
    expect(verdict.stamp.legalBasis.length).toBeGreaterThan(5);
  } else {
    expect(verdict.block.rule).toBe(rule);
    // What is refused names the rule, its source and what may be done instead.
    expect(blockWords(verdict.block)).toMatch(/^[A-Z].+\.$/);
    expect(verdict.source.length).toBeGreaterThan(5);
    expect(verdict.instead.map((way) => WAY_WORDS[way]).join(' ')).toMatch(/introduction.*Call.*letter.*agreed/);
  }
});

test('Canada: an address that is said to be published names its page', () => {
  expect(judge('CA', 'published', 'company', 'their web site').allowed).toBe(false);
  expect(judge('CA', 'published', 'company', 'peatworks.example/contact').allowed).toBe(true);
});

test('consent without proof is no consent, anywhere', () => {
  for (const { code } of COUNTRIES) expect(judge(code, 'consent', 'company', '   ').allowed).toBe(false);
});

describe('the table', () => {
  test('every rule has its words, its source and a basis', () => {
    for (const rule of COUNTRY_RULES) {
      expect(blockWords({ rule: rule.id, missing: 'consent', country: null })).toMatch(/^[A-Z].+\. No consent is on file\.$/);
      expect(rule.source.length).toBeGreaterThan(10);
      expect(rule.legalBasis.length).toBeGreaterThan(3);
      for (const country of rule.countries) expect(COUNTRIES.map(({ code }) => code)).toContain(country);
    }
  });

  test('whoever writes to more than the rule accepts is never allowed by saying less', () => {
    const anyone = fc.record({
      country: fc.option(fc.constantFrom(...COUNTRIES.map(({ code }) => code))),
      basis: fc.constantFrom(...BASES),
      recipient: fc.constantFrom(...RECIPIENTS),
      source: fc.string(),
    });
    fc.assert(
      fc.property(anyone, (contact) => {
        const { allowed } = judgeContact(contact);
        // Unknown counts as an individual, an unknown country as forbidden.
        if (contact.recipient === 'unknown' && contact.country !== null)
          expect(allowed).toBe(judgeContact({ ...contact, recipient: 'individual' }).allowed);
        if (contact.country === null) expect(allowed).toBe(false);
        if (allowed && contact.basis !== 'consent' && contact.country)
          expect(ruleFor(contact.country).accepts.some(({ basis }) => basis === contact.basis)).toBe(true);
      }),
    );
  });
});

test.each<[string[], string | null]>([
  [['Leeds, United Kingdom'], 'GB'],
  [['Austin, TX, USA'], 'US'],
  [['Berlin, Deutschland', 'Munich, Germany'], 'DE'],
  [['Brno, Czech Republic'], 'CZ'],
  [['Istanbul, Türkiye'], 'TR'],
  [['Berlin, Germany', 'Paris, France'], null],
  [['Remote'], null],
  [['Europe'], null],
  [[], null],
])('the country of %j is %s', (locations, country) => {
  expect(countryOf(locations)).toBe(country);
});
