import { withoutQuotesOf } from './quotable.ts';
import { spokenName } from './spoken-name.ts';
import type { Grounds, Letter, Sentence } from './writing.ts';

/** A letter as the rules read it: `spoken` is a sentence without names and without what is quoted word for word from a ground, `hideNames` does
 *  the former to other texts. */
export type Read = Omit<Letter, 'sentences'> & { sentences: (Sentence & { spoken: string })[]; hideNames: (text: string) => string };

export function readLetter(letter: Letter, grounds: Grounds): Read {
  const texts = [...Object.values(grounds.texts), ...grounds.wording];
  const hide = hiderOf([...grounds.us.names, ...grounds.them.names]);
  const spoken = (text: string) => hide(withoutQuotesOf(text, texts));
  return {
    ...letter,
    hideNames: hide,
    sentences: letter.sentences.map((sentence) => ({ ...sentence, spoken: spoken(sentence.text) })),
  };
}

/** Nobody is refused for what they are called: names give way to a mark that is no word. A short name is only one where it is written as one. */
function hiderOf(names: readonly string[]): (text: string) => string {
  const known = [...new Set([...names, ...names.map(spokenName)].map((name) => name.trim()))]
    .filter((name) => name.length > 0)
    .sort((a, b) => b.length - a.length)
    .map((name) => {
      const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
      return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, name.length < 4 ? 'gu' : 'giu');
    });
  return (text) => known.reduce((left, name) => left.replace(name, '◦'), text);
}
