import { findDocuments } from '../query/find.ts';
import { removeDocument } from './collection.ts';
import type { Index, Storage } from './storage.ts';

/** Removes what a TTL index says is past its time; the earliest date of an array counts. Returns how many documents went. */
export async function expireDocuments(storage: Storage, now: Date): Promise<number> {
  let removed = 0;
  for (const { namespace, indexes } of [...storage.collections.values()]) {
    for (const index of indexes) {
      if (index.spec.expireAfterSeconds !== undefined) removed += await storage.write(() => expireThrough(storage, namespace, index, now));
    }
  }
  return removed;
}

function expireThrough(storage: Storage, namespace: string, { id, spec }: Index, now: Date): number {
  // Looked up within the write: it may have been dropped, or made anew, since.
  const collection = storage.collections.get(namespace);
  if (!collection?.indexes.some((index) => index.id === id)) return 0;
  const [path = ''] = Object.keys(spec.key);
  const before = new Date(now.getTime() - Number(spec.expireAfterSeconds) * 1000);
  const filter = { [path]: { $lt: before } };
  const both = spec.partialFilterExpression ? { $and: [filter, spec.partialFilterExpression] } : filter;
  const expired = findDocuments(storage, collection, { filter: both, sort: {}, skip: 0, limit: 0 });
  for (const stored of expired) removeDocument(storage, collection, stored);
  return expired.length;
}
