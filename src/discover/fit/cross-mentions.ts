import type { Steps } from '../../platform/slices.ts';
import { BLOCK, type CompanyRows, FLAG, KEY, KEYS, wordsOf } from './company-rows.ts';
import type { WordTally } from './mentions.ts';
import { wordsShare } from './text-criteria.ts';

/** What the companies say of each other. By row: how many name it, and how many like us, each by how clearly; some of the namers,
 *  clearest first. `wordWeights` by number of our words: 0 for one that every company uses, 1 for one that none other does. */
export type CrossMentions = {
  by: Int32Array;
  near: Float32Array;
  /** How many are so near that it is said. */
  areNear: Int32Array;
  namers: ReadonlyMap<number, readonly number[]>;
  wordWeights: Float64Array;
};

const NAMERS_KEPT = 3;
/** A name that so many companies have tells none of them apart. */
const MOST_NAMESAKES = 2;
/** 0–1: from here on a namer is told as near. */
const NEAR = 0.5;
const STEP = 500;

export function* countMentions(companies: CompanyRows, ownWords: number): Steps<CrossMentions> {
  const { ids, blockOf } = companies;
  const byKey = yield* namesOf(companies);
  const by = new Int32Array(ids.length);
  const near = new Float32Array(ids.length);
  const areNear = new Int32Array(ids.length);
  const lastNamer = new Int32Array(ids.length).fill(-1);
  const namers = new Map<number, number[]>();
  const wordWeights = yield* weighWords(companies, ownWords);
  for (let place = 0; place < ids.length; place++) {
    if (place % STEP === STEP - 1) yield;
    const mentions = blockOf(place).mentions[place % BLOCK];
    let nearness = Number.NaN;
    for (let index = 0; mentions && index < mentions.length; index += 3) {
      const named = byKey.get(mentions[index] ?? 0);
      if (named === undefined || named.length > MOST_NAMESAKES) continue;
      for (const other of named) {
        if (other === place || lastNamer[other] === place || !names(mentions, index, companies, other)) continue;
        lastNamer[other] = place;
        by[other] = (by[other] ?? 0) + 1;
        if (Number.isNaN(nearness)) nearness = nearnessOf(companies, place, wordWeights);
        near[other] = (near[other] ?? 0) + nearness;
        if (nearness >= NEAR) areNear[other] = (areNear[other] ?? 0) + 1;
        keepClearest(companies, namers, other, place);
      }
    }
  }
  return { by, near, areNear, namers, wordWeights };
}

/** 0 for a word that every company uses, 1 for one that none other does. */
function* weighWords({ ids, blockOf }: CompanyRows, ownWords: number): Steps<Float64Array> {
  const having = new Float64Array(ownWords);
  for (let place = 0; place < ids.length; place++) {
    if (place % STEP === STEP - 1) yield;
    for (const word of wordsOf(blockOf(place), place)) having[word] = (having[word] ?? 0) + 1;
  }
  const count = ids.length;
  return having.map((many) => (count > 1 && many > 0 ? Math.log(count / many) / Math.log(count) : 0));
}

/** 0–1: how near its work or its words are to ours. */
function nearnessOf({ blockOf }: CompanyRows, place: number, wordWeights: Float64Array): number {
  const block = blockOf(place);
  return Math.max(block.inField[place % BLOCK] ?? 0, wordsShare(wordsOf(block, place), wordWeights));
}

/** The rows by the key of their name; common words and names that several have are no names. */
function* namesOf({ ids, blockOf, tally }: CompanyRows): Steps<Map<number, number[]>> {
  const byKey = new Map<number, number[]>();
  for (let place = 0; place < ids.length; place++) {
    if (place % STEP === STEP - 1) yield;
    const { keys } = blockOf(place);
    const start = (place % BLOCK) * KEYS;
    if (!((keys[start] ?? 0) & FLAG.hasName) || isCommon(keys, start, tally)) continue;
    const key = keys[start + KEY.name] ?? 0;
    const same = byKey.get(key);
    if (same) same.push(place);
    else byKey.set(key, [place]);
  }
  return byKey;
}

function isCommon(keys: Int32Array, start: number, tally: WordTally): boolean {
  return ((keys[start] ?? 0) & FLAG.oneWord) !== 0 && tally.isCommon(keys[start + KEY.whole] ?? 0, keys[start + KEY.other] ?? 0);
}

/** At the start of a sentence every word has a capital: there it counts only if nobody writes it small. */
function names(mentions: Int32Array, index: number, { blockOf, tally }: CompanyRows, named: number): boolean {
  const { keys } = blockOf(named);
  const start = (named % BLOCK) * KEYS;
  if (mentions[index + 1] !== keys[start + KEY.check]) return false;
  if (mentions[index + 2] === 0 || !((keys[start] ?? 0) & FLAG.oneWord)) return true;
  return !tally.everSmall(keys[start + KEY.whole] ?? 0, keys[start + KEY.other] ?? 0);
}

function keepClearest({ ids, blockOf }: CompanyRows, namers: Map<number, number[]>, named: number, namer: number): void {
  const kept = namers.get(named) ?? [];
  const clearness = (place: number) => blockOf(place).inField[place % BLOCK] ?? 0;
  kept.push(namer);
  kept.sort((a, b) => clearness(b) - clearness(a) || ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1));
  kept.length = Math.min(kept.length, NAMERS_KEPT);
  namers.set(named, kept);
}
