import { A_THING, ENDS_A_SUBSCRIPTION, NARROWED, OF_THEMSELVES, OFFERS_A_WAY_OUT, OPT_OUT_CLAUSES, SENDS } from './opt-out-clauses.ts';
import { NEGATORS, OPT_OUT_WORDS, POLITE_WORDS } from './opt-out-words.ts';
import { phraseFinder, placesOf, plainWords } from './word-finder.ts';

const everyLanguage = Object.values(OPT_OUT_WORDS);
const REFUSALS = [
  phraseFinder(everyLanguage.flatMap(({ phrases }) => phrases)),
  ...OPT_OUT_CLAUSES.map((clause) => new RegExp(clause, 'u')),
];
const POLITE = new RegExp(` (?:${POLITE_WORDS.map((words) => plainWords(words).trim()).join('|')}|,)(?= )`, 'gu');
const ALONE = new Set(everyLanguage.flatMap(({ alone }) => alone.map(withoutManners)));

/** The first sentence that asks for no more mail; also one that its author broke by hand. */
export function optOutIn(sentences: readonly string[]): string | undefined {
  return [...sentences, ...brokenIn(sentences)].find(isOptOut);
}

/** Whether a text is no more than one word such as “stop”, as mail programs write it into a subject. */
export function isStopWord(text: string): boolean {
  return ALONE.has(withoutManners(text));
}

/** A word that stands alone, or a clear refusal that nothing turns round or narrows. What is in quotation marks is somebody else's, and so is
 *  the way out that a footer offers. */
function isOptOut(sentence: string): boolean {
  if (isStopWord(sentence)) return true;
  const own = plainWords(sentence.replace(/["“«„][^"“”«»„]{1,200}["”»“]/g, ' , '));
  if (ENDS_A_SUBSCRIPTION.test(own) && OFFERS_A_WAY_OUT.test(own) && !OF_THEMSELVES.test(own)) return false;
  return refusals(own).some(({ found, after }) => !NARROWED.test(after) && !(SENDS.test(found) && A_THING.test(after)));
}

/** Each refusal, and what stands behind it. */
function refusals(words: string): { found: string; after: string }[] {
  return REFUSALS.flatMap((refusal) => placesOf(refusal, words)).filter(({ before }) => !NEGATORS.has(before.split(' ').at(-1) ?? ''));
}

/** The words of a sentence without “please”, “thanks” and greetings. */
export function withoutManners(sentence: string): string {
  return plainWords(sentence).replace(POLITE, '').replace(/ +/g, ' ').trim();
}

/** Short lines that go on in the next, as people break them by hand. */
function brokenIn(sentences: readonly string[]): string[] {
  return sentences.flatMap((sentence, index) => {
    const next = sentences[index + 1];
    return next === undefined || /[.!?…:]$/.test(sentence) ? [] : [`${sentence} ${next}`];
  });
}
