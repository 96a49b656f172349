import { compileMatcher, eachPhrase } from './phrase-matcher.ts';
import { PLACE_WORDS } from './place-words.ts';
import { countryNamed, type Place } from './places.ts';
import { NO_ROLE, ROLE_CAPS, ROLE_PHRASES, ROLE_SIGNS, type RoleSign } from './roles.ts';
import { CAPITAL, CLOSED, ENDS, type Scanned, scanWords } from './scan-words.ts';

/** How often each sign of a role is in a text, by its place in `ROLE_SIGNS`, and where it stands first (−1: nowhere). */
export type RoleSigns = {
  counts: number[];
  at: ({ from: number; to: number } | null)[];
  /** Countries it names, and where. */
  places: { place: Place; at: { from: number; to: number } }[];
};

/** What a company is stands at the beginning: about 900 characters. */
const WORDS_READ = 140;
/** The first signs are those by which a company names itself. */
export const NAMING_SIGNS = 5;
const PRODUCT = ROLE_SIGNS.indexOf('isProduct');
const SELLS_TO = ROLE_SIGNS.indexOf('sellsTo');
/** By the place of the sign. */
export const CAPS = ROLE_SIGNS.map((sign) => ROLE_CAPS[sign] ?? 1);
/** “agency management software” names an agency only by the way. In 32 bits, as the shares that are made of it are kept. */
const BY_THE_WAY = Math.fround(0.15);

const COUNTRIES = Object.entries(PLACE_WORDS).map(([country, words]) => [countryNamed(country), words] as const);
const MATCHER = compileMatcher<number>([
  ...ROLE_SIGNS.flatMap((sign: RoleSign, meaning) =>
    (sign === 'field' ? [] : phrasesOf(ROLE_PHRASES[sign])).map((phrase) => ({ phrase, meaning, strength: 1 })),
  ),
  ...COUNTRIES.flatMap(([, words], index) =>
    phrasesOf(words).map((phrase) => ({ phrase, meaning: ROLE_SIGNS.length + index, strength: 1 })),
  ),
  ...phrasesOf(NO_ROLE).map((phrase) => ({ phrase, meaning: -1, strength: 1 })),
]);

/** `[a b] [c d]` as every pair. */
function phrasesOf(list: string): string[] {
  return list.split(/[,;]/).flatMap((entry) =>
    entry
      .trim()
      .split(/\s+(?![^[]*\])/)
      .reduce<string[]>(
        (begun, part) =>
          begun.flatMap((start) =>
            part
              .replace(/[[\]]/g, '')
              .split(/\s+/)
              .map((word) => `${start} ${word}`.trim()),
          ),
        [''],
      ),
  );
}

const wordSet = (words: string): ReadonlySet<number> => new Set(words.split(/\s+/).map((word) => scanWords(word).whole[0] ?? 0));
/** Before one of these a company says what it is, behind it for whom or with what. */
const CUTS = wordSet(
  'that which who for with to by where so helping help helps enabling enables using powered from specializing specialising specialized specialised focused based located between connecting connects allowing lets through in on at',
);
/** “Berlin-based agency” goes on, “an agency based in Berlin” does not. */
const [BASED] = wordSet('based');
/** Behind these the phrase goes on. */
const GOES_ON = wordSet('and or of');
const NAMES = wordSet('is are re as am be being become became provide provides providing offer offers deliver delivers');
const SELLS = wordSet(
  'for helps help helping enables enable enabling empowers empower empowering by connects connect connecting hire find replaces replace replacing alternative to lets let match matches matching between',
);

/** Reads the roles a text speaks of; `opens`: the text begins with what the company is, as a one-liner does. */
export function roleSignsIn(scanned: Scanned, opens: boolean): RoleSigns | null {
  let signs: RoleSigns | null = null;
  eachPhrase(MATCHER, scanned, WORDS_READ, ({ phrase, signs: meant }, first, last) => {
    for (const { meaning } of meant) {
      if (meaning < 0) continue;
      signs ??= noSigns();
      if (meaning >= ROLE_SIGNS.length) putPlace(signs, meaning - ROLE_SIGNS.length, scanned, first, last);
      else putSign(signs, meaning, opens, scanned, { phrase, first, last });
    }
  });
  return signs;
}

type Found = { phrase: string; first: number; last: number };

function putSign(signs: RoleSigns, sign: number, opens: boolean, scanned: Scanned, { phrase, first, last }: Found): void {
  if (sign >= NAMING_SIGNS) raise(signs, sign, 1, scanned, first, last);
  else if (sign !== PRODUCT && isSoldTo(scanned, first)) raise(signs, SELLS_TO, 1, scanned, first, last);
  else if (isNaming(scanned, first, opens)) putName(signs, sign, scanned, { phrase, first, last });
}

