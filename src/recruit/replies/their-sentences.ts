import { phraseFinder, plainWords } from './plain-words.ts';
import { MOST_SENTENCES, sentencesOf } from './sentences.ts';
import { DISCLAIMER_PHRASES, GREETINGS, SIGN_OFFS, SIGN_OFFS_OR_THANKS } from './sign-off-words.ts';
import { withoutSignature } from './split-quoted.ts';

/** Sentences of ours this long are known again when a mail program repeats them without a mark. */
const OURS_FROM = 4;
/** A line under a sign-off has at most this many words when it is a name. */
const NAME_WORDS = 5;
/** Lines from a sign-off to the name under it. */
const LOOK_AHEAD = 6;

const DISCLAIMER = phraseFinder(DISCLAIMER_PHRASES);
const GREETING = new RegExp(`^${phraseFinder(GREETINGS).source}`, 'u');
const SIGN_OFF = new Set(SIGN_OFFS.map((words) => plainWords(words).trim()));
const SIGN_OFF_OR_THANKS = new Set(SIGN_OFFS_OR_THANKS.map((words) => plainWords(words).trim()));
const POSTSCRIPT = /^\s*(p\.?\s?s\.?|n\.?b\.?)\s?[:,.)–-]?\s+\S/i;
/** “Book a call: https://…”, as it stands in signatures. */
const LINK_LINE = /^[^.!?]{0,60}\b(https?:\/\/|www\.)\S+$/i;

/** What somebody says in a mail. `all`: without ours that they repeat, and without a marked signature. `said`: also without what stands
 *  under every mail of theirs, whatever it says: disclaimers and what follows a sign-off, but for a postscript. */
export function theirSentences(text: string, ours: string): { all: string[]; said: string[] } {
  const known = plainWords(ours);
  const isTheirs = (sentence: string) => {
    const words = plainWords(sentence);
    return words.trim().split(' ').length < OURS_FROM || !known.includes(words);
  };
  const unsigned = withoutSignature(text);
  const blocks = withoutSignOff(unsigned).split(/\n[^\S\n]*\n/);
  return { all: sentencesOf(unsigned).filter(isTheirs), said: saidIn(blocks, isTheirs) };
}

/** Each paragraph up to its disclaimer. What somebody says first is none. */
function saidIn(paragraphs: readonly string[], isTheirs: (sentence: string) => boolean): string[] {
  const said: string[] = [];
  let isBegun = false;
  for (const paragraph of paragraphs) {
    const isBelow = said.length > 0;
    let previous = '';
    for (const sentence of sentencesOf(paragraph).filter(isTheirs)) {
      if (isBegun && isBoilerplate(sentence, previous, isBelow)) break;
      said.push(sentence);
      if (said.length === MOST_SENTENCES) return said;
      isBegun ||= !isGreeting(sentence);
      previous = sentence;
    }
  }
  return said;
}

function isBoilerplate(sentence: string, previous: string, isBelow: boolean): boolean {
  return DISCLAIMER.test(plainWords(sentence)) || (LINK_LINE.test(sentence) && (isBelow || isName(previous)));
}

function isName(line: string): boolean {
  return /^(?:\p{Lu}[\p{L}'’.-]*\s*){2,5}$/u.test(line);
}

function withoutSignOff(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() && !isGreeting(line));
  const at =
    first < 0 ? -1 : lines.findIndex((line, index) => index > first && isSignOff(line, lines.slice(index + 1, index + LOOK_AHEAD)));
  if (at < 0) return text;
  const postscript = lines.findIndex((line, index) => index > at && POSTSCRIPT.test(line));
  return [...lines.slice(0, at), '', ...(postscript < 0 ? [] : lines.slice(postscript))].join('\n');
}

/** “Kind regards”; “Thanks” only where a name follows. */
function isSignOff(line: string, after: readonly string[]): boolean {
  const words = plainWords(line.slice(0, 100)).replaceAll(' , ', ' ').trim();
  if (SIGN_OFF.has(words)) return true;
  const next = after.find((one) => one.trim())?.trim() ?? '';
  return SIGN_OFF_OR_THANKS.has(words) && next !== '' && next.split(/\s+/).length <= NAME_WORDS && /^\p{Lu}[^.!?,:]*$/u.test(next);
}

/** “Hello Ana,” and no more. */
function isGreeting(line: string): boolean {
  return /^[^,:;–—]{1,60}[,!.:]?$/.test(line.trim()) && line.trim().split(/\s+/).length <= NAME_WORDS && GREETING.test(plainWords(line));
}
