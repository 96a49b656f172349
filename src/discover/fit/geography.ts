import type { PartnerType } from '../../programme/setup/programme.ts';
import { type Case, type Judgement, nothing, type Part, strongest } from './judgement.ts';
import { COUNTRY_ENDINGS } from './place-words.ts';
import { countryNamed, type Geography, isGiven, type Place, readGeography } from './places.ts';
import { factText } from './quote.ts';

/** Who does work for others does it somewhere; a product goes anywhere. */
const LOCAL: ReadonlySet<PartnerType> = new Set(['reseller', 'agency', 'consultant', 'referral']);
/** With less of the place in common, a language at most, nobody comes to it. */
const ELSEWHERE = 0.3;

export function geography(given: Case): Judgement | null {
  return whereItIs(given) ?? nowhere(given);
}

/** Whether its place speaks against a type, by the share that `geography` gives. */
export function isElsewhere(type: PartnerType, share: number): boolean {
  return LOCAL.has(type) && share < ELSEWHERE;
}

/** Of who does work for others an unknown place is none of ours; it is told as nothing found. */
export function nowhere({ target, type, readings }: Case): Judgement | null {
  return LOCAL.has(type) && hasPlaces(target) && readings.length > 0 ? { ...nothing(readings, 'no-place'), isMissing: true } : null;
}

/** Who sells everywhere finds every place as good, so none of them tells. */
function hasPlaces({ geography: wanted }: Case['target']): boolean {
  return !wanted.everywhere && isGiven(wanted);
}

/** Same country, then same region, then same language: as its locations, the ending of its web address and the beginning of its texts tell;
 *  null where nothing does. */
export function whereItIs(given: Case): Judgement | null {
  if (!hasPlaces(given.target)) return null;
  const parts = placeParts(given);
  const best = strongest(parts);
  if (!best) return null;
  const { shared, name, told } = best;
  return { share: best.share, proofs: parts.map(({ proof }) => proof), find: () => ({ code: 'place', shared, name, locations: told() }) };
}

/** What a text names in passing says less than an address. */
const BY_TEXT = 0.9;

type PlacePart = Part & Pick<Compared, 'shared' | 'name'> & { told: () => string[] };

/** The best of each field. */
function placeParts({ target: { geography: wanted }, candidate, readings }: Case): PlacePart[] {
  const { locations, website } = candidate;
  const parts: PlacePart[] = [];
  const there = locations.length > 0 ? readGeography(locations.join('\n')) : null;
  if (there && isGiven(there))
    parts.push({ ...comparePlaces(wanted, there), proof: { field: 'locations', at: null }, told: () => locations });
  const ending = countryOfAddress(website);
  if (ending) parts.push({ ...comparePlaces(wanted, whereabouts(ending)), proof: { field: 'website', at: null }, told: () => [website] });
  for (const { field, roles } of readings) {
    if (field !== 'oneLiner' && field !== 'description') continue;
    if (!roles || roles.places.length === 0) continue;
    const found = roles.places.map(({ place, at }): PlacePart => {
      const { share, ...compared } = comparePlaces(wanted, whereabouts(place));
      return { ...compared, share: BY_TEXT * share, proof: { field, at }, told: () => [factText(candidate, field).slice(at.from, at.to)] };
    });
    const best = strongest(found);
    if (best) parts.push(best);
  }
  return parts;
}

const HERE = new Map<Place, Geography>();

function whereabouts(place: Place): Geography {
  const known = HERE.get(place);
  if (known) return known;
  const here = { places: [place], regions: new Set([place.region]), whole: new Set<string>(), everywhere: false };
  HERE.set(place, here);
  return here;
}

const BY_ENDING: ReadonlyMap<string, Place> = new Map(
  Object.entries(COUNTRY_ENDINGS).flatMap(([ending, country]) => {
    const place = countryNamed(country);
    return place ? [[ending, place]] : [];
  }),
);

function countryOfAddress(website: string): Place | null {
  const [, ending] = /^(?:https?:\/\/)?[^/?#:]*\.([a-z]{2,3})\.?(?=[/?#:]|$)/i.exec(website) ?? [];
  return (ending && BY_ENDING.get(ending.toLowerCase())) || null;
}

type Compared = { share: number; shared: 'country' | 'region' | 'language' | 'everywhere' | 'elsewhere'; name: string };

function comparePlaces(wanted: Geography, there: Geography): Compared {
  const country = wanted.places.find((place) => there.places.includes(place))?.country;
  if (country) return { share: 1, shared: 'country', name: country };
  const whole = firstShared(wanted.whole, there.regions);
  if (whole) return { share: wanted.places.length === 0 ? 1 : 0.9, shared: 'region', name: whole };
  if (there.everywhere) return { share: 0.5, shared: 'everywhere', name: '' };
  const region = firstShared(wanted.regions, there.regions);
  if (region) return { share: 0.4, shared: 'region', name: region };
  const language = wanted.places.find((place) => there.places.some((other) => other.language === place.language))?.language;
  if (language) return { share: 0.2, shared: 'language', name: language };
  return { share: 0, shared: 'elsewhere', name: '' };
}

function firstShared(names: ReadonlySet<string>, others: ReadonlySet<string>): string | undefined {
  for (const name of names) if (others.has(name)) return name;
  return undefined;
}
