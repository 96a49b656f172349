import type { Collection } from 'mongoose';
import type { Recorded, Records } from './find-account.ts';

type Stored = Record<string, unknown>;

/** What one collection stores, looked up by its match keys. `workspaceId` is the first field of the index, `filter` says which records count,
 *  `fields` what is read of them where it is not all. */
export function storedRecords<R extends Recorded>(
  { collection }: { collection: Collection },
  { workspaceId, filter, fields }: { workspaceId: string; filter: Stored; fields?: readonly string[] },
  read: (stored: Stored) => R,
): Records<R> {
  const projection = fields ? Object.fromEntries(fields.map((field) => [field, 1])) : {};
  return async (keys, limit) => {
    const found = await collection.find<Stored>({ workspaceId, keys: { $in: keys }, ...filter }, { limit, projection }).toArray();
    return found.map(read);
  };
}
