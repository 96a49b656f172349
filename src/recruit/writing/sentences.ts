/** With an end mark, on one line. */
export function sentence(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return /[.!?…]["”»“]?$/.test(plain) ? plain : `${plain}.`;
}

/** What people wrote about themselves in the first person, or about “our” customers, stands by itself. */
export function isWholeSentence(text: string): boolean {
  return /^(we|our)\b/i.test(text.trim());
}

/** The sentences of a letter: a line break ends one, and so does an end mark before a blank. Quotes stay whole. */
export function sentencesIn(text: string): string[] {
  const hidden: string[] = [];
  const marked = text.replace(/[“„«][^“”„«»\n]*[”“»]/g, (quote) => `\ue000${hidden.push(quote) - 1}\ue001`);
  return marked
    .split(/\n+|(?<=[.!?…][”»"’)]?)\s+(?!\p{Ll})/u)
    .map((part) => part.replace(/\ue000(\d+)\ue001/g, (_, index) => hidden[Number(index)] ?? '').trim())
    .filter(Boolean);
}

const BORDER = /(?<=[.!?…]["”’)]?)\s+(?=["“‘(]?[\p{Lu}\p{N}¿¡])|\s+[•·|]\s+|\s+(?=[-–—*]\s\p{Lu})/u;
const SHORT_FORM =
  /(?:^|[\s(])(?:\p{L}|[Ii]nc|[Cc]o|[Cc]orp|[Ll]td|[Dd]r|[Mm]rs?|[Ss]t|vs|e\.g|i\.e|etc|incl|approx|[Nn]o|[Nn]r|ca|bzw|usw|p\. ?ej|(?:\p{L}\.)+\p{L})\.$/u;

/** The sentences of somebody’s text on one line. A dot ends one when a capital follows and no short word or single letter stands before it:
 *  “U.S. Air”, “Acme Inc. builds”. */
export function wholeSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const part of text.split(BORDER)) {
    const last = sentences.at(-1);
    if (last !== undefined && SHORT_FORM.test(last)) sentences[sentences.length - 1] = `${last} ${part}`;
    else sentences.push(part);
  }
  return sentences;
}
