import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey } from '../../errors.ts';

type Db = mongoose.mongo.Db;

/** What shape the stored data has, one document a database, and who is changing it now. */
const versionSchema = new Schema(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    /** Rises with every claim; a process whose number is no longer this has lost it. */
    fence: { type: Number, required: true },
    leaseUntil: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'schemaversions' },
);
const VersionModel = mongoose.model('SchemaVersion', versionSchema);

export const SCHEMA_VERSIONS = VersionModel.collection.name;

/** `version` counts the migrations that the data has been through: 0 is data of before there were any, and an empty database. */
export const SchemaVersion = z.object({
  version: z.number().int().min(0),
  fence: z.number().int(),
  leaseUntil: z.date(),
  changedAt: z.date(),
});
export type SchemaVersion = z.infer<typeof SchemaVersion>;

type Stored = { _id: string } & SchemaVersion;
const ID = 'schema';
const collectionOf = (db: Db) => db.collection<Stored>(SCHEMA_VERSIONS);

/** Null where nothing has been noted yet. */
export async function findSchemaVersion(db: Db): Promise<SchemaVersion | null> {
  const found = await collectionOf(db).findOne({ _id: ID });
  return found && SchemaVersion.parse(found);
}

/** Notes version 0 where nothing is noted. */
export async function openSchemaVersion(db: Db, at: Date): Promise<void> {
  try {
    const opened = { version: 0, fence: 0, leaseUntil: new Date(0), changedAt: at };
    await collectionOf(db).updateOne({ _id: ID }, { $setOnInsert: opened }, { upsert: true });
  } catch (error) {
    // Two at once: the other one noted it.
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Takes the next migration for one process; null while another has it, or when it is done. */
export async function claimMigration(db: Db, from: number, at: Date, leaseUntil: Date): Promise<{ fence: number } | null> {
  const free = { _id: ID, version: from, leaseUntil: { $lte: at } };
  const claimed = await collectionOf(db).findOneAndUpdate(free, { $set: { leaseUntil }, $inc: { fence: 1 } }, { returnDocument: 'after' });
  return claimed && { fence: claimed.fence };
}

export async function keepMigration(db: Db, { fence }: { fence: number }, leaseUntil: Date): Promise<void> {
  await collectionOf(db).updateOne({ _id: ID, fence }, { $set: { leaseUntil } });
}

/** The data is of version `to`; false when another process took the claim over meanwhile. */
export async function finishMigration(db: Db, { fence }: { fence: number }, to: number, at: Date): Promise<boolean> {
  const done = { version: to, leaseUntil: new Date(0), changedAt: at };
  const finished = await collectionOf(db).updateOne({ _id: ID, fence, version: to - 1 }, { $set: done });
  return finished.modifiedCount === 1;
}

/** Lets the next process have it at once; for a migration that failed. */
export async function releaseMigration(db: Db, { fence }: { fence: number }): Promise<void> {
  await collectionOf(db).updateOne({ _id: ID, fence }, { $set: { leaseUntil: new Date(0) } });
}
