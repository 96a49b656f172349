import mongoose from 'mongoose';
import { type Contents, lineTally, type OnProgress } from './archive-format.ts';

type Db = mongoose.mongo.Db;
const { EJSON } = mongoose.mongo.BSON;
/** Keeps int, long and double apart, which JavaScript's number does not. */
const EXACT = { promoteValues: false, promoteLongs: false } as const;

/** Every document of a collection as a line of the archive. */
export async function* storedLines(db: Db, collection: string): AsyncGenerator<string> {
  const cursor = db.collection(collection).find({}, { ...EXACT, sort: { _id: 1 } });
  for await (const document of cursor) yield EJSON.stringify(document, { relaxed: false });
}

/** What an archive of the collection would say of it now. */
export async function tallyStored(db: Db, collection: string, onProgress?: OnProgress): Promise<Contents> {
  const tally = lineTally(collection, onProgress);
  for await (const line of storedLines(db, collection)) tally.add(line);
  return tally.contents();
}
