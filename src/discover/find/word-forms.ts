/** Endings by which English makes, of one stem, those who do a trade, the trade, and what belongs to it: dent-ist, dent-istry, dent-al;
 *  plumb-er, plumb-ing. No others: with -ion or -ic, “organic” would be an organisation. */
const ENDINGS = `ist ists istry al als ial ian ians er ers ery eries or ors ing ings ant ants ance ancy ary arian arians ure ural y ies
  age`.split(/\s+/);
/** What else may stand behind the stem in another form of the word. */
const PLAIN_ENDINGS = ['', 's', 'es', 'e', 'ed'];
const MAY_FOLLOW: ReadonlySet<string> = new Set([...ENDINGS, ...PLAIN_ENDINGS]);
/** Of fewer letters too many words are made. */
const SHORTEST_STEM = 4;

/** What the word is made of, without the longest of the endings; the word itself where none can be taken. In lower case. */
export function stemOf(word: string): string {
  const ending = ENDINGS.filter((end) => word.endsWith(end) && word.length - end.length >= SHORTEST_STEM).sort(
    (a, b) => b.length - a.length,
  )[0];
  return ending ? word.slice(0, -ending.length) : word.replace(/(?<=\p{L}{4})s$/u, '');
}

/** The first place in a text in lower case where a form of a word with this stem stands as a whole word; null where none does. */
export function formIn(lower: string, stem: string): { from: number; to: number } | null {
  for (let from = lower.indexOf(stem); from >= 0; from = lower.indexOf(stem, from + 1)) {
    if (isLetter(lower[from - 1])) continue;
    let to = from + stem.length;
    while (isLetter(lower[to])) to++;
    if (MAY_FOLLOW.has(lower.slice(from + stem.length, to))) return { from, to };
  }
  return null;
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
