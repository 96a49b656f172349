import { stat } from 'node:fs/promises';
import { allDocuments } from './collection.ts';
import { placeIn } from './data-folder.ts';
import { entriesOf, entryKey } from './entries.ts';
import { claimFolder } from './own-folder.ts';
import { type Collection, entryPrefix, recordOf, type Storage } from './storage.ts';

/** `wrong` as `checkIndexes` gives it; null when another process has the folder, which would have to stand still meanwhile. */
export async function checkFolder(folder: string): Promise<{ bytes: number; wrong: string[] | null }> {
  const place = await placeIn(folder);
  const claim = await claimFolder(place);
  try {
    return { bytes: (await stat(place.data)).size, wrong: claim && checkIndexes(claim.storage) };
  } finally {
    await claim?.release();
  }
}

/** Compares every index with its documents, both ways. One line for each thing that is wrong, none when all agree. */
export function checkIndexes(storage: Storage): string[] {
  return [...storage.collections.values()].flatMap((collection) => checkCollection(storage, collection));
}

function checkCollection(storage: Storage, collection: Collection): string[] {
  const wrong: string[] = [];
  const expected = new Map<string, number>();
  for (const { record, document } of allDocuments(storage, collection)) {
    for (const { index, key } of entriesOf(collection, document)) expected.set(entryKey(index, key, record).toString('latin1'), record);
  }
  for (const index of collection.indexes) {
    const prefix = entryPrefix(index);
    for (const { key, value } of storage.db.getRange({ start: prefix, end: Buffer.concat([prefix, Buffer.alloc(1800, 0xff)]) })) {
      const name = Buffer.from(key).toString('latin1');
      if (expected.get(name) !== recordOf(value))
        wrong.push(`${collection.namespace}: index ${index.spec.name} leads to no document at ${recordOf(value)}`);
      expected.delete(name);
    }
  }
  for (const record of expected.values()) wrong.push(`${collection.namespace}: document ${record} is missing from an index`);
  return wrong;
}
