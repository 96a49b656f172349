import { PLACE_WORDS } from './place-words.ts';

/** A country's region and the language business is done in there. */
export type Place = { country: string; region: string; language: string };

/** Countries by region and main business language; enough for most imports, and one line to correct. */
const PLACES: [region: string, language: string, countries: string][] = [
  ['North America', 'English', 'United States|USA|US|U.S.|United States of America|America, Canada'],
  [
    'Latin America',
    'Spanish',
    'Mexico, Argentina, Chile, Colombia, Peru, Ecuador, Uruguay, Costa Rica, Panama, Guatemala, Bolivia, Paraguay, Venezuela, Dominican Republic, El Salvador, Honduras',
  ],
  ['Latin America', 'Portuguese', 'Brazil|Brasil'],
  ['Europe', 'English', 'United Kingdom|UK|U.K.|Great Britain|England|Scotland|Wales|Northern Ireland, Ireland, Malta'],
  ['Europe', 'German', 'Germany|Deutschland, Austria|Österreich, Switzerland|Schweiz, Liechtenstein'],
  ['Europe', 'French', 'France, Belgium, Luxembourg, Monaco'],
  ['Europe', 'Spanish', 'Spain|España'],
  ['Europe', 'Portuguese', 'Portugal'],
  ['Europe', 'Italian', 'Italy|Italia'],
  ['Europe', 'Dutch', 'Netherlands|The Netherlands|Holland'],
  ['Europe', 'Nordic languages', 'Sweden, Norway, Denmark, Finland, Iceland'],
  [
    'Europe',
    'Central European languages',
    'Poland, Czech Republic|Czechia, Slovakia, Hungary, Slovenia, Croatia, Romania, Bulgaria, Serbia, Greece, Cyprus, Ukraine, Belarus, Moldova, Albania, North Macedonia, Bosnia and Herzegovina',
  ],
  ['Europe', 'Baltic languages', 'Estonia, Latvia, Lithuania'],
  ['Europe', 'Russian', 'Russia'],
  ['Middle East', 'Hebrew', 'Israel'],
  ['Middle East', 'Arabic', 'United Arab Emirates|UAE, Saudi Arabia, Qatar, Kuwait, Bahrain, Oman, Jordan, Lebanon, Iraq'],
  ['Middle East', 'Turkish', 'Turkey|Türkiye'],
  ['Africa', 'Arabic', 'Egypt, Morocco, Tunisia, Algeria'],
  ['Africa', 'English', 'Nigeria, Kenya, Ghana, South Africa, Uganda, Tanzania, Rwanda, Zambia, Zimbabwe, Ethiopia'],
  ['Africa', 'French', 'Senegal, Ivory Coast, Cameroon'],
  [
    'Asia-Pacific',
    'English',
    'India, Singapore, Australia, New Zealand, Philippines, Hong Kong, Malaysia, Pakistan, Bangladesh, Sri Lanka',
  ],
  ['Asia-Pacific', 'Chinese', 'China, Taiwan'],
  ['Asia-Pacific', 'Japanese', 'Japan'],
  ['Asia-Pacific', 'Korean', 'South Korea|Korea'],
  ['Asia-Pacific', 'South-East Asian languages', 'Indonesia, Vietnam, Thailand, Cambodia, Myanmar, Nepal'],
];

/** Other words for regions; several regions where the word covers several. */
const REGION_WORDS = byName({
  'north america': ['North America'],
  americas: ['North America', 'Latin America'],
  'latin america': ['Latin America'],
  latam: ['Latin America'],
  'south america': ['Latin America'],
  europe: ['Europe'],
  eu: ['Europe'],
  'european union': ['Europe'],
  dach: ['Europe'],
  nordics: ['Europe'],
  benelux: ['Europe'],
  emea: ['Europe', 'Middle East', 'Africa'],
  'middle east': ['Middle East'],
  africa: ['Africa'],
  asia: ['Asia-Pacific'],
  apac: ['Asia-Pacific'],
  'asia pacific': ['Asia-Pacific'],
});
const GROUPS = byName({
  dach: ['Germany', 'Austria', 'Switzerland'],
  nordics: ['Sweden', 'Norway', 'Denmark', 'Finland', 'Iceland'],
  benelux: ['Belgium', 'Netherlands', 'Luxembourg'],
});
const EVERYWHERE = /\b(worldwide|global|globally|remote|anywhere|international)\b/i;

