import type { PartnerType } from '../../programme/setup/programme.ts';
import { complementarity, sameField } from './complementarity.ts';
import { CRITERION_IDS, type CriterionId } from './criteria.ts';
import { AGELESS, hasOwnOrigins, oldestOf, readAt, secondOf } from './evidence-age.ts';
import type { Candidate } from './fit.ts';
import type { FitTarget } from './fit-target.ts';
import { nowhere, whereItIs } from './geography.ts';
import { HELD, ownHolds } from './holds.ts';
import type { Case, Criterion, Judgement } from './judgement.ts';
import { eachMention, nameKey, type WordTally, wordTally } from './mentions.ts';
import { type FieldReading, readCompany } from './read-company.ts';
import { role } from './role-evidence.ts';
import { shareOf } from './score-company.ts';
import { fieldsWithWords, icpOverlap, wordsAsked } from './text-criteria.ts';

/** Companies as they were read, to be weighed any number of times: a few numbers of each in place of its text, in blocks of rows. */
export type CompanyRows = {
  /** Row after row. */
  ids: readonly string[];
  domains: readonly (string | null)[];
  tally: WordTally;
  placeOf(id: string): number | undefined;
  /** For row `place`: its block, and where it begins in the block's columns. */
  blockOf(place: number): Block;
  /** Returns its row, and what was read of its texts. */
  put(candidate: Candidate, gated: boolean): { place: number; readings: FieldReading[] };
  isGated(place: number): boolean;
  setGated(place: number, gated: boolean): void;
  /** What holds the row back for the type at a place in `types`: bits of `HELD`. */
  heldOf(place: number, type: number): number;
  /** Of `HELD`, what others say: `rival` where a person has cleared it, `reader` where the second reader objects. Stays when it is read anew. */
  setSaid(place: number, type: number, said: number): void;
  /** The shares of a row for the type at a place in `types`, one for each criterion in order, NaN where unknown or not its own. */
  copyShares(place: number, type: number, into: Float32Array): void;
  /** When the evidence of each was read, in the same way. */
  copyRead(place: number, type: number, into: Uint32Array): void;
};

/** Columns of `BLOCK` rows. `shares` and `read` as `Judged` has them, type by type; nothing of a row was read before `oldest`. `keys`: the
 *  numbers of `KEY` for each. `inField`: 0–1, how clearly it works in a field of ours. `mentions`: key, check and 1 where it opens a
 *  sentence, for whatever its text may name. */
export type Block = {
  shares: Float32Array;
  read: Uint32Array;
  oldest: Uint32Array;
  keys: Int32Array;
  inField: Float32Array;
  held: Uint8Array;
  said: Uint8Array;
  mentions: (Int32Array | undefined)[];
};

/** Places in `keys`, `flags` being the first: bits of `FLAG`, the name as `nameKey` gives it, our words its text has as two times 32 bits. */
export const KEY = { flags: 0, name: 1, check: 2, whole: 3, other: 4, low: 5, high: 6 } as const;
export const KEYS = 7;
export const FLAG = { gated: 1, hasText: 2, hasName: 4, oneWord: 8 } as const;
export const BLOCK = 2_048;

const MOST_MENTIONS = 250;
const EACH = CRITERION_IDS.length;
const WORDS = CRITERION_IDS.indexOf('shared-words');
/** Judged anew for every type, the others once; each with its place among the criteria. */
const OF_TYPE = judges({ role, complementarity });
const OF_COMPANY = judges({ 'icp-overlap': icpOverlap });
const PLACE = CRITERION_IDS.indexOf('geography');

function judges(byId: Partial<Record<CriterionId, Criterion>>): [index: number, judge: Criterion][] {
  return CRITERION_IDS.flatMap((id, index) => (byId[id] ? [[index, byId[id]]] : []));
}

export function companyRows(target: FitTarget, types: readonly PartnerType[]): CompanyRows {
  const ids: string[] = [];
  const domains: (string | null)[] = [];
  const places = new Map<string, number>();
  const blocks: Block[] = [];
  const tally = wordTally();
  const stride = EACH * types.length;
  const blockOf = (place: number) => (blocks[Math.floor(place / BLOCK)] ??= newBlock(types.length));
  return {
    ids,
    domains,
    tally,
    blockOf,
    placeOf: (id) => places.get(id),
    put(candidate, gated) {
      const known = places.get(candidate.id);
      const place = known ?? ids.length;
      places.set(candidate.id, place);
      ids[place] = candidate.id;
      domains[place] = candidate.domain;
      // What its text says of common words was counted when the company was first read.
      const given = { target, types, candidate, gated, tally: known === undefined ? tally : null };
      return { place, readings: readInto(blockOf(place), place % BLOCK, given) };
    },
    isGated: (place) => ((blockOf(place).keys[(place % BLOCK) * KEYS] ?? 0) & FLAG.gated) !== 0,
    setGated(place, gated) {
      const { keys } = blockOf(place);
      const at = (place % BLOCK) * KEYS;
      keys[at] = gated ? (keys[at] ?? 0) | FLAG.gated : (keys[at] ?? 0) & ~FLAG.gated;
    },
    heldOf(place, type) {
      const { held, said } = blockOf(place);
      const at = (place % BLOCK) * types.length + type;
      const told = said[at] ?? 0;
      return ((held[at] ?? 0) & ~(told & HELD.rival)) | (told & HELD.reader);
    },
    setSaid(place, type, said) {
      blockOf(place).said[(place % BLOCK) * types.length + type] = said;
    },
    copyShares(place, type, into) {
      const { shares } = blockOf(place);
      const start = (place % BLOCK) * stride + type * EACH;
      for (let criterion = 0; criterion < EACH; criterion++) into[criterion] = shares[start + criterion] ?? Number.NaN;
    },
    copyRead(place, type, into) {
      const { read } = blockOf(place);
      const start = (place % BLOCK) * stride + type * EACH;
      for (let criterion = 0; criterion < EACH; criterion++) into[criterion] = read[start + criterion] ?? AGELESS;
    },
  };
}

