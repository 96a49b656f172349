import { LEGAL_FORMS } from '../../discover/fit/not-names.ts';
import { cleanText, isOrder, withoutInstructions, withoutLinks } from '../../programme/companies/clean-text.ts';
import { withoutPictures } from './plain-words.ts';

const LONGEST = 60;

/** A company's name as one says it in a letter: without legal form, bracketed remarks and pictures, and not shouted. What is left of a name
 *  that is nothing else stays as it is. */
export function spokenName(name: string): string {
  const plain = cleanText(withoutPictures(withoutLinks(withoutInstructions(name))).replace(/["“”„«»<>]/g, ''));
  const bare =
    withoutLegalForm(plain.replace(/\s*[([].*$/, '').replace(/\s+(?:[-–|:].*)$/, '')) ||
    withoutLegalForm(plain) ||
    plain ||
    cleanText(name);
  const calm = isShouted(bare) ? bare.replace(/\p{Lu}{4,}/gu, (word) => word.charAt(0) + word.slice(1).toLowerCase()) : bare;
  return cutName(calm);
}

/** Whether it is a person's name as one says it: an address is none, what is longer or gives an order is none. */
export function isSpoken(name: string): boolean {
  return /^\p{Lu}[\p{L}’'.-]*(?: \p{L}[\p{L}’'.-]*){0,3}$/u.test(name) && !isOrder(name);
}

function withoutLegalForm(name: string): string {
  const words = name.split(' ');
  const form = (word: string | undefined) => (word ?? '').toLowerCase().replace(/[.,]/g, '');
  // “Acme Co. Ltd.” has two; “The Company” is left alone.
  for (let most = 2; most > 0 && words.length > 1 && LEGAL_FORMS.has(form(words.at(-1))) && form(words.at(-1)) !== 'company'; most--)
    words.pop();
  return words.join(' ').replace(/[,;:\s]+$/, '');
}

/** Two words or more, all capitals. */
function isShouted(name: string): boolean {
  return name.length > 10 && name.includes(' ') && name === name.toUpperCase() && /\p{Lu}{4}/u.test(name);
}

function cutName(name: string): string {
  if (name.length <= LONGEST) return name;
  const kept = name.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
  const space = kept.lastIndexOf(' ');
  return space > LONGEST / 2 ? kept.slice(0, space).replace(/[,;:\s]+$/, '') : kept.trim();
}
