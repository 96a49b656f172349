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

/** Whether a text is clearly in another language than this. */
function isInAnother(text: string, language: string): boolean {
  if (bareWords(text).split(' ').length < FEWEST_WORDS) return false;
  const [first, ...others] = detect(text);
  if (!first || first.lang === language) return false;
  return (others.find(({ lang }) => lang === language)?.accuracy ?? 0) < first.accuracy / 2;
}

/** The language of a text, where it is clearly one that we write. */
export function languageOfText(text: string): Language | null {
  const [first, second] = bareWords(text).split(' ').length < FEWEST_WORDS ? [] : detect(text);
  const isClear = first !== undefined && (second?.accuracy ?? 0) < first.accuracy / 2;
  return (isClear && LANGUAGES.find((language) => language === first.lang)) || null;
}

/** Sentences in another language than the letter. What is repeated from a ground stands as it stands there. */
export function languageFaults({ sentences }: Read, { language, texts }: Grounds): Fault[] {
  return sentences.flatMap(({ kind, from, spoken, text }, sentence): Fault[] => {
    if (kind === 'greeting' || kind === 'closing') return [];
    const cited = new Set(from.flatMap((id) => bareWords(texts[id] ?? '').split(' ')));
    const words = bareWords(spoken).split(' ');
    const own = words.filter((word) => !cited.has(word));
    return own.length * 2 >= words.length && isInAnother(spoken.replace(/[“”◦]/g, ' '), language)
      ? [{ code: 'language', sentence, said: text }]
      : [];
  });
}
