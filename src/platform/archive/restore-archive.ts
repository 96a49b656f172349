import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import mongoose from 'mongoose';
import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import {
  ArchiveError,
  type Contents,
  fileName,
  lineTally,
  MANIFEST,
  Manifest,
  type OnProgress,
  tallyStored,
  VERSION,
} from './archive-format.ts';

type Db = mongoose.mongo.Db;
const { EJSON } = mongoose.mongo.BSON;
const BATCH = 1_000;

/**
 * Puts an archive into an empty database: checks all files first, writes, then reads everything back and compares counts and checksums.
 * `known` are the collections this programme has; `ignored` may hold something, and `replaced` too, which the archive's own takes the place
 * of. Throws a sentence and has written nothing when the archive is bad or the database is not empty; a restore that stops half-way says so,
 * and the database is then not empty any more.
 */
export async function restoreArchive(
  db: Db,
  folder: string,
  { known, ignored, replaced = [], onProgress }: { known: string[]; ignored: string[]; replaced?: string[]; onProgress?: OnProgress },
): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const strange = manifest.collections.find(({ collection }) => !known.includes(collection));
  if (strange)
    throw new ArchiveError(`The archive holds “${strange.collection}”, which this programme does not know. Update the programme.`);
  await demandEmpty(db, [...ignored, ...replaced]);
  await verifyArchive(folder, manifest);
  for (const name of replaced) await db.collection(name).deleteMany({});
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

/** The first document of a collection in an archive; null when there is none. Checks nothing. */
export async function firstDocument(folder: string, collection: string): Promise<unknown> {
  const { collections, gzip } = await readManifest(folder);
  if (!collections.some((one) => one.collection === collection && one.documents > 0)) return null;
  for await (const line of archiveLines(folder, collection, gzip)) return EJSON.parse(line);
  return null;
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

const AnyVersion = z.object({ format: z.literal('partnerships-archive'), version: z.number() });

/** Reads `manifest.json`. Throws a sentence when there is none, when it is not ours, or when it is of another version. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((cause: unknown) => {
    throw new ArchiveError(`There is no ${MANIFEST} in ${folder}. Name the folder that an export made.`, { cause });
  });
  const read = parseJson(text);
  const known = AnyVersion.safeParse(read);
  if (!known.success) throw new ArchiveError(`${MANIFEST} in ${folder} is not the list of an export, or is damaged. Use another copy.`);
  if (known.data.version !== VERSION) {
    throw new ArchiveError(
      `This archive has version ${known.data.version}; version ${VERSION} is what this programme reads. Update the programme.`,
    );
  }
  const manifest = Manifest.safeParse(read);
  if (!manifest.success) throw new ArchiveError(`${MANIFEST} in ${folder} is damaged. Use another copy.`);
  return manifest.data;
}

/** Reads every file of the archive once and compares count and checksum; throws a sentence for the first that differs. */
export async function verifyArchive(folder: string, manifest: Manifest, onProgress?: OnProgress): Promise<void> {
  for (const expected of manifest.collections) {
    const tally = lineTally(expected.collection, onProgress);
    for await (const line of archiveLines(folder, expected.collection, manifest.gzip)) tally.add(line);
    demandSame(expected, tally.contents(), `${fileName(expected.collection, manifest.gzip)} was changed or damaged`, 'Use another copy.');
  }
}

/** Throws `${what}: …` when two tallies of one collection differ. */
export function demandSame(expected: Contents, found: Contents, what: string, next: string): void {
  if (found.documents !== expected.documents) {
    throw new ArchiveError(`${what}: ${found.documents} documents instead of ${expected.documents}. ${next}`);
  }
  if (found.sha256 !== expected.sha256) throw new ArchiveError(`${what}: its checksum is not the one in ${MANIFEST}. ${next}`);
}

export async function* archiveLines(folder: string, collection: string, gzip: boolean): AsyncGenerator<string> {
  const name = fileName(collection, gzip);
  const path = join(folder, name);
  await access(path).catch((cause: unknown) => {
    throw new ArchiveError(`${name} is missing in ${folder}, or cannot be read. Use another copy.`, { cause });
  });
  // Without a callback an error would end the process; whoever reads the last stream meets it there.
  const unpacked = pipeline(createReadStream(path), gzip ? createGunzip() : new PassThrough(), () => {});
  try {
    yield* linesOf(unpacked);
  } catch (cause) {
    throw new ArchiveError(`${name} cannot be unpacked: it was changed or damaged. Use another copy.`, { cause });
  }
}

/** Only `\n` ends a line, so that a changed byte can never pass as another kind of line end. */
async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}
