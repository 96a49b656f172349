import { sentencesOf } from '../../platform/sentences.ts';
import { textsFor } from './check-figures.ts';
import { givenBy, termsBeyond } from './check-money.ts';
import type { Fault } from './fault.ts';
import { figuresIn, valuesIn } from './number-words.ts';
import { templateWords } from './phrases.ts';
import { bareWords } from './plain-words.ts';
import type { Read } from './read-letter.ts';
import type { Grounds } from './writing.ts';

const REPLY = /^\s*(?:re|aw|antw|wg|fwd?|tr|rv|sv)\s*:/i;

/** A subject says nothing that the letter does not say, and answers only where there is a thread. */
export function subjectFaults({ subject, sentences }: Read, grounds: Grounds): Fault[] {
  const letter = sentences.map(({ text }) => text).join('\n');
  const bare = subject.replace(REPLY, '');
  const isThread = grounds.kind !== 'first';
  if (isThread && REPLY.test(subject)) return [];
  const about = [letter, ...Object.values(grounds.texts), ...grounds.us.names, ...grounds.them.names];
  const more = [...beyond(bare, letter, grounds, grounds.language), ...(speaksOf(bare, about) ? [] : [subject])];
  const faults = more.map((said): Fault => ({ code: 'subject-says-more', sentence: null, said }));
  return REPLY.test(subject) && !isThread ? [{ code: 'no-thread', sentence: null, said: subject }, ...faults] : faults;
}

/** Endings of sentences by which the English may differ: a greeting and a closing have none, or have one. */
const MOST_APART = 2;

/** The English beside says what the letter says: no figure, no money and no name more, and about as many sentences. */
export function englishFaults({ english, sentences, hideNames }: Read, grounds: Grounds): Fault[] {
  if (!english) return [];
  const letter = hideNames(sentences.map(({ text }) => text).join('\n'));
  const said = hideNames(english);
  const faults = beyond(said, letter, grounds, 'en').map((said): Fault => ({ code: 'english-says-more', sentence: null, said }));
  const ends = (text: string) => sentencesOf(text).filter((sentence) => /[\p{L}\p{N}◦][”»“"’)\s]*[.!?…]+[”»“"’)]*$/u.test(sentence)).length;
  const apart = ends(said) - ends(letter);
  const isOther = Math.abs(apart) > MOST_APART;
  return isOther ? [...faults, { code: 'english-says-more', sentence: null, said: english }] : faults;
}

/** Figures and terms of a text that the letter does not have. */
function beyond(text: string, letter: string, grounds: Grounds, language: Grounds['language']): string[] {
  const values = new Set([letter, ...textsFor([], grounds), ...grounds.us.names, ...grounds.them.names].flatMap(valuesIn));
  const figures = figuresIn(text, language).filter(
    ({ form, value, time }) => !values.has(value) && !(form === 'cardinal' && Number(value) < 3) && !(form === 'share' && time),
  );
  return [...figures.map(({ said }) => said), ...termsBeyond(text, [letter, ...givenBy(grounds)].join('\n'))];
}

/** Whether a subject has a word, or the beginning of one, of the letter or of what it rests on; words of our own templates say nothing. */
function speaksOf(subject: string, texts: readonly string[]): boolean {
  const words = (text: string) =>
    bareWords(text)
      .split(' ')
      .filter((word) => word.length > 3);
  const own = words(subject).filter((word) => !templateWords().has(word));
  const known = [...new Set(texts.flatMap(words))];
  return own.length === 0 || own.some((word) => known.some((other) => other.startsWith(word.slice(0, 5)) || word.startsWith(other)));
}
