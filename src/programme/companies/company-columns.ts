import { cleanText, shortenText } from './clean-text.ts';
import { COLUMN_TITLES, LABELS, LEAST, MOST, NOT_OURS, OWNERS, PERSONS, PLACES } from './column-titles.ts';

export type ColumnField = keyof typeof COLUMN_TITLES;
export type Column = { index: number; title: string };
/** `ignored` are the titles nothing is read from, in the order of the file. */
export type ColumnMatch = { fields: Partial<Record<ColumnField, Column>>; ignored: string[] };
/** What a person said each column is, in the order of the file; null is not read. */
export type ColumnChoice = readonly (ColumnField | null)[];

export const COLUMN_FIELDS = Object.keys(COLUMN_TITLES).filter((key): key is ColumnField => key in COLUMN_TITLES);
/** Each tells which company a row is about. */
export const IDENTIFYING: readonly ColumnField[] = ['domain', 'website', 'companyEmail', 'contactEmail'];
/** What is read of people; a person without an address is nobody to write to. */
const OF_PEOPLE: readonly ColumnField[] = ['firstName', 'lastName', 'contactName', 'role', 'contactCountry', 'contactSource'];
const EMAILS: readonly ColumnField[] = ['companyEmail', 'contactEmail'];
const IN_PLACES: readonly ColumnField[] = ['city', 'region', 'country'];
const IN_PERSONS: Partial<Record<ColumnField, ColumnField>> = {
  contactName: 'contactName',
  firstName: 'firstName',
  lastName: 'lastName',
  companyEmail: 'contactEmail',
  contactEmail: 'contactEmail',
  role: 'role',
  country: 'contactCountry',
  contactSource: 'contactSource',
};
const MAX_TITLE = 60;
/** Characters of a title that are looked at. */
const MAX_READ = 200;

type Meaning = { field: ColumnField; rank: number };

const MEANINGS = new Map<string, Meaning[]>();
for (const field of COLUMN_FIELDS) {
  for (const [rank, plain] of plainList(COLUMN_TITLES[field]).entries())
    MEANINGS.set(plain, [...(MEANINGS.get(plain) ?? []), { field, rank }]);
}
const [owners, places, persons, notOurs, least, most] = [OWNERS, PLACES, PERSONS, NOT_OURS, LEAST, MOST].map(
  (list) => new Set(plainList(list)),
);
/** A title with a word in front or behind is a poorer one than any that stands as it is. */
const DERIVED = 1_000;

/** Finds the column of each known field, each column once. */
export function matchColumns(header: readonly string[]): ColumnMatch {
  const meant = header.map(meaningsOf);
  const hasEmail = meant.some((meanings) => meanings.some(({ field }) => EMAILS.includes(field)));
  const fields: ColumnMatch['fields'] = {};
  const used = new Set<number>();
  for (const field of COLUMN_FIELDS) {
    if (OF_PEOPLE.includes(field) && !hasEmail) continue;
    let best: { index: number; rank: number } | null = null;
    for (const [index, meanings] of meant.entries()) {
      const rank = used.has(index) ? undefined : meanings.find((meaning) => meaning.field === field)?.rank;
      if (rank !== undefined && (best === null || rank < best.rank)) best = { index, rank };
    }
    if (!best) continue;
    used.add(best.index);
    fields[field] = { index: best.index, title: titleOf(header[best.index] ?? '') };
  }
  return withIgnored(header, fields);
}

/** The columns as a person chose them; of two for one field the first. */
export function chosenColumns(header: readonly string[], choice: ColumnChoice): ColumnMatch {
  const fields: ColumnMatch['fields'] = {};
  for (const [index, title] of header.entries()) {
    const field = choice[index];
    if (field && !fields[field]) fields[field] = { index, title: titleOf(title) };
  }
  return withIgnored(header, fields);
}

function withIgnored(header: readonly string[], fields: ColumnMatch['fields']): ColumnMatch {
  const used = new Set(Object.values(fields).map(({ index }) => index));
  return { fields, ignored: header.flatMap((title, index) => (used.has(index) || titleOf(title) === '' ? [] : [titleOf(title)])) };
}

