/** A line this long was broken by the mail program, not by its author. Source: RFC 3676, lines of up to 78 characters. */
const WRAPPED_AT = 50;
/** Sentences looked at: what somebody wants stands at the top. */
export const MOST_SENTENCES = 200;

/** The sentences of a text in their order: lines that a mail program broke are joined first. A day such as “5. Dezember” is no end. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const paragraph of joined(text)) {
    for (const sentence of paragraph.split(/(?<=(?<!\d)[.!?…。]["”»)]?)\s+/)) {
      const trimmed = sentence.trim();
      if (trimmed) sentences.push(trimmed);
      if (sentences.length === MOST_SENTENCES) return sentences;
    }
  }
  return sentences;
}

function joined(text: string): string[] {
  const paragraphs: string[] = [];
  let isOpen = false;
  for (const line of text.split('\n')) {
    const words = line.trim();
    const last = paragraphs.at(-1);
    if (isOpen && words && last !== undefined) paragraphs[paragraphs.length - 1] = `${last} ${words}`;
    else if (words) paragraphs.push(words);
    isOpen = words.length >= WRAPPED_AT;
  }
  return paragraphs;
}
