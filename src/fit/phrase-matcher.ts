/** What a phrase stands for; `strength` 0–1 is how sure one occurrence makes us. */
export type Sign<Meaning> = { phrase: string; meaning: Meaning; strength: number };

/** A phrase found in a text; `from` and `to` are its place there, in UTF-16 units. */
export type Found<Meaning> = { phrase: string; from: number; to: number; signs: readonly Sign<Meaning>[] };

type Node<Meaning> = { next: Map<string, Node<Meaning>> | null; phrase: string; signs: Sign<Meaning>[] };

/** A word list that many texts are held against: one walk over each text, whatever the number of phrases. */
export type Matcher<Meaning> = Map<string, Node<Meaning>>;

export function compileMatcher<Meaning>(signs: Iterable<Sign<Meaning>>): Matcher<Meaning> {
  const roots: Matcher<Meaning> = new Map();
  for (const sign of signs) {
    let level = roots;
    let node: Node<Meaning> | undefined;
    for (const word of wordsOf(sign.phrase)) {
      node = level.get(word) ?? { next: null, phrase: '', signs: [] };
      level.set(word, node);
      node.next ??= new Map();
      level = node.next;
    }
    if (!node) continue;
    node.phrase = sign.phrase;
    node.signs.push(sign);
  }
  return roots;
}

/** Each phrase once, at its first place; of phrases that overlap, the longest from the left. No phrase runs over the end of a sentence.
 *  Adding a sentence at the end therefore only ever adds. */
export function findPhrases<Meaning>(matcher: Matcher<Meaning>, text: string): Found<Meaning>[] {
  if (text === '') return [];
  const words = scan(text);
  const found: Found<Meaning>[] = [];
  let index = 0;
  while (index < words.texts.length) {
    const hit = longestAt(matcher, words, index);
    if (!hit) {
      index++;
      continue;
    }
    const { node, last } = hit;
    if (!found.some((earlier) => earlier.signs === node.signs)) {
      found.push({ phrase: node.phrase, from: words.starts[index] ?? 0, to: words.ends[last] ?? text.length, signs: node.signs });
    }
    index = last + 1;
  }
  return found;
}

function longestAt<Meaning>(matcher: Matcher<Meaning>, words: Words, index: number): { node: Node<Meaning>; last: number } | null {
  let node = matcher.get(words.texts[index] ?? '');
  let best: { node: Node<Meaning>; last: number } | null = null;
  for (let last = index; node; last++) {
    if (node.signs.length > 0) best = { node, last };
    if (!node.next || words.closed[last]) break;
    node = node.next.get(words.texts[last + 1] ?? '');
  }
  return best;
}

/** Words in matching form with their places; `closed` is true where a sentence or an item ends behind the word. */
type Words = { texts: string[]; starts: number[]; ends: number[]; closed: boolean[] };

function scan(text: string): Words {
  const lower = text.toLowerCase();
  // A few letters change length in lower case; places then follow the lower-case text, which is as good for quoting.
  const words: Words = { texts: [], starts: [], ends: [], closed: [] };
  let start = -1;
  for (let at = 0; at <= lower.length; at++) {
    const code = at < lower.length ? lower.charCodeAt(at) : 32;
    if (isWordCode(code)) {
      if (start < 0) start = at;
      continue;
    }
    if (start >= 0) {
      words.texts.push(wordForm(lower.slice(start, at)));
      words.starts.push(start);
      words.ends.push(at);
      words.closed.push(false);
      start = -1;
    }
    // “node.js” and “10,000” go on: a mark ends something only where no word follows at once.
    if (endsSentence(code) && !isWordCode(lower.charCodeAt(at + 1)) && words.closed.length > 0)
      words.closed[words.closed.length - 1] = true;
  }
  return words;
}

/** The words of a phrase in matching form. */
function wordsOf(phrase: string): string[] {
  return scan(phrase.replace(/[.!?;:,]/g, ' ')).texts;
}

/** Singular and plural as one. Crude, and the same for both sides, so it need not be right, only equal. */
function wordForm(word: string): string {
  if (word.length < 4 || word.charCodeAt(word.length - 1) !== 115 || word.endsWith('ss')) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/** a–z, 0–9, and every letter beyond ASCII. */
function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    (code > 0xbf && code !== 0xd7 && code !== 0xf7 && (code < 0x2000 || code > 0x206f) && code !== 0x3000)
  );
}

/** . ! ? ; : , and the line break. */
function endsSentence(code: number): boolean {
  return code === 46 || code === 33 || code === 63 || code === 59 || code === 58 || code === 44 || code === 10;
}
