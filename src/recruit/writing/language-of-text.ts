import { createRequire } from 'node:module';
import type { Fault } from './fault.ts';
import { bareWords } from './plain-words.ts';
import type { Read } from './read-letter.ts';
import { type Grounds, LANGUAGES, type Language } from './writing.ts';

/** The neighbours of the languages we write: among more of them a short sentence is taken for one that nobody here writes. */
const AMONG = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl'];
/** Fewer words tell no language. */
const FEWEST_WORDS = 5;

type Detector = { detectAll: (text: string, options: { only: string[] }) => { lang: string; accuracy: number }[] };
let detector: Detector | undefined;

/** Loaded with the first letter that is judged: it takes half a second and 50 MB, and a process that writes none need not pay for it. */
function detect(text: string) {
  detector ??= createRequire(import.meta.url)('tinyld') as Detector;
  return detector.detectAll(text, { only: AMONG });
}

/** The language that a text is clearly in, where it is not this one; null where it may be. */
function clearlyIn(text: string, notIn: string): string | null {
  const [first, ...others] = detect(text);
  if (!first || first.lang === notIn) return null;
  return (others.find(({ lang }) => lang === notIn)?.accuracy ?? 0) < first.accuracy / 2 ? first.lang : null;
}

/** The language of a text, where it is clearly one that we write. */
export function languageOfText(text: string): Language | null {
  const [first, second] = bareWords(text).split(' ').length < FEWEST_WORDS ? [] : detect(text);
  const isClear = first !== undefined && (second?.accuracy ?? 0) < first.accuracy / 2;
  return (isClear && LANGUAGES.find((language) => language === first.lang)) || null;
}

/** A line of trade terms, such as “Smart-Building-Plattform mit IoT-Sensoren und Dashboard”, is taken for English: fewer words are free. */
const FEWEST_SURE = 7;

/** The language that a text is surely in, as a whole, in small letters and in either half, where that is not the one expected. One of the two is
 *  English: between others, borrowed words deceive. */
export function otherLanguageOf(text: string, expected: Language): Language | null {
  const words = text.trim().split(/\s+/);
  if (words.length < FEWEST_SURE) return null;
  const half = Math.ceil(words.length / 2);
  const parts = [text, text.toLowerCase(), words.slice(0, half).join(' '), words.slice(-half).join(' ')];
  const [reads, ...others] = new Set(parts.map((part) => clearlyIn(part, expected)));
  const found = others.length === 0 && LANGUAGES.find((language) => language === reads);
  return found && (found === 'en' || expected === 'en') ? found : null;
}

/** Sentences in another language than the letter. What is repeated from a ground stands as it stands there, but for set-up in another language:
 *  of us a letter speaks in its own. */
export function languageFaults({ sentences }: Read, { language, texts }: Grounds): Fault[] {
  return sentences.flatMap(({ kind, from, spoken, text }, sentence): Fault[] => {
    if (kind === 'greeting' || kind === 'closing') return [];
    const words = bareWords(spoken).split(' ');
    const isMostlyOf = (ids: readonly string[]) => {
      const cited = new Set(ids.flatMap((id) => bareWords(texts[id] ?? '').split(' ')));
      return words.filter((word) => cited.has(word)).length * 2 > words.length;
    };
    const foreign = () => from.filter((id) => id.startsWith('setup.') && otherLanguageOf(texts[id] ?? '', language));
    const isElse = () => words.length >= FEWEST_WORDS && clearlyIn(spoken.replace(/[“”◦]/g, ' '), language) !== null;
    const isOther = isMostlyOf(from) ? isMostlyOf(foreign()) : isElse();
    return isOther ? [{ code: 'language', sentence, said: text }] : [];
  });
}
