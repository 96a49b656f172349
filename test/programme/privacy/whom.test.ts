import { describe, expect, test } from 'vitest';
import { bareWhom, isTheirEntry, withoutThem } from '../../../src/programme/privacy/whom.ts';

const omar = bareWhom('T1', { kind: 'address', value: 'omar@acme-data.example' });
const acme = { ...bareWhom('T1', { kind: 'company', value: 'acme-data.example' }), called: ['Acme'] };
const bar = (words: string) => '█'.repeat(words.length);
/** The words between brackets are to go. */
const covered = (text: string) => text.replace(/\[([^\]]*)\]/g, (_all, words: string) => bar(words));
const plain = (text: string) => text.replace(/[[\]]/g, '');

describe('a person leaves a text, and nobody else does', () => {
  test.each([
    'Ask [omar@acme-data.example].',
    'Ask [Omar@ACME-data.example], or <mailto:[omar+news@acme-data.example]>',
    'To: "Omar Haddad" <[omar@acme-data.example]>;lena@acme-data.example',
    'notomar@acme-data.example, omar@acme-data.example.org, omar@other.example',
    'x@[omar@acme-data.example]',
    '',
    '@ @@ a@ @b',
  ])('%s', (text) => {
    // The second address of a chain begins after the first at.
    if (text.startsWith('x@')) return void expect(withoutThem(plain(text), omar)).not.toContain('omar@acme');
    expect(withoutThem(plain(text), omar)).toBe(covered(text));
  });
});

describe('a company leaves a text, with its hosts and addresses', () => {
  test.each([
    'See [acme-data.example] and https://[www.acme-data.example]/partners',
    'Write to [sales@acme-data.example] or [lena@mail.acme-data.example].',
    'myacme-data.example, acme-data.example.org and acme-data.examples stay; Acme stays in a sentence',
    '([ACME-DATA.EXAMPLE])',
  ])('%s', (text) => expect(withoutThem(plain(text), acme)).toBe(covered(text)));

  test('an entry of a list goes when it says nothing else', () => {
    expect(['acme', ' Acme-Data.example', 'Acme North'].filter((entry) => isTheirEntry(entry, acme))).toEqual([
      'acme',
      ' Acme-Data.example',
    ]);
  });
});

test('a hostile text takes no longer than its length', () => {
  const long = `${'a'.repeat(200_000)}@${'b.'.repeat(100_000)} ${'@'.repeat(200_000)}`;
  expect(withoutThem(long, omar)).toBe(long);
  expect(withoutThem(long, acme)).toBe(long);
});
