/** What a phrase stands for; `strength` 0–1 is how sure one occurrence makes us. */
export type Sign<Meaning> = { phrase: string; meaning: Meaning; strength: number };

/** A phrase found in a text; `from` and `to` are its place there, in UTF-16 units. */
export type Found<Meaning> = { phrase: string; from: number; to: number; signs: readonly Sign<Meaning>[] };

/** Words are looked up by hash, so that the many words of a text that mean nothing are never cut out of it. */
type Level<Meaning> = Map<number, Node<Meaning>[]>;
type Node<Meaning> = { word: string; next: Level<Meaning>; phrase: string; signs: Sign<Meaning>[] };

/** A word list that many texts are held against: one walk over each text, whatever the number of phrases. */
export type Matcher<Meaning> = { roots: Level<Meaning>; mayStart: Uint8Array };

/** Power of two; a few per cent of it are used, which is what turns nearly all words away with one look. */
const FILTER = 2 ** 15;

/** With `base`, its phrases too; `base` itself stays as it is, and only the paths that change are copied. */
export function compileMatcher<Meaning>(signs: Iterable<Sign<Meaning>>, base?: Matcher<Meaning>): Matcher<Meaning> {
  const matcher = { roots: new Map(base?.roots), mayStart: base ? base.mayStart.slice() : new Uint8Array(FILTER) };
  for (const sign of signs) {
    let level: Level<Meaning> = matcher.roots;
    let node: Node<Meaning> | undefined;
    const { lower, words } = scan(sign.phrase.replace(/[.!?;:,]/g, ' '));
    for (const { hash, from, to } of words) {
      if (level === matcher.roots) matcher.mayStart[hash % FILTER] = 1;
      node = nodeFor(level, hash, wordForm(lower.slice(from, to)), base !== undefined);
      level = node.next;
    }
    if (!node) continue;
    node.phrase = sign.phrase;
    node.signs.push(sign);
  }
  return matcher;
}

/** The node of a word, made where it is missing and, if `copy`, replaced by a copy of its own where it is there. */
function nodeFor<Meaning>(level: Level<Meaning>, hash: number, word: string, copy: boolean): Node<Meaning> {
  const same = level.get(hash) ?? [];
  const known = same.find((other) => other.word === word);
  if (known && !copy) return known;
  const node = known ? { ...known, next: new Map(known.next), signs: [...known.signs] } : { word, next: new Map(), phrase: '', signs: [] };
  level.set(hash, [...same.filter((other) => other !== known), node]);
  return node;
}

/** Each phrase once, at its first place; of phrases that overlap, the longest from the left. No phrase runs over the end of a sentence.
 *  Adding a sentence at the end therefore only ever adds. */
export function findPhrases<Meaning>(matcher: Matcher<Meaning>, text: string): Found<Meaning>[] {
  const scanned = scan(text);
  const found: Found<Meaning>[] = [];
  let index = 0;
  while (index < scanned.words.length) {
    const word = scanned.words[index];
    const hit = word && matcher.mayStart[word.hash % FILTER] === 1 ? longestAt(matcher, scanned, index) : null;
    index = (hit?.last ?? index) + 1;
    if (!hit || !word || found.some(({ signs }) => signs === hit.node.signs)) continue;
    found.push({ phrase: hit.node.phrase, from: word.from, to: scanned.words[hit.last]?.to ?? word.to, signs: hit.node.signs });
  }
  return found;
}

function longestAt<Meaning>(
  matcher: Matcher<Meaning>,
  { lower, words }: Scanned,
  index: number,
): { node: Node<Meaning>; last: number } | null {
  let level = matcher.roots;
  let best: { node: Node<Meaning>; last: number } | null = null;
  for (let last = index; last < words.length; last++) {
    const word = words[last];
    const same = word && level.get(word.hash);
    if (!same) break;
    const form = wordForm(lower.slice(word.from, word.to));
    const node = same.find((known) => known.word === form);
    if (!node) break;
    if (node.signs.length > 0) best = { node, last };
    if (word.closed) break;
    level = node.next;
  }
  return best;
}

/** A word's place and the hash of its matching form; `closed` where a sentence or an item ends behind it. */
type Word = { hash: number; from: number; to: number; closed: boolean };
/** A few letters change length in lower case; places then follow the lower-case text, which is as good for quoting. */
type Scanned = { lower: string; words: Word[] };

function scan(text: string): Scanned {
  const lower = text.toLowerCase();
  const words: Word[] = [];
  let from = -1;
  // Hashes of the word so far, and of the word without its last one and three letters: the forms of a plural.
  let hash = 0;
  let less1 = 0;
  let less2 = 0;
  let less3 = 0;
  for (let at = 0; at <= lower.length; at++) {
    const code = at < lower.length ? lower.charCodeAt(at) : 32;
    if (isWordCode(code)) {
      if (from < 0) {
        from = at;
        hash = less1 = less2 = less3 = 0;
      }
      less3 = less2;
      less2 = less1;
      less1 = hash;
      hash = mix(hash, code);
      continue;
    }
    if (from >= 0) {
      const cut = pluralEnd(lower, from, at);
      words.push({ hash: cut === 3 ? mix(less3, 121) : cut === 1 ? less1 : hash, from, to: at, closed: false });
      from = -1;
    }
    // “node.js” and “10,000” go on: a mark ends something only where no word follows at once.
    const last = words.at(-1);
    if (last && endsSentence(code) && !isWordCode(lower.charCodeAt(at + 1))) last.closed = true;
  }
  return { lower, words };
}

/** 30 bits, so that every hash is a small integer. */
function mix(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) & 0x3fffffff;
}

/** Singular and plural as one: “agencies” and “agency”, “tools” and “tool”. Crude, and the same for both sides, so it need not be
 *  right, only equal. */
function wordForm(word: string): string {
  const cut = pluralEnd(word, 0, word.length);
  return cut === 3 ? `${word.slice(0, -3)}y` : cut === 1 ? word.slice(0, -1) : word;
}

/** How many letters the plural ending of the word takes: 3 for -ies, 1 for -s, else 0. */
function pluralEnd(text: string, from: number, to: number): 0 | 1 | 3 {
  if (to - from < 4 || text.charCodeAt(to - 1) !== 115 || text.charCodeAt(to - 2) === 115) return 0;
  return text.charCodeAt(to - 2) === 101 && text.charCodeAt(to - 3) === 105 ? 3 : 1;
}

/** a–z, 0–9, and the letters beyond ASCII; not × and ÷, nor the marks and spaces of general punctuation. */
function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return code > 0xbf && code !== 0xd7 && code !== 0xf7 && (code < 0x2000 || code > 0x206f) && code !== 0x3000;
}

/** . ! ? ; : , and the line break. */
function endsSentence(code: number): boolean {
  return code === 46 || code === 33 || code === 63 || code === 59 || code === 58 || code === 44 || code === 10;
}
