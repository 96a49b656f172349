import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';

type Db = mongoose.mongo.Db;
const { EJSON } = mongoose.mongo.BSON;

/** Exports that earlier versions of the product have made, oldest first: `discovery` is the first that landed, `outreach` the next,
 *  `replies` the one before companies had a stage. */
export const STORED = ['discovery', 'outreach', 'replies'] as const;
export type StoredVersion = (typeof STORED)[number];

export function storedFolder(version: StoredVersion): string {
  return fileURLToPath(new URL(`../programme/migrations/stored/${version}`, import.meta.url));
}

type Stored = { _id: unknown; workspaceId?: string } & Record<string, unknown>;

/** Every document of an export, by its collection. */
export function storedDocuments(version: StoredVersion): Map<string, Stored[]> {
  const folder = storedFolder(version);
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return new Map(files.map((file) => [file.replace('.jsonl', ''), linesOf(join(folder, file))]));
}

function linesOf(path: string): Stored[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => EJSON.parse(line) as Stored); // an export's line is a document
}

/** Puts an export in as that version stored it, past every schema of today. */
export async function fillFrom(db: Db, version: StoredVersion): Promise<void> {
  for (const [collection, documents] of storedDocuments(version)) await db.collection<{ _id: unknown }>(collection).insertMany(documents);
}

/** All that is stored, as text that can be compared; `schemaversions` tells of leases and is left out. */
export async function contentsOf(db: Db): Promise<Record<string, string[]>> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
  const kept = names.filter((name) => name !== 'schemaversions' && !name.startsWith('system.'));
  const filled = await Promise.all(
    kept.map(async (name) => [name, await db.collection(name).find({}).sort({ _id: 1 }).toArray()] as const),
  );
  return Object.fromEntries(filled.map(([name, documents]) => [name, documents.map((one) => EJSON.stringify(one, { relaxed: false }))]));
}
