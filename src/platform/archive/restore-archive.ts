import mongoose from 'mongoose';
import { ArchiveError, type Manifest, type OnProgress } from './archive-format.ts';
import { archiveLines, demandSame, readManifest, verifyArchive } from './read-archive.ts';
import { tallyStored } from './stored-lines.ts';

type Db = mongoose.mongo.Db;
const { EJSON } = mongoose.mongo.BSON;
const BATCH = 1_000;

/**
 * Puts an archive into an empty database: checks all files first, writes, then reads everything back and compares counts and checksums.
 * `known` are the collections this programme has, `ignored` those that may hold something. Throws a sentence and has written nothing when
 * the archive is bad or the database is not empty; a restore that stops half-way says so, and the database is then not empty any more.
 */
export async function restoreArchive(
  db: Db,
  folder: string,
  { known, ignored, onProgress }: { known: string[]; ignored: string[]; onProgress?: OnProgress },
): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const strange = manifest.collections.find(({ collection }) => !known.includes(collection));
  if (strange)
    throw new ArchiveError(`The archive holds “${strange.collection}”, which this programme does not know. Update the programme.`);
  await demandEmpty(db, ignored);
  await verifyArchive(folder, manifest);
  const again = 'The restore is not complete. Empty the database, or name another one, and start again.';
  for (const { collection } of manifest.collections) {
    await fill(db, folder, collection, manifest.gzip, onProgress).catch((cause: unknown) => {
      throw new ArchiveError(`${collection} cannot be written: ${cause instanceof Error ? cause.message : cause}. ${again}`, { cause });
    });
  }
  for (const expected of manifest.collections) {
    demandSame(
      expected,
      await tallyStored(db, expected.collection),
      `${expected.collection} in the database differ from the archive`,
      again,
    );
  }
  return manifest;
}

async function demandEmpty(db: Db, ignored: string[]): Promise<void> {
  const present = await db.listCollections({}, { nameOnly: true }).toArray();
  for (const { name } of present) {
    if (name.startsWith('system.') || ignored.includes(name)) continue;
    if (await db.collection(name).findOne({}, { projection: { _id: 1 } })) {
      throw new ArchiveError(
        `The database is not empty: it has ${name}. A restore needs an empty one: name a new database in MONGODB_URI or, without MONGODB_URI, move the folder of DATA_DIR (.data) away.`,
      );
    }
  }
}

async function fill(db: Db, folder: string, collection: string, gzip: boolean, onProgress?: OnProgress): Promise<void> {
  let batch: mongoose.mongo.BSON.Document[] = [];
  let done = 0;
  const write = async () => {
    if (batch.length === 0) return;
    // The driver would put an id of its own in the place of one that is null.
    await db.collection(collection).insertMany(batch, { forceServerObjectId: true });
    done += batch.length;
    batch = [];
    onProgress?.({ collection, done });
  };
  for await (const line of archiveLines(folder, collection, gzip)) {
    batch.push(EJSON.parse(line, { relaxed: false }));
    if (batch.length === BATCH) await write();
  }
  await write();
}
