import type { Account } from './account.ts';
import { readAccount } from './account.ts';
import type { AccountName } from './account-name.ts';

/** Where a single mistake of typing is looked for letter by letter; longer names are found by one of their halves. */
const MOST_LETTERS = 12;
const LEAST_LETTERS = 5;
/** Of one record; a name with more words than this is found by the first. */
const MOST_KEYS = 60;

/** What a stored record is found by, each kind with its own letter: `d` a domain, `l` a domain without its ending, `n` a name (words sorted), `c` a name
 *  without spaces, `w` a word, `i` initials, `t` a name with one letter left out, `h` the first and the second half of a longer one. */
export function matchKeys({ names, domains }: { names: readonly string[]; domains: readonly string[] }): string[] {
  return keysOfAccount(readAccount({ names, sites: domains, country: null, city: null })).all;
}

/** `sure` keys point at few records; a `word` can be in very many. */
export function keysOfAccount({ names, sites }: Account): { sure: string[]; words: string[]; all: string[] } {
  const words = new Set(names.flatMap((name) => name.words.map((word) => `w:${word}`)));
  const sure = new Set([
    ...sites.flatMap(({ domain, label }) => [`d:${domain}`, `l:${label}`]),
    ...names.flatMap(({ words: own, compact, initials }) => [
      `n:${[...own].sort().join(' ')}`,
      `c:${compact}`,
      ...initials.map((letters) => `i:${letters}`),
    ]),
    ...names.flatMap(typingKeys),
  ]);
  const all = [...sure, ...words].slice(0, MOST_KEYS);
  return { sure: [...sure], words: [...words], all };
}

/** Two names with one mistake between them share at least one of these. */
function typingKeys({ compact }: Pick<AccountName, 'compact'>): string[] {
  if (compact.length < LEAST_LETTERS) return [];
  return compact.length > MOST_LETTERS ? halves(compact, Math.floor(compact.length / 2)) : lettersLeftOut(compact);
}

function halves(compact: string, middle: number): string[] {
  return [`h:${compact.slice(0, middle)}`, `h:${compact.slice(-middle)}`];
}

function lettersLeftOut(compact: string): string[] {
  return [`t:${compact}`, ...[...compact].map((_, at) => `t:${compact.slice(0, at)}${compact.slice(at + 1)}`)];
}

/** What a registration is looked up by, beside the keys of its own: its name as initials, and the halves of names a letter longer or shorter. */
export function lookupKeys(account: Account): { sure: string[]; words: string[] } {
  const { sure, words } = keysOfAccount(account);
  const more = account.names.flatMap(({ compact, initials }) => [
    ...(compact.length > 1 && compact.length <= 5 ? [`i:${compact}`] : []),
    ...initials.map((letters) => `c:${letters}`),
    ...(compact.length === MOST_LETTERS + 1 ? lettersLeftOut(compact) : []),
    ...(compact.length >= MOST_LETTERS ? [-1, 0, 1].flatMap((more) => halves(compact, Math.floor((compact.length + more) / 2))) : []),
  ]);
  return { sure: [...new Set([...sure, ...more])], words };
}