function putName(signs: RoleSigns, sign: number, scanned: Scanned, { phrase, first, last }: Found): void {
  if (sign === PRODUCT ? !isHead(scanned, last) : isOfMany(phrase, scanned, last)) return;
  const byTheWay = sign !== PRODUCT && (isPartOfProduct(scanned, last) || !closes(scanned, last));
  raise(signs, sign, byTheWay ? BY_THE_WAY : 1, scanned, first, last);
}

/** “Marketing agencies”, where the role is said of one: it speaks of others. */
function isOfMany(phrase: string, { lower, from, to }: Scanned, last: number): boolean {
  return !phrase.endsWith('s') && lower.slice(from[last], to[last]).endsWith('s');
}

/** Whether the phrase is what the sentence is about: not “studio” in “studio quality”. What somebody does, or a name, may follow. */
function closes(scanned: Scanned, last: number): boolean {
  if (isHead(scanned, last) || ((scanned.marks[last + 1] ?? 0) & CAPITAL) !== 0) return true;
  // What follows, as in “agency building shops”, goes on itself: “podcast advertising” is one thing.
  const goesOn = last + 2 < scanned.count && ((scanned.marks[last + 1] ?? 0) & CLOSED) === 0;
  return goesOn && /(?:ing|ed)$/.test(wordAt(scanned, last + 1));
}

function raise({ counts, at }: RoleSigns, sign: number, worth: number, { from, to }: Scanned, first: number, last: number): void {
  const before = counts[sign] ?? 0;
  const count = sign < NAMING_SIGNS ? Math.max(before, worth) : Math.min(CAPS[sign] ?? 1, before + worth);
  counts[sign] = count;
  if (count > before) at[sign] ??= { from: from[first] ?? 0, to: to[last] ?? 0 };
}

/** People and cities are written with a capital. */
function putPlace({ places }: RoleSigns, country: number, { marks, from, to }: Scanned, first: number, last: number): void {
  const place = COUNTRIES[country]?.[0];
  if (place && ((marks[first] ?? 0) & CAPITAL) !== 0) places.push({ place, at: { from: from[first] ?? 0, to: to[last] ?? 0 } });
}

function noSigns(): RoleSigns {
  return { counts: new Array(ROLE_SIGNS.length).fill(0), at: new Array(ROLE_SIGNS.length).fill(null), places: [] };
}

/** Words between “we are” or the beginning and what a company calls itself. */
const LONGEST_LEAD = 12;

function isNaming(scanned: Scanned, first: number, opens: boolean): boolean {
  const { marks, whole } = scanned;
  for (let index = first - 1; index >= 0 && index >= first - LONGEST_LEAD; index--) {
    if ((marks[index] ?? 0) & ENDS) return false;
    const word = whole[index] ?? 0;
    if (NAMES.has(word)) return true;
    if (CUTS.has(word) && !GOES_ON.has(word) && !(word === BASED && !CUTS.has(whole[index + 1] ?? 0))) return false;
  }
  return first < LONGEST_LEAD && opens && !tellsWhatItDoes(scanned, first);
}

/** “Acme makes studio lights”: the sentence says what it does, not what it is. */
function tellsWhatItDoes(scanned: Scanned, first: number): boolean {
  const { marks } = scanned;
  const opensWithName = ((marks[0] ?? 0) & CAPITAL) !== 0 && wordAt(scanned, 0).length > 3;
  return first >= 2 && opensWithName && ((marks[1] ?? 0) & CAPITAL) === 0 && /[^s]s$/.test(wordAt(scanned, 1));
}

function wordAt({ lower, from, to }: Scanned, index: number): string {
  return lower.slice(from[index], to[index]);
}

function isSoldTo({ marks, whole }: Scanned, first: number): boolean {
  for (let index = first - 1; index >= 0 && index >= first - 3; index--) {
    if ((marks[index] ?? 0) & ENDS) return false;
    if (SELLS.has(whole[index] ?? 0)) return true;
  }
  return false;
}

/** Nothing of the phrase follows: “cloud” is none in “cloud consultancy”. */
function isHead({ marks, whole, count }: Scanned, last: number): boolean {
  return last + 1 >= count || ((marks[last] ?? 0) & CLOSED) !== 0 || CUTS.has(whole[last + 1] ?? 0);
}

const PRODUCTS = wordSet(
  'software platform tool tools app apps api marketplace saas suite system systems os crm copilot solution solutions product products network directory',
);

function isPartOfProduct({ marks, whole, count }: Scanned, last: number): boolean {
  for (let index = last; index + 1 < count && index < last + 3; index++) {
    if ((marks[index] ?? 0) & CLOSED) return false;
    const word = whole[index + 1] ?? 0;
    if (PRODUCTS.has(word)) return true;
    if (CUTS.has(word)) return false;
  }
  return false;
}
