import type { Collection } from 'mongoose';
import type { Asked, Recorded, Records } from './find-account.ts';

type Stored = Record<string, unknown>;

/** More than is ever asked for: all comes at once. */
const BATCH = 10_000;

/** What one collection stores, looked up by its match keys. All that is asked goes in one command: of a check's time most is round trips. `workspaceId` is
 *  the first field of the index, `filter` says which records count, `fields` what is read of them where it is not all. */
export function storedRecords<R extends Recorded>(
  { collection }: { collection: Collection },
  { workspaceId, filter, fields = [] }: { workspaceId: string; filter: Stored; fields?: readonly string[] },
  read: (stored: Stored) => R,
): Records<R> {
  const narrowed = fields.length > 0 ? [{ $project: Object.fromEntries(['asked', ...fields].map((field) => [field, 1])) }] : [];
  const answering = ({ keys, limit }: Asked, at: number): Stored[] => [
    { $match: { workspaceId, keys: { $in: keys }, ...filter } },
    { $limit: limit },
    { $set: { asked: { $literal: at } } },
  ];
  return async (asked) => {
    const [first = [], ...others] = asked.map(answering);
    const union = others.map((pipeline) => ({ $unionWith: { coll: collection.collectionName, pipeline } }));
    const found = await collection.aggregate<Stored>([...first, ...union, ...narrowed], { batchSize: BATCH }).toArray();
    return asked.map((_, at) => found.filter((one) => one.asked === at).map(({ asked: _at, ...stored }) => read(stored)));
  };
}
