import { AREA_IDS, AREAS } from '../../src/discover/fit/areas.ts';
import type { Candidate } from '../../src/discover/fit/fit.ts';
import { SEGMENTS } from '../../src/discover/fit/segments.ts';

const PHRASES = [...AREA_IDS.flatMap((id) => AREAS[id].signs), ...Object.values(SEGMENTS).flatMap(({ signs }) => signs)];
const SYLLABLES = 'ba ke lo mi nu pra ste vor lin dex ora tem qui zan fel gor hy ix jun wa'.split(' ');

/** `count` companies in slices of `size`, the same ones each time, so that no more than a slice need be in memory. */
export function* madeUpCompanies(count: number, size: number): Generator<Candidate[]> {
  const random = generator(20_261_123);
  for (let made = 0; made < count; made += size) {
    yield Array.from({ length: Math.min(size, count - made) }, (_, index) => madeUpCompany(made + index, random));
  }
}

/** All that a plain search would index of a company. */
export function textOf({ name, oneLiner, description, industries, tags }: Candidate): string {
  return [name, oneLiner, description, ...industries, ...tags].join(' ');
}

/** About as long as real ones: a line of 8 words, a description of 80, of which one in twelve means something to the score. */
function madeUpCompany(number: number, random: () => number): Candidate {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const word = () => (random() < 1 / 12 ? pick(PHRASES) : pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES));
  const words = (length: number) => Array.from({ length }, word).join(' ');
  return {
    id: `c${number}`,
    domain: `company-${number}.example`,
    name: words(2),
    website: `https://company-${number}.example`,
    oneLiner: words(8),
    description: Array.from({ length: 8 }, () => `${words(10)}.`).join(' '),
    industries: [pick(PHRASES)],
    tags: [pick(PHRASES), word()],
    teamSize: Math.ceil(10 ** (random() * 4)),
    sizeBand: null,
    locations: [pick(['Berlin, Germany', 'Paris, France', 'Austin, TX, USA', 'Lagos, Nigeria', 'Remote'])],
    founded: 1990 + Math.floor(random() * 35),
    status: 'Active',
    aliases: [],
    origin: { source: `made-up.jsonl:${number + 1}`, at: new Date('2026-11-23T00:00:00Z') },
    origins: {},
  };
}

/** A small seeded generator (mulberry32): the same companies on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
