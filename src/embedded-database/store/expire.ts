import { findDocuments } from '../query/find.ts';
import { removeDocument } from './collection.ts';
import type { Collection, Index, Storage } from './storage.ts';

/** Removes what a TTL index says is past its time; the earliest date of an array counts. Returns how many documents went. */
export async function expireDocuments(storage: Storage, now: Date): Promise<number> {
  let removed = 0;
  for (const collection of [...storage.collections.values()]) {
    for (const index of collection.indexes) {
      if (index.spec.expireAfterSeconds !== undefined) removed += await storage.write(() => expireThrough(storage, collection, index, now));
    }
  }
  return removed;
}

function expireThrough(storage: Storage, collection: Collection, { spec }: Index, now: Date): number {
  const [path = ''] = Object.keys(spec.key);
  const before = new Date(now.getTime() - Number(spec.expireAfterSeconds) * 1000);
  const filter = { [path]: { $lt: before } };
  const both = spec.partialFilterExpression ? { $and: [filter, spec.partialFilterExpression] } : filter;
  const expired = findDocuments(storage, storage.collections.get(collection.namespace), { filter: both, sort: {}, skip: 0, limit: 0 });
  for (const stored of expired) removeDocument(storage, collection, stored);
  return expired.length;
}
