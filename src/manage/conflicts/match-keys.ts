import { type Account, readAccount } from './account.ts';

/** Where a single mistake of typing is looked for letter by letter; longer names are found by one of their halves. */
const MOST_LETTERS = 12;
const LEAST_LETTERS = 5;
/** Nobody shortens a name to more letters. */
const LONGEST_INITIALS = 5;
/** Of one record; a name with more words than this is found by the first. */
const MOST_KEYS = 60;

/** What a stored record is found by, each kind with its own letter: `d` a domain, `l` a domain without its ending, `n` a name (words sorted), `c` a name
 *  without spaces, `w` a word, `i` initials, `t` a name with one letter left out, `h` the first and the second half of a longer one. */
export function matchKeys({ names, domains }: { names: readonly string[]; domains: readonly string[] }): string[] {
  return storedKeys(readAccount({ names, sites: domains, country: null, city: null }));
}

export function storedKeys(account: Account): string[] {
  const { names } = account;
  const initials = names.flatMap((name) => name.initials.map((letters) => `i:${letters}`));
  const mistyped = names.flatMap(({ compact }) =>
    compact.length > MOST_LETTERS ? halves(compact, Math.floor(compact.length / 2)) : lettersLeftOut(compact),
  );
  return [...new Set([...ownKeys(account), ...initials, ...mistyped, ...wordKeys(account)])].slice(0, MOST_KEYS);
}

/** What a registration is looked up by. The `sure` keys point at few records, so that none of them is crowded out; of the `loose` ones each can be in very
 *  many: a word, half of a name that is a letter longer or shorter, the name as initials. */
export function lookupKeys(account: Account): { sure: string[]; loose: string[] } {
  const { names } = account;
  const spelledOut = names.flatMap(({ initials }) => initials.map((letters) => `c:${letters}`));
  const mistyped = names.flatMap(({ compact }) => (compact.length <= MOST_LETTERS + 1 ? lettersLeftOut(compact) : []));
  const halved = names.flatMap(({ compact }) =>
    compact.length >= MOST_LETTERS ? [-1, 0, 1].flatMap((more) => halves(compact, Math.floor((compact.length + more) / 2))) : [],
  );
  const shortened = names.flatMap(({ compact }) => (compact.length > 1 && compact.length <= LONGEST_INITIALS ? [`i:${compact}`] : []));
  return {
    sure: [...new Set([...ownKeys(account), ...spelledOut, ...mistyped])],
    loose: [...new Set([...wordKeys(account), ...halved, ...shortened])],
  };
}

function ownKeys({ names, sites }: Account): string[] {
  return [
    ...sites.flatMap(({ domain, label }) => [`d:${domain}`, `l:${label}`]),
    ...names.flatMap(({ words, compact }) => [`n:${[...words].sort().join(' ')}`, `c:${compact}`]),
  ];
}

function wordKeys({ names }: Account): string[] {
  return names.flatMap(({ words }) => words.map((word) => `w:${word}`));
}

/** Two names with one mistake between them share a half of each, but for the middle. */
function halves(compact: string, middle: number): string[] {
  return [`h:${compact.slice(0, middle)}`, `h:${compact.slice(-middle)}`];
}

/** Two shorter names with one mistake between them share at least one of these. */
function lettersLeftOut(compact: string): string[] {
  if (compact.length < LEAST_LETTERS) return [];
  return [`t:${compact}`, ...[...compact].map((_, at) => `t:${compact.slice(0, at)}${compact.slice(at + 1)}`)];
}
