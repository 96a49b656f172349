import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Account, readAccount } from '../../../src/manage/conflicts/account.ts';
import { lookupKeys, storedKeys } from '../../../src/manage/conflicts/match-keys.ts';
import { ALL_RARE, weighAccounts } from '../../../src/manage/conflicts/weigh.ts';

type Pair = { a: string; b: string; countryA: string | null; countryB: string | null; expected: 'same' | 'ask' | 'different'; why: string };
const PAIRS = readFileSync(new URL('name-pairs.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  // The file is ours and has this shape.
  .map((line) => JSON.parse(line) as Pair);

const named = (name: string, country: string | null = null): Account => readAccount({ names: [name], sites: [], country, city: null });
const verdict = (ours: Account, theirs: Account) => weighAccounts(ours, theirs, { rarity: ALL_RARE }).verdict;

describe('two names by themselves', () => {
  test.each(PAIRS)('$a | $b: $expected, for $why', ({ a, b, countryA, countryB, expected }) => {
    const [ours, theirs] = [named(a, countryA), named(b, countryB)];
    expect([verdict(ours, theirs), verdict(theirs, ours)]).toEqual([expected, expected]);
  });
});

const WORDS = [
  'Northgate',
  'Calder',
  'Saltmarsh',
  'Müller',
  'Brødrene',
  'Kestrel',
  'Data',
  'Studio',
  '12',
  'København',
  'Ōtsuka',
  'Синий',
  'みなと',
];
const FORMS = ['', ' GmbH', ' Ltd', ' Inc.', ', LLC', ' S.p.A.', ' Sp. z o.o.', ' A/S', ' (HQ)', ' / renewal', ' Group'];
const names = fc
  .tuple(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }), fc.constantFrom(...FORMS))
  .map(([words, form]) => `${words.join(' ')}${form}`);
const mistakes = fc
  .tuple(names, fc.nat(), fc.constantFrom('drop', 'double', 'swap', 'none'))
  .map(([name, place, kind]): [string, string] => {
    const at = place % name.length;
    const [before, here = '', next = '', rest] = [name.slice(0, at), name[at], name[at + 1], name.slice(at + 2)];
    const changed = {
      drop: before + next + rest,
      double: before + here + here + next + rest,
      swap: before + next + here + rest,
      none: name,
    };
    return [name, changed[kind]];
  });

test('whatever is alike is found by its keys', () => {
  fc.assert(
    fc.property(mistakes, ([one, other]) => {
      const [ours, theirs] = [named(one), named(other)];
      if (verdict(ours, theirs) === 'different') return;
      const { sure, loose } = lookupKeys(ours);
      const stored = new Set(storedKeys(theirs));
      expect([...sure, ...loose].some((key) => stored.has(key))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('a name is the same as itself, and who is compared with whom does not matter', () => {
  fc.assert(
    fc.property(names, names, (one, other) => {
      expect(verdict(named(one), named(one))).toBe('same');
      expect(verdict(named(one), named(other))).toBe(verdict(named(other), named(one)));
    }),
    { numRuns: 500 },
  );
});

test.each(['', '   ', '…', 'GmbH', '& Co. KG', '(formerly )', '👩‍🚀', 'a'.repeat(5_000), '((((((((', '株式会社'])(
  'a name of nothing, %j, is read without harm',
  (name) => {
    const keys = storedKeys(named(name));
    expect(keys.length).toBeLessThanOrEqual(60);
  },
);
