import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import { z } from 'zod';

/** An archive is a folder: `manifest.json` and, for each collection, one file of lines. A line is one document as canonical Extended JSON
 *  (github.com/mongodb/specifications, "extended-json"), fields in stored order; lines are in the order of `_id`. */
export const VERSION = 1;
export const MANIFEST = 'manifest.json';

/** An archive cannot be written or read as asked. The message is a sentence for the operator that says what to do. */
export class ArchiveError extends Error {}

/** `sha256` is over the lines, each with its newline, before gzip: the same documents give the same checksum from any database. */
export const Contents = z.object({
  collection: z.string(),
  documents: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Contents = z.infer<typeof Contents>;

export const Manifest = z.object({
  format: z.literal('partnerships-archive'),
  version: z.literal(VERSION),
  exportedAt: z.iso.datetime(),
  gzip: z.boolean(),
  collections: z.array(Contents),
});
export type Manifest = z.infer<typeof Manifest>;

/** Says how far it is; `done` counts documents of this collection. */
export type OnProgress = (progress: { collection: string; done: number }) => void;
export const PROGRESS_EVERY = 10_000;

export function fileName(collection: string, gzip: boolean): string {
  return `${collection}.jsonl${gzip ? '.gz' : ''}`;
}

/** Counts and hashes lines as they pass. */
export function lineTally(collection: string, onProgress?: OnProgress): { add: (line: string) => void; contents: () => Contents } {
  const hash = createHash('sha256');
  let documents = 0;
  return {
    add: (line) => {
      hash.update(line).update('\n');
      documents += 1;
      if (documents % PROGRESS_EVERY === 0) onProgress?.({ collection, done: documents });
    },
    contents: () => ({ collection, documents, sha256: hash.digest('hex') }),
  };
}

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
