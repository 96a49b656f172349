/** Endings by which English makes, of one stem, those who do a trade, the trade, and what belongs to it: dent-ist, dent-istry, dent-al;
 *  plumb-er, plumb-ing. No others: with -ion or -ic, “organic” would be an organisation; with -age or -or, a message would be a mess. */
const ENDINGS = 'ist ists istry al als ial ian ians er ers ery eries ing ings ant ants ance ancy ary arian arians ure ural y ies'.split(
  ' ',
);
/** What else may stand behind the stem in another form of the word. */
const PLAIN_ENDINGS = ['', 's', 'es', 'e', 'ed'];
/** These belong together and to no others: dent-al is what a dent-ist does, but “mineral” is no “miner”. */
const OF_TRADE: ReadonlySet<string> = new Set(['ist', 'ists', 'istry']);
const BELONGING: ReadonlySet<string> = new Set(['al', 'als']);
/** Of fewer letters too many words are made. */
const SHORTEST_STEM = 4;
/** Their plural is another word; all shorter ones are left as they are, such as goods and works. */
const NO_PLURALS: ReadonlySet<string> = new Set(['customs']);

/** What the word is made of, without the longest of the endings; the word itself where none can be taken. In lower case. */
export function stemOf(word: string): string {
  const ending = ENDINGS.filter((end) => word.endsWith(end) && word.length - end.length >= SHORTEST_STEM).sort(
    (a, b) => b.length - a.length,
  )[0];
  if (ending) return word.slice(0, -ending.length);
  return NO_PLURALS.has(word) ? word : word.replace(/(?<=\p{L}{5})s$/u, '');
}

/** Every form of a word: what may stand behind its stem. */
export type Forms = { stem: string; endings: ReadonlySet<string> };

export function formsOf(word: string): Forms {
  const stem = stemOf(word);
  const own = word.slice(stem.length);
  if (BELONGING.has(own)) return { stem, endings: new Set([...BELONGING, ...OF_TRADE]) };
  const all = [...ENDINGS, ...PLAIN_ENDINGS];
  return { stem, endings: new Set(OF_TRADE.has(own) ? all : all.filter((end) => !BELONGING.has(end))) };
}

/** The first place in a text in lower case where one of the forms stands as a whole word; null where none does. */
export function formIn(lower: string, { stem, endings }: Forms): { from: number; to: number } | null {
  for (let from = lower.indexOf(stem); from >= 0; from = lower.indexOf(stem, from + 1)) {
    if (isLetter(lower[from - 1])) continue;
    let to = from + stem.length;
    while (isLetter(lower[to])) to++;
    if (endings.has(lower.slice(from + stem.length, to))) return { from, to };
  }
  return null;
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
