import type mongoose from 'mongoose';
import type { Story } from './any-operations.ts';
import { EXACT, outcome, text } from './compare.ts';

type Db = mongoose.mongo.Db;

/** What `$lookup` finds. */
const OTHER = [
  { _id: 0, a: 1, b: 'one' },
  { _id: 1, a: [1, 2], b: 'list' },
  { _id: 2, a: null, b: { c: 'a' } },
  { _id: 3, b: 2 },
];

export async function prepare(db: Db): Promise<void> {
  await db.dropDatabase();
  await db.collection<{ _id: number }>('other').insertMany(OTHER.map((fields) => ({ ...fields })));
}

/** Plays a story on an empty collection; one line for each outcome, then one for all documents that are left, in a fixed order. */
export async function play(db: Db, { documents, operations }: Story): Promise<string[]> {
  const collection = db.collection<{ _id: number }>('story');
  await collection.deleteMany({});
  const lines: string[] = [];
  if (documents.length > 0) await collection.insertMany(documents.map((fields) => ({ _id: 0, ...fields })));
  // The collection outside the type of its documents: stories are wrong on purpose here and there.
  for (const operation of operations) lines.push(await outcome(db.collection('story'), operation));
  lines.push(text(await collection.find({}, { ...EXACT, sort: { _id: 1 } }).toArray()));
  // Slow on a server that waits for its disk, so only where there was an index.
  if (operations.some(({ method }) => method === 'createIndex')) await collection.dropIndexes();
  return lines;
}
