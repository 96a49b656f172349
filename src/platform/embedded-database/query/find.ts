import type { Doc } from '../document.ts';
import { allDocuments, documentAt, type Stored } from '../store/collection.ts';
import { type Collection, entryPrefix, recordOf, type Storage } from '../store/storage.ts';
import { type Bounds, choosePlan, type Plan } from './plan.ts';
import { matcher } from './query.ts';
import { checkSort, sortDocuments } from './sort.ts';

/** `variables` are what `$expr` of the filter may name. */
export type Search = { filter: Doc; sort: Doc; skip: number; limit: number; variables?: Doc };

/** The matching documents, in order. `limit` 0 means all. Reads one state of the database. */
export function findDocuments(storage: Storage, collection: Collection | undefined, search: Search): Stored[] {
  const matches = matcher(search.filter, search.variables);
  checkSort(search.sort);
  if (!collection) return [];
  const plan = choosePlan(collection, search.filter, search.sort);
  const ordered = Object.keys(search.sort).length === 0 || (plan?.sorted ?? false);
  const wanted = search.limit > 0 ? search.skip + search.limit : Number.POSITIVE_INFINITY;
  const found: Stored[] = [];
  for (const stored of candidates(storage, collection, plan)) {
    if (!matches(stored.document)) continue;
    found.push(stored);
    if (ordered && found.length >= wanted) break;
  }
  const sorted = ordered ? found : sortDocuments(found, ({ document }) => document, search.sort);
  return sorted.slice(search.skip, wanted);
}

function candidates(storage: Storage, collection: Collection, plan: Plan | null): Iterable<Stored> {
  return plan ? throughIndexes(storage, collection, plan) : allDocuments(storage, collection);
}

function* throughIndexes(storage: Storage, collection: Collection, { ways, reverse }: Plan): Generator<Stored> {
  const once = ways.length === 1 && ways.every(({ index, bounds }) => bounds.length === 1 && !index.multikey);
  const seen = new Set<number>();
  for (const { index, bounds } of ways) {
    const prefix = entryPrefix(index);
    for (const bound of bounds) {
      for (const { value } of storage.db.getRange(rangeIn(prefix, bound, reverse))) {
        const record = recordOf(value);
        if (seen.has(record)) continue;
        if (!once) seen.add(record);
        const stored = documentAt(storage, collection, record);
        if (stored) yield stored;
      }
    }
  }
}

function rangeIn(prefix: Buffer, { start, end }: Bounds, reverse: boolean) {
  const range = { start: Buffer.concat([prefix, start]), end: Buffer.concat([prefix, end]) };
  return reverse ? { start: range.end, end: range.start, reverse, inclusiveEnd: true } : range;
}