/** A title as it is shown. */
export function titleOf(title: string): string {
  return shortenText(cleanText(title.slice(0, MAX_READ)), MAX_TITLE).text;
}

/** Whether a path into JSON, its keys joined by a point, is a column that is read. */
export function isKnownTitle(title: string): boolean {
  return meaningsOf(title).length > 0;
}

function meaningsOf(title: string): Meaning[] {
  const read = title.slice(0, MAX_READ);
  const plain = normalise(read);
  if (plain === '' || notOurs?.has(plain)) return [];
  const asItStands = MEANINGS.get(plain) ?? [];
  if (asItStands.length > 0) return asItStands;
  const withoutBrackets = read.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ');
  const words = wordsOf(withoutBrackets);
  const [last = ''] = words.slice(-1);
  const parent = words.length > 1 && (LABELS as readonly string[]).includes(last) ? words.slice(0, -1) : null;
  for (const some of [words, ...(parent ? [parent] : [])]) {
    const found =
      MEANINGS.get(normalise(some.join(' '))) ?? behindOwner(some) ?? behindPlace(some) ?? behindPerson(some) ?? endOfRange(some);
    if (found) return found.map(({ field, rank }) => ({ field, rank: rank + DERIVED }));
  }
  return [];
}

/** Words of a title or a path: `Organization - Name`, `billing.city`, `minEmployees`. */
function wordsOf(title: string): string[] {
  return title
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}\p{M}’'°º/]+/u)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

/** What stands behind one or two words of a set. */
function behind(words: readonly string[], set: ReadonlySet<string> | undefined): string[] | null {
  for (const count of [2, 1]) {
    if (words.length > count && set?.has(normalise(words.slice(0, count).join('').replace(/\d+$/, '')))) return words.slice(count);
  }
  return null;
}

function behindOwner(words: readonly string[]): Meaning[] | undefined {
  const rest = behind(words, owners);
  return rest ? (MEANINGS.get(normalise(rest.join(' '))) ?? behindPlace(rest) ?? behindOwner(rest) ?? endOfRange(rest)) : undefined;
}

function behindPlace(words: readonly string[]): Meaning[] | undefined {
  const rest = behind(words, places);
  const found = rest && MEANINGS.get(normalise(rest.join(' ')))?.filter(({ field }) => IN_PLACES.includes(field));
  return found && found.length > 0 ? found : undefined;
}

/** “Person - Name” is the person's; “Person - Organization” is still the company's. */
function behindPerson(words: readonly string[]): Meaning[] | undefined {
  const rest = behind(words, persons);
  const meant = (rest && MEANINGS.get(normalise(rest.join(' ')))) ?? [];
  const theirs = meant.flatMap(({ field, rank }) => {
    const ofPerson = IN_PERSONS[field];
    return ofPerson ? [{ field: ofPerson, rank }] : [];
  });
  const found = theirs.length > 0 ? theirs : meant.filter(({ field }) => field === 'name');
  return found.length > 0 ? found : undefined;
}

/** `min_employees`, “Mitarbeiter bis”: one end of a range of people. */
function endOfRange(words: readonly string[]): Meaning[] | undefined {
  const ends = [
    { word: words[0], rest: words.slice(1) },
    { word: words.at(-1), rest: words.slice(0, -1) },
  ];
  for (const { word = '', rest } of ends) {
    const isSize = MEANINGS.get(normalise(rest.join(' ')))?.some(({ field }) => field === 'teamSize' || field === 'sizeBand');
    if (isSize && least?.has(normalise(word))) return [{ field: 'minSize', rank: 0 }];
    if (isSize && most?.has(normalise(word))) return [{ field: 'maxSize', rank: 0 }];
  }
  return undefined;
}

function plainList(titles: string): string[] {
  return [
    ...new Set(
      titles
        .split(/[,;\n]/)
        .map(normalise)
        .filter(Boolean),
    ),
  ];
}

/** Letters and digits in lower case, without accents: “# Employees” and “employees” are one. */
function normalise(title: string): string {
  const letters = title.normalize('NFKD').toLowerCase();
  return letters.replace(/ß/g, 'ss').replace(/[^\p{L}\p{N}]/gu, '');
}
