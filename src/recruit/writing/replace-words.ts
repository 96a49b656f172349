import type { Replacement } from './manner.ts';

/** Says in a team's own words what our templates say, whole words only; what stands in quotation marks stays as it is, and so do the names,
 *  unless it is a name that the team says otherwise. */
export function replaceWords(text: string, replacements: readonly Replacement[], names: readonly string[]): string {
  return replacements.reduce((left, one) => replaceOne(left, one, names), text);
}

function replaceOne(text: string, { from, to }: Replacement, names: readonly string[]): string {
  if (!from) return text;
  const kept = names.filter((name) => name && !from.includes(name)).map(wholeWords);
  const untouched = new RegExp(`(${['[“„«][^“”„«»]*[”“»]', ...kept].join('|')})`, 'u');
  const words = new RegExp(wholeWords(from), 'gu');
  return text
    .split(untouched)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(words, () => to)))
    .join('');
}

/** A mark at an end of the phrase is its own border. */
function wholeWords(phrase: string): string {
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const before = /^[\p{L}\p{N}]/u.test(phrase) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = /[\p{L}\p{N}]$/u.test(phrase) ? '(?![\\p{L}\\p{N}])' : '';
  return `${before}${escaped}${after}`;
}
