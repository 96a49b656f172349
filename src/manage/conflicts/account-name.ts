import { COUNTRIES } from '../../recruit/policy/countries.ts';
import { EMPTY_WORDS, FORMERLY, GLUED, GROUP_WORDS, type LegalForm, LONGEST, SPELLINGS, WRITTEN_OUT } from './legal-forms.ts';

/** A company's name, taken apart. Words are folded: small letters, no accents, no legal form, no words that tell nothing. */
export type AccountName = {
  words: readonly string[];
  /** The words without spaces: how names are the same that differ in spaces, dots and hyphens only. */
  compact: string;
  /** What the legal form can be; empty where the name has none. */
  forms: readonly LegalForm[];
  /** Says that it is a group or a holding. */
  isGroup: boolean;
  /** The first letters of its words, with and without the short ones; empty for fewer than three words. */
  initials: readonly string[];
};

/** No register has longer names; what stands behind is not read. */
const MAX_LETTERS = 200;
const LETTERS: Record<string, string> = { ø: 'o', æ: 'a', å: 'a', œ: 'o', ß: 'ss', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** Small letters without accents. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/[øæåœßłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
}

/** The spellings that one typed name holds: the name, what stands before a dash or a slash set apart, and a former name in brackets. */
export function spellingsOf(typed: string): string[] {
  const text = typed.slice(0, MAX_LETTERS).trim();
  const inBrackets = [...text.matchAll(/\(([^()]*)\)/g)].map(([, inside = '']) => inside.trim());
  const former = inBrackets.filter((inside) => FORMERLY.test(inside)).map((inside) => inside.replace(FORMERLY, ''));
  const bare = inBrackets.some((inside) => !isForm(inside))
    ? text.replace(/\(([^()]*)\)/g, (all, inside: string) => (isForm(inside) ? all : ' '))
    : text;
  const before = /^(.*?\S)\s+[-–—/|]\s+\S/u.exec(bare)?.[1];
  return [...new Set([bare.trim(), ...(before ? [before] : []), ...former])].filter((spelling) => spelling !== '');
}

function isForm(inside: string): boolean {
  return SPELLINGS.has(folded(inside)) || SPELLINGS.has(`(${inside})`);
}

/** Takes a name apart. A name of nothing but a legal form keeps it as its word. */
export function readName(typed: string): AccountName {
  const [glued, gluedForms] = withoutGlued(typed.slice(0, MAX_LETTERS));
  const all = folded(glued)
    .replace(/[’']/g, '')
    .replace(/(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[./]\s?[\p{L}\p{N}](?![\p{L}\p{N}]))+\.?/gu, (dotted) => dotted.replace(/[./\s]/g, ''))
    .split(/[^\p{L}\p{N}&+]+/u)
    .filter(Boolean);
  const { words: rest, forms } = withoutForms(all);
  const joined = rest.filter((word, at) => !(at > 0 && at < rest.length - 1 && JOINERS.has(word)) && word !== '&' && word !== '+');
  const isGroup = joined.some((word) => GROUP_WORDS.has(word));
  const told = joined.filter((word) => !EMPTY_WORDS.has(word) && !GROUP_WORDS.has(word)).map(spelledOut);
  const words = told.length > 0 ? told : joined.length > 0 ? joined.map(spelledOut) : all.map(spelledOut);
  return {
    words,
    compact: words.join(''),
    forms: [...gluedForms, ...forms],
    isGroup,
    initials: initialsOf(rest),
  };
}

function spelledOut(word: string): string {
  const written = WRITTEN_OUT[word] ?? word;
  // The two ways to write ä, ö, ü, å and ø without the accent; in very short names every letter counts.
  return written.length > 4 ? written.replace(/ae|aa/g, 'a').replace(/oe/g, 'o').replace(/ue/g, 'u') : written;
}

function withoutGlued(text: string): [string, readonly LegalForm[]] {
  const form = GLUED.find((spelling) => text.includes(spelling));
  return form ? [text.replace(form, ' '), SPELLINGS.get(form) ?? []] : [text, []];
}

/** Takes legal forms from the end, and from the front where some countries set them. */
function withoutForms(all: readonly string[]): { words: string[]; forms: readonly LegalForm[] } {
  let words = [...all];
  let forms: readonly LegalForm[] = [];
  for (let taken = true; taken && words.length > 1; ) {
    taken = false;
    for (let length = Math.min(LONGEST, words.length - 1); length > 0 && !taken; length--) {
      const [front, end] = [words.slice(0, length).join(' '), words.slice(-length).join(' ')];
      const atEnd = SPELLINGS.get(end) ?? SPELLINGS.get(end.replace(/^[&+] | [&+] /g, ' ').trim());
      const found = atEnd ?? (IN_FRONT.has(front) ? SPELLINGS.get(front) : undefined);
      if (!found) continue;
      words = atEnd ? words.slice(0, -length) : words.slice(length);
      forms = [...forms, ...found];
      taken = true;
    }
  }
  // Romania sets S.C. before a name that has its form behind.
  if (words.length > 1 && words[0] === 'sc' && forms.some(({ countries }) => countries.includes('RO'))) words = words.slice(1);
  return { words, forms };
}

/** Forms that stand before the name in some country. */
const IN_FRONT = new Set('oy sarl eurl uab sia ou srl stichting pt ooo ооо ао зао пао ип тов пп'.split(' '));

/** “and” in the languages that Node knows. Source: CLDR's list patterns. */
const JOINERS: ReadonlySet<string> = new Set(
  'en de fr es it pt nl sv da nb fi pl cs sk hu ro hr sl et lv lt tr el ru uk bg ca'
    .split(' ')
    .map((language) => folded(new Intl.ListFormat(language).format(['1', '2']).replace(/[12\s]/g, ''))),
);

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs', 'hu', 'ro', 'tr'];
/** What countries are called in the languages of the names, and the codes that people write. Source: CLDR. */
const COUNTRY_WORDS: ReadonlySet<string> = new Set([
  ...LANGUAGES.flatMap((language) => {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    return COUNTRIES.map(({ code }) => folded(names.of(code) ?? code).replace(/[^\p{L}\p{N}]+/gu, ' '));
  }),
  ...['uk', 'usa', 'us', 'uae'],
]);

export function isCountryWord(word: string): boolean {
  return COUNTRY_WORDS.has(word);
}

function initialsOf(words: readonly string[]): string[] {
  const first = (some: readonly string[]) => (some.length > 2 ? [some.map((word) => word[0]).join('')] : []);
  return [...new Set([...first(words), ...first(words.filter((word) => word.length > 2))])];
}
