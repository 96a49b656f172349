import { type Case, combine, type Judgement, type Part, strongest } from './judgement.ts';
import { type Geography, readGeography } from './places.ts';
import { phraseOf } from './quote.ts';
import { ENOUGH_PEOPLE } from './relation.ts';
import { claimParts } from './text-criteria.ts';

/** A head count in the middle of each band, by its logarithm. */
const PEOPLE_OF_BAND = { '1-10': 4, '11-50': 25, '51-500': 160, '500+': 1_500 } as const;

/** What is claimed of reach or audience, and a listing on a stock exchange. */
export function reach({ candidate, readings }: Case): Judgement | null {
  const claims = claimParts(readings, 'reach');
  const listed: Part[] = candidate.status === 'Public' ? [{ share: 0.7, proof: { field: 'status', at: null } }] : [];
  const best = strongest(claims);
  if (claims.length + listed.length === 0) return null;
  const parts = [...claims, ...listed];
  return {
    share: combine(parts),
    proofs: parts.map(({ proof }) => proof),
    find: () => ({ code: 'reach', phrase: best ? phraseOf(candidate, best.proof) : null, listed: listed.length > 0 }),
  };
}

/** People enough for the type of partner, on a logarithmic scale. */
export function size({ candidate, type }: Case): Judgement | null {
  const parts = staffParts(candidate);
  const first = parts[0];
  if (!first) return null;
  const enough = ENOUGH_PEOPLE[type];
  const share = Math.min(1, Math.log1p(first.people) / Math.log1p(enough));
  const people = first.field === 'teamSize' ? first.people : null;
  const short = share === 1 ? null : enough;
  return { share, proofs: parts.map(({ proof }) => proof), find: () => ({ code: 'size', people, short }) };
}

/** Same country, then same region, then same language. Who sells everywhere finds every place as good, so none of them tells. */
export function geography({ target, candidate }: Case): Judgement | null {
  const wanted = target.geography;
  if (wanted.everywhere) return null;
  const there = readGeography(candidate.locations.join('\n'));
  if (!isGiven(there) || !isGiven(wanted)) return null;
  const { share, ...found } = comparePlaces(wanted, there);
  const { locations } = candidate;
  return { share, proofs: [{ field: 'locations', at: null }], find: () => ({ code: 'place', ...found, locations }) };
}

/** Signs that it has worked with partners, and the years it has been in business when the year was read. */
export function programmeMaturity({ candidate, readings }: Case): Judgement | null {
  const claims = claimParts(readings, 'programme');
  const { founded } = candidate;
  const readIn = (candidate.origins.founded ?? candidate.origin).at.getUTCFullYear();
  const years = founded === null ? null : Math.max(0, readIn - founded);
  const age: Part[] =
    years === null
      ? []
      : [{ share: years >= 10 ? 0.6 : years >= 5 ? 0.45 : years >= 2 ? 0.25 : 0.1, proof: { field: 'founded', at: null } }];
  const parts = [...claims, ...age];
  if (parts.length === 0) return null;
  const claim = claims[0];
  return {
    share: combine(parts),
    proofs: parts.map(({ proof }) => proof),
    find: () => ({ code: 'maturity', phrase: claim ? phraseOf(candidate, claim.proof) : null, founded }),
  };
}

type Staff = Part & { people: number; field: 'teamSize' | 'sizeBand' };

/** Head count and band, where given. Where they disagree the larger comes first and counts: taking one away never raises a share. */
function staffParts({ teamSize, sizeBand }: Case['candidate']): Staff[] {
  const parts: Staff[] = [];
  if (teamSize !== null && teamSize > 0)
    parts.push({ share: 0, people: teamSize, field: 'teamSize', proof: { field: 'teamSize', at: null } });
  if (sizeBand !== null)
    parts.push({ share: 0, people: PEOPLE_OF_BAND[sizeBand], field: 'sizeBand', proof: { field: 'sizeBand', at: null } });
  return parts.sort((a, b) => b.people - a.people);
}

function isGiven({ places, regions, everywhere }: Geography): boolean {
  return places.length > 0 || regions.size > 0 || everywhere;
}

type Compared = { share: number; shared: 'country' | 'region' | 'language' | 'everywhere' | 'elsewhere'; name: string };

function comparePlaces(wanted: Geography, there: Geography): Compared {
  const country = wanted.places.find((place) => there.places.includes(place))?.country;
  if (country) return { share: 1, shared: 'country', name: country };
  const region = [...wanted.regions].find((name) => there.regions.has(name));
  if (region) return { share: wanted.places.length === 0 ? 1 : 0.7, shared: 'region', name: region };
  const language = wanted.places.find((place) => there.places.some((other) => other.language === place.language))?.language;
  if (language) return { share: 0.5, shared: 'language', name: language };
  if (there.everywhere) return { share: 0.6, shared: 'everywhere', name: '' };
  return { share: 0, shared: 'elsewhere', name: '' };
}
