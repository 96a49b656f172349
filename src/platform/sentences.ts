const LINE_END = /\r\n|[\n\r\u2028\u2029]/;
const SENTENCE_END = /(?<=[.!?…。][”»“"’)]{0,2}) /u;
/** Ends with a dot that ends no sentence when more follows on the line. */
const SHORT_FORM =
  /(?:^|[\s(])(?:\p{L}|[Ii]nc|[Cc]o|[Cc]orp|[Ll]td|[Dd]r|[Mm]rs?|[Ss]t|vs|e\.g|i\.e|etc|incl|approx|[Nn]o|[Nn]r|ca|bzw|usw|p\. ?ej|(?:\p{L}\.)+\p{L})\.$/u;
/** Longer than any of these. */
const LONGEST_SHORT_FORM = 12;

/** The sentences of a text in their order, each on one line with single blanks. A line break ends one, and so does an end mark before a blank,
 *  but not the dot of “U.S.” or “Inc.”. One pass: a text of any length and kind is read in a time that grows with its length. */
export function sentencesOf(text: string): string[] {
  return text.split(LINE_END).flatMap((line) => sentencesOfLine(line.replace(/\s+/g, ' ').trim()));
}

function sentencesOfLine(line: string): string[] {
  const sentences: string[] = [];
  let open: string[] = [];
  for (const part of line ? line.split(SENTENCE_END) : []) {
    open.push(part);
    if (SHORT_FORM.test(part.slice(-LONGEST_SHORT_FORM))) continue;
    sentences.push(open.join(' '));
    open = [];
  }
  if (open.length > 0) sentences.push(open.join(' '));
  return sentences;
}
