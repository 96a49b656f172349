import type { Case, Judgement, Part } from './judgement.ts';
import { type Geography, readGeography } from './places.ts';
import { FIELD_NAMES, phraseOf } from './quote.ts';
import { ENOUGH_PEOPLE } from './roles.ts';
import { claimParts, judged } from './text-criteria.ts';

/** A head count in the middle of each band, by its logarithm. */
const PEOPLE_OF_BAND = { '1-10': 4, '11-50': 25, '51-500': 160, '500+': 1_500 } as const;

/** What is claimed of reach, the head count as a sign of it, and a listing on a stock exchange. */
export function reach({ candidate, readings }: Case): Judgement | null {
  const claims = claimParts(readings, 'reach');
  const staff = staffParts(candidate);
  const listed: Part[] = candidate.status === 'Public' ? [{ share: 0.7, proof: { field: 'status', at: null } }] : [];
  const parts = [...claims, ...listed, ...staff.map((part, place) => ({ ...part, share: place === 0 ? headReach(part.people) : 0 }))];
  if (parts.length === 0) return null;
  const best = claims.reduce<Part | undefined>((a, b) => (a && a.share >= b.share ? a : b), undefined);
  return judged(parts, () => {
    const said = [
      best && `Claims reach: ${phraseOf(candidate, best.proof)}`,
      listed.length > 0 && 'Is a listed company',
      staff[0] && `Its size gives it reach: ${headCount(staff[0])}`,
    ].filter(Boolean);
    return `${said.join('. ')}.`;
  });
}

/** People enough for the type of partner, on a logarithmic scale. */
export function size({ candidate, type }: Case): Judgement | null {
  const parts = staffParts(candidate);
  const first = parts[0];
  if (!first) return null;
  const enough = ENOUGH_PEOPLE[type];
  const share = Math.min(1, Math.log1p(first.people) / Math.log1p(enough));
  const said = share === 1 ? 'enough for this role' : `where ${enough} would be ideal for this role`;
  return { share, proofs: parts.map(({ proof }) => proof), say: () => `Has ${headCount(first)}, ${said}.` };
}

/** Same country, then same region, then same language. Who sells everywhere finds every place good, its own country best. */
export function geography({ target, candidate }: Case): Judgement | null {
  const wanted = target.geography;
  const there = readGeography(candidate.locations.join('\n'));
  if (!isGiven(there) || !isGiven(wanted)) return null;
  const [share, text] = comparePlaces(wanted, there);
  return { share, proofs: [{ field: 'locations', at: null }], say: () => `${text}: ${candidate.locations.join('; ')}.` };
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
  return judged(parts, () => {
    const said = [claims[0] && `Speaks of partners: ${phraseOf(candidate, claims[0].proof)}`, founded !== null && `Founded in ${founded}`];
    return `${said.filter(Boolean).join('. ')}.`;
  });
}

/** A website of its own is a way to a person. */
export function reachability({ candidate }: Case): Judgement | null {
  if (candidate.website === '') return null;
  return { share: 1, proofs: [{ field: 'website', at: null }], say: () => `Has a website to find a contact on: ${candidate.website}` };
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

function headReach(people: number): number {
  return people > 500 ? 0.6 : people > 50 ? 0.4 : people > 10 ? 0.15 : 0.05;
}

function headCount({ people, field, proof }: Staff): string {
  if (field === 'sizeBand') return `a size that fits ${FIELD_NAMES[proof.field]}`;
  return people === 1 ? 'one person' : `${people.toLocaleString('en-GB')} people`;
}

function isGiven({ places, regions, everywhere }: Geography): boolean {
  return places.length > 0 || regions.size > 0 || everywhere;
}

function comparePlaces(wanted: Geography, there: Geography): [share: number, text: string] {
  const country = wanted.places.find((place) => there.places.includes(place))?.country;
  if (country) return [1, `Is in a country you name (${country})`];
  if (wanted.everywhere) return [0.9, 'You sell worldwide, so it is in your market'];
  const region = [...wanted.regions].find((name) => there.regions.has(name));
  if (region) return [wanted.places.length === 0 ? 1 : 0.7, `Is in your region (${region})`];
  const language = wanted.places.find((place) => there.places.some((other) => other.language === place.language))?.language;
  if (language) return [0.5, `Works in your language (${language})`];
  if (there.everywhere) return [0.6, 'Works remotely or worldwide'];
  return [0, 'Is in none of your regions'];
}
