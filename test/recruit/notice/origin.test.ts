import { describe, expect, test } from 'vitest';
import { sourceSentence } from '../../../src/recruit/notice/notice.ts';
import { isProperName, ORIGINS } from '../../../src/recruit/notice/origin.ts';
import { NewContact, StoredContact } from '../../../src/recruit/outreach/draft.ts';
import { LANGUAGES } from '../../../src/recruit/writing/writing.ts';
import { aContact } from '../../support/builders.ts';

const NOTE = 'agreed at our stand, noted by Ben';

describe('what the recipient reads of it', () => {
  test.each([
    [
      { origin: 'website', source: 'their page https://peatworks.example/team, seen by Ben' },
      'your website (https://peatworks.example/team).',
    ],
    [{ origin: 'event', source: 'Rivermead Fair 2026' }, 'a fair or an event (Rivermead Fair 2026).'],
    [{ origin: 'network', source: 'LinkedIn' }, 'a professional network (LinkedIn).'],
    [{ origin: 'network', source: 'LinkedIn, by Ben' }, 'a professional network.'],
    [{ origin: 'network', source: 'Ben Adler gave me this one' }, 'a professional network.'],
    [{ origin: 'event', basis: 'consent', source: 'Agreed at our stand' }, 'a fair or an event.'],
    [{ origin: 'colleague', source: 'Omar Quist' }, 'a colleague of yours.'],
    [{ origin: 'acquaintance', source: 'Ben knows her, see https://larkspur.example/people/ben' }, 'somebody we both know.'],
    // As they are stored from before the question was asked.
    [{ origin: undefined, basis: 'published', source: `${NOTE}: peatworks.example/team` }, 'a public web page (peatworks.example).'],
    [{ origin: undefined, basis: 'published', source: 'their contact page' }, 'a public web page.'],
    [
      { origin: undefined, basis: 'other', source: 'found on https://peatworks.example/team' },
      'a public web page (https://peatworks.example/team).',
    ],
    [{ origin: undefined, basis: 'consent', source: NOTE }, 'you, when you agreed that we write.'],
  ] as const)('%j: %s', (given, end) => {
    expect(sourceSentence(aContact(given), 'en')).toBe(`We have your address from ${end}`);
  });

  test.each([
    { origin: 'given', source: NOTE },
    { origin: undefined, basis: 'given', source: 'a card' },
  ] as const)('%j: that they gave it', (given) => {
    expect(sourceSentence(aContact(given), 'en')).toBe('You gave us your address yourself.');
  });

  test('of one from before, nothing but what was typed says where it is from', () => {
    const given = aContact({ origin: undefined, basis: 'other', source: 'a list of clinics.\n' });
    expect(sourceSentence(given, 'en')).toBe('Where your address is from: a list of clinics.');
  });

  test.each(LANGUAGES)('in %s no note for the team stands in it, whatever the origin', (language) => {
    const said = ORIGINS.map((origin) => sourceSentence(aContact({ origin, basis: 'consent', source: NOTE }), language));
    expect(new Set(said).size).toBe(ORIGINS.length);
    expect(said.join()).not.toMatch(/agreed|Ben\b|undefined/);
  });
});

test.each([
  ['Salon de la Santé', true],
  ['G2', true],
  ['2026 Clinic Expo', true],
  ['中国医疗展', true],
  ['told by Ben', false],
  ['LinkedIn, by Ben', false],
  ['We met. He agreed', false],
  ['', false],
  ['Dana <dana@peatworks.example>', false],
  ['The fair where Ben said that she would write soon', false],
])('“%s” is a proper name: %s', (text, isOne) => {
  expect(isProperName(text)).toBe(isOne);
});

describe('the form', () => {
  const asked = (given: object) => NewContact.safeParse({ ...aContact(), ...given }).error?.issues.map(({ path }) => path.join()) ?? [];

  test.each([
    [{ origin: undefined }, ['origin']],
    [{ origin: 'website', source: 'their contact page' }, ['source']],
    [{ origin: 'website', source: 'peatworks.example/contact' }, []],
    [{ origin: 'register', source: 'the register of clinics' }, ['source']],
    [{ origin: 'register', source: 'https://register.example/clinics' }, []],
    [{ origin: 'network', source: 'Xing' }, []],
    [{ origin: 'given', source: NOTE }, []],
    [{ origin: 'event', basis: 'consent', source: NOTE }, []],
  ])('%j: it asks again for %j', (given, fields) => {
    expect(asked(given)).toEqual(fields);
  });

  test('what is stored without an origin is still read', () => {
    const { origin: _none, ...stored } = aContact({ source: 'their contact page' });
    expect(StoredContact.parse(stored)).toEqual(stored);
  });
});
