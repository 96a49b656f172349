import type { Collection } from 'mongoose';
import type { Recorded, Records } from './find-account.ts';

type Stored = Record<string, unknown>;

/** What one collection stores, looked up by its match keys. `workspaceId` is the first field of the index, `filter` says which records count. */
export function storedRecords<R extends Recorded>(
  { collection }: { collection: Collection },
  { workspaceId, filter }: { workspaceId: string; filter: Stored },
  read: (stored: Stored) => R,
): Records<R> {
  return {
    withKeys: async (keys, limit) => {
      const found = await collection.find<Stored>({ workspaceId, keys: { $in: keys }, ...filter }, { limit }).toArray();
      return found.map(read);
    },
    // By the index alone: whether all of them still count does not matter for how common a word is.
    count: async (keys, most) => {
      const counted = keys.map(
        async (key): Promise<[string, number]> => [key, await collection.countDocuments({ workspaceId, keys: key }, { limit: most })],
      );
      return new Map(await Promise.all(counted));
    },
  };
}
