/** The words of a text, as numbers in buffers that the next scan overwrites: a text has many words and few of them mean anything, so
 *  none is cut out of it. Places are UTF-16 units in `lower`; a few letters change length in lower case, and places then follow the
 *  lower-case text, which is as good for quoting. */
export type Scanned = {
  lower: string;
  count: number;
  from: Int32Array;
  to: Int32Array;
  /** Of the singular of the word, so that “agencies” and “agency” are one. 30 bits, so that every hash is a small integer. */
  form: Int32Array;
  /** Two independent hashes of the word as it is. */
  whole: Int32Array;
  other: Int32Array;
  marks: Uint8Array;
};

/** Marks of a word. `CLOSED`: an item or a sentence ends behind it. `ENDS`: a sentence does. `CAPITAL`: written with one. `JOINED`: the
 *  next word follows after nothing but a point, as in node.js. */
export const CLOSED = 1;
export const ENDS = 2;
export const CAPITAL = 4;
export const JOINED = 8;

const scratch: Scanned = { lower: '', count: 0, ...buffers(4_096) };

export function scanWords(text: string): Scanned {
  const lower = text.toLowerCase();
  if (lower.length / 2 + 1 > scratch.from.length) Object.assign(scratch, buffers(lower.length));
  const { form, whole, other, from, to, marks } = scratch;
  const cased = lower.length === text.length;
  let count = 0;
  for (let at = 0; at < lower.length; at++) {
    let code = lower.charCodeAt(at);
    if (!isWordCode(code)) {
      if (count > 0) marks[count - 1] = (marks[count - 1] ?? 0) | endMarks(code, lower, at);
      continue;
    }
    const start = at;
    // Hashes of the word so far, and of the word without its last one and three letters: the forms of a plural.
    let hash = 0;
    let less1 = 0;
    let less2 = 0;
    let less3 = 0;
    let second = 0x811c9dc5;
    do {
      less3 = less2;
      less2 = less1;
      less1 = hash;
      hash = mixHash(hash, code);
      second = Math.imul(second ^ code, 0x01000193);
      code = ++at < lower.length ? lower.charCodeAt(at) : 32;
    } while (isWordCode(code));
    const cut = pluralEnd(lower, start, at);
    form[count] = cut === 3 ? mixHash(less3, 121) : cut === 1 ? less1 : hash;
    whole[count] = hash;
    other[count] = second;
    from[count] = start;
    to[count] = at;
    marks[count] = (cased && text.charCodeAt(start) !== lower.charCodeAt(start) ? CAPITAL : 0) | endMarks(code, lower, at);
    count++;
  }
  scratch.lower = lower;
  scratch.count = count;
  return scratch;
}

function mixHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) & 0x3fffffff;
}

/** Singular and plural as one: “agencies” and “agency”, “tools” and “tool”. Crude, and the same for both sides, so it need not be
 *  right, only equal. */
export function wordForm(word: string): string {
  const cut = pluralEnd(word, 0, word.length);
  return cut === 3 ? `${word.slice(0, -3)}y` : cut === 1 ? word.slice(0, -1) : word;
}

/** Whether the word that stands there has the form `form`, without cutting the word out. */
export function isWritten(form: string, lower: string, from: number, to: number): boolean {
  const cut = pluralEnd(lower, from, to);
  if (cut === 3) return wordForm(lower.slice(from, to)) === form;
  return form.length === to - from - cut && lower.startsWith(form, from);
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

/** . ! ? ; : and the line break end a sentence, the comma an item. “node.js” and “10,000” go on: a mark ends something only where no
 *  word follows at once. */
function endMarks(code: number, lower: string, at: number): number {
  const ends = code === 46 || code === 33 || code === 63 || code === 59 || code === 58 || code === 10;
  if (!ends && code !== 44) return 0;
  if (at + 1 < lower.length && isWordCode(lower.charCodeAt(at + 1)))
    return code === 46 && isWordCode(lower.charCodeAt(at - 1)) ? JOINED : 0;
  return ends ? CLOSED | ENDS : CLOSED;
}

function buffers(size: number): Pick<Scanned, 'form' | 'whole' | 'other' | 'from' | 'to' | 'marks'> {
  const numbers = () => new Int32Array(size);
  return { form: numbers(), whole: numbers(), other: numbers(), from: numbers(), to: numbers(), marks: new Uint8Array(size) };
}