const COUNTRIES = new Map<string, Place>();
for (const [region, language, countries] of PLACES) {
  for (const names of countries.split(', ')) {
    const spellings = names.split('|');
    const place = { country: spellings[0] ?? names, region, language };
    for (const spelling of spellings) COUNTRIES.set(plain(spelling), place);
  }
}
/** Countries by their people and large cities: they tell where a company is where it names no country. */
const COUNTRY_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(PLACE_WORDS).flatMap(([country, words]) =>
    words.split(/[,;]/).map((word): [string, string] => [plain(word), plain(country)]),
  ),
);
const LONGEST_NAME_WORDS = 4;

/** “Fairfax, VA”; a code that is also a country's only with its postal code, as in “Denver, CO 80202”. */
const AMERICAN_STATE =
  /,\s*(?:(?:AK|CA|CT|DC|FL|HI|IA|KS|KY|MI|MO|MS|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|RI|SC|TX|UT|VA|VT|WA|WI|WV|WY)(?:\s+\d{5}(?:-\d{4})?)?|(?:AL|AR|AZ|CO|DE|GA|ID|IL|IN|LA|MA|MD|ME|MN|MT|PA|SD|TN)\s+\d{5}(?:-\d{4})?)\s*$/m;

/** Countries, regions and languages a text names. `everywhere`: it says worldwide or remote. */
/** `whole`: the regions it names as such, not by a country of theirs. */
export type Geography = { places: Place[]; regions: Set<string>; whole: Set<string>; everywhere: boolean };

export function readGeography(text: string): Geography {
  const known = READ.get(text);
  if (known) return known;
  const found = readAfresh(text);
  if (READ.size === MOST_READ) READ.clear();
  READ.set(text, found);
  return found;
}

/** Whether a text names any place. */
export function namesPlaces(text: string): boolean {
  return isGiven(readGeography(text));
}

/** Whether it holds any place, everywhere included. */
export function isGiven({ places, regions, everywhere }: Geography): boolean {
  return places.length > 0 || regions.size > 0 || everywhere;
}

/** The places of a name, where the whole of it is one; null for any other text. */
export function namedPlace(name: string): Geography | null {
  const found: Geography = {
    places: [],
    regions: new Set(),
    whole: new Set(),
    everywhere: new RegExp(`^${EVERYWHERE.source}$`, 'i').test(name.trim()),
  };
  return take(plain(name), found) || found.everywhere ? found : null;
}

/** A country by its name; null for any other text. */
export function countryNamed(name: string): Place | null {
  return COUNTRIES.get(plain(name)) ?? null;
}

/** Every name that `namedPlace` knows for a country or a region, in lower case. */
export function placeNames(): string[] {
  return [...COUNTRIES.keys(), ...REGION_WORDS.keys()];
}

/** Many companies are in the same few places. */
const READ = new Map<string, Geography>();
const MOST_READ = 5_000;

function readAfresh(text: string): Geography {
  const found: Geography = { places: [], regions: new Set(), whole: new Set(), everywhere: EVERYWHERE.test(text) };
  const words = plain(text).split(' ');
  readNames(words, (name) => take(name, found));
  if (found.places.length > 0) return found;
  readNames(words, (name) => take(COUNTRY_OF.get(name) ?? '', found));
  if (found.places.length === 0 && AMERICAN_STATE.test(text)) take('united states', found);
  return found;
}

/** Offers each run of words to `isTaken`, the longest first; words that were taken are not offered again. */
function readNames(words: readonly string[], isTaken: (name: string) => boolean): void {
  for (let start = 0; start < words.length; start++) {
    for (let length = Math.min(LONGEST_NAME_WORDS, words.length - start); length > 0; length--) {
      if (!isTaken(words.slice(start, start + length).join(' '))) continue;
      start += length - 1;
      break;
    }
  }
}

function take(name: string, found: Geography): boolean {
  const country = COUNTRIES.get(name);
  for (const place of country ? [country] : (GROUPS.get(name) ?? []).flatMap((group) => COUNTRIES.get(plain(group)) ?? [])) {
    found.places.push(place);
    found.regions.add(place.region);
  }
  const isGroup = GROUPS.has(name);
  for (const region of REGION_WORDS.get(name) ?? []) {
    found.regions.add(region);
    if (!isGroup) found.whole.add(region);
  }
  return country !== undefined || REGION_WORDS.has(name);
}

/** Lower case, dots dropped, everything else that is no letter a space. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\./g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A map, not an object: text from outside is looked up in it, and “constructor” is no place. */
function byName(table: Record<string, string[]>): ReadonlyMap<string, string[]> {
  return new Map(Object.entries(table));
}