type Reading = { target: FitTarget; types: readonly PartnerType[]; candidate: Candidate; gated: boolean; tally: WordTally | null };

function readInto(block: Block, at: number, { target, types, candidate, gated, tally }: Reading): FieldReading[] {
  let length = 0;
  const readings = readCompany(target.ownWords, candidate, (scanned) => {
    tally?.count(scanned);
    length = eachMention(scanned, seen, length);
  });
  const stride = EACH * types.length;
  block.shares.fill(Number.NaN, at * stride, (at + 1) * stride);
  block.oldest[at] = oldestOf(candidate);
  block.read.fill(secondOf(candidate.origin), at * stride, (at + 1) * stride);
  // Also behind a gate: that may open without the company being read again.
  const placeShare = judgeOwn({ target, candidate, readings, type: types[0] as PartnerType }, types, block, at * stride); // never empty
  let [low, high] = [0, 0];
  for (const { words } of readings) {
    for (const { word } of words) {
      if (word < 32) low |= 1 << word;
      else high |= 1 << (word - 32);
    }
  }
  const name = nameKey(candidate.name);
  const flags =
    (gated ? FLAG.gated : 0) | (readings.length > 0 ? FLAG.hasText : 0) | (name ? FLAG.hasName : 0) | (name?.word ? FLAG.oneWord : 0);
  const start = at * KEYS;
  block.keys[start + KEY.flags] = flags;
  block.keys[start + KEY.name] = name?.key ?? 0;
  block.keys[start + KEY.check] = name?.check ?? 0;
  block.keys[start + KEY.whole] = name?.word?.whole ?? 0;
  block.keys[start + KEY.other] = name?.word?.other ?? 0;
  block.keys[start + KEY.low] = low;
  block.keys[start + KEY.high] = high;
  block.inField[at] = sameField({ target }, readings);
  // One by one: to set a few numbers of an array at once costs more.
  const held = ownHolds(target, candidate, readings, types, placeShare);
  for (let type = 0; type < types.length; type++) block.held[at * types.length + type] = held[type] ?? 0;
  block.mentions[at] = length === 0 ? undefined : seen.slice(0, length);
  return readings;
}

/** Into the columns from `start` on. The case is one for all types: nothing that is kept of a judgement looks back at it. Returns how well
 *  its place suits, NaN where it is unknown. */
function judgeOwn(given: Case, types: readonly PartnerType[], { shares, read }: Block, start: number): number {
  const isMixed = hasOwnOrigins(given.candidate);
  const keep = (at: number, judgement: Judgement | null) => {
    shares[at] = shareOf(judgement);
    if (judgement && isMixed) read[at] = readAt(given.candidate, judgement.proofs);
  };
  for (let place = 0; isMixed && place < types.length; place++) {
    const asked = wordsAsked(given.target, types[place] as PartnerType); // the loop stays inside
    read[start + place * EACH + WORDS] = readAt(given.candidate, fieldsWithWords(given.readings, asked));
  }
  for (const [index, judge] of OF_COMPANY) {
    const judgement = judge(given);
    for (let place = 0; place < types.length; place++) keep(start + place * EACH + index, judgement);
  }
  const where = whereItIs(given);
  for (let place = 0; place < types.length; place++) {
    given.type = types[place] as PartnerType; // the loop stays inside
    for (const [index, judge] of OF_TYPE) keep(start + place * EACH + index, judge(given));
    keep(start + place * EACH + PLACE, where ?? nowhere(given));
  }
  return shareOf(where);
}

/** Filled by one reading after the other. */
const seen = new Int32Array(MOST_MENTIONS * 3);

function newBlock(types: number): Block {
  const stride = EACH * types;
  return {
    held: new Uint8Array(BLOCK * types),
    said: new Uint8Array(BLOCK * types),
    shares: new Float32Array(BLOCK * stride),
    read: new Uint32Array(BLOCK * stride),
    oldest: new Uint32Array(BLOCK),
    keys: new Int32Array(BLOCK * KEYS),
    inField: new Float32Array(BLOCK),
    mentions: new Array(BLOCK),
  };
}

/** The numbers of our words that a row's text has, in order. */
export function wordsOf({ keys }: Block, place: number): number[] {
  const start = (place % BLOCK) * KEYS;
  return bitsOf(keys[start + KEY.low] ?? 0, keys[start + KEY.high] ?? 0);
}

/** The numbers of the bits that are set, in order. */
function bitsOf(low: number, high: number): number[] {
  const numbers: number[] = [];
  for (let bits = low; bits !== 0; bits &= bits - 1) numbers.push(31 - Math.clz32(bits & -bits));
  for (let bits = high; bits !== 0; bits &= bits - 1) numbers.push(63 - Math.clz32(bits & -bits));
  return numbers;
}
