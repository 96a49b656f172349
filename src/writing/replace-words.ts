import type { Replacement } from './manner.ts';

/** Says in a team's own words what our templates say, whole words only; what stands in quotation marks stays as it is. */
export function replaceWords(text: string, replacements: readonly Replacement[]): string {
  if (replacements.length === 0) return text;
  return text
    .split(/([“„«][^“”„«»]*[”“»])/)
    .map((piece, index) => (index % 2 === 1 ? piece : replacements.reduce(replaceOne, piece)))
    .join('');
}

function replaceOne(text: string, { from, to }: Replacement): string {
  if (!from) return text;
  const escaped = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // A mark at an end of the phrase is its own border.
  const before = /^[\p{L}\p{N}]/u.test(from) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = /[\p{L}\p{N}]$/u.test(from) ? '(?![\\p{L}\\p{N}])' : '';
  return text.replace(new RegExp(`${before}${escaped}${after}`, 'gu'), () => to);
}
