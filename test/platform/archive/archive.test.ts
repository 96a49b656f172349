import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MANIFEST, type Manifest } from '../../../src/platform/archive/archive-format.ts';
import { restoreArchive } from '../../../src/platform/archive/restore-archive.ts';
import { writeArchive } from '../../../src/platform/archive/write-archive.ts';
import { anyDocuments } from '../../contract/any-document.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const at = new Date('2026-11-23T09:00:00Z');
const NAMES = ['plain', 'mixed', 'empty'];
const known = { known: NAMES, ignored: ['jobs'] };
let folder: string;
let db: mongoose.mongo.Db;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-'));
  db = mongoose.connection.getClient().db(mongoose.connection.name);
  // Fields of every type, in any order.
  const mixed = fc
    .sample(anyDocuments(3), { seed: 7, numRuns: 30 })
    .flatMap((all, batch) => all.map((fields, row) => ({ ...fields, _id: batch * 3 + row })));
  await db.collection<{ _id: number }>('mixed').insertMany(mixed);
  await db.collection('plain').insertMany(['“Ünï” \u2028\u0000\r\n{"$date":1}', '', '</script>'].map((text) => ({ text, list: [], at })));
});
afterEach(async () => {
  await empty();
  await rm(folder, { recursive: true, force: true });
});

async function empty(): Promise<void> {
  await Promise.all([...NAMES, 'jobs', 'notes'].map((name) => db.collection(name).drop()));
}

async function exported(name = 'out', gzip = false): Promise<{ path: string; manifest: Manifest }> {
  const path = join(folder, name);
  return { path, manifest: await writeArchive(db, NAMES, path, { gzip, at }) };
}

test.each([false, true])('what comes back is what was stored, to the type and the order of fields (gzip: %s)', async (gzip) => {
  const { path, manifest } = await exported('out', gzip);
  const before = await readdir(path);
  await empty();
  await restoreArchive(db, path, known);
  const again = await exported('again', false);
  expect(again.manifest.collections).toEqual(manifest.collections);
  expect(manifest.collections.map(({ collection, documents }) => [collection, documents > 0])).toEqual([
    ['empty', false],
    ['mixed', true],
    ['plain', true],
  ]);
  expect(before.sort()).toEqual([
    `empty.jsonl${gzip ? '.gz' : ''}`,
    MANIFEST,
    `mixed.jsonl${gzip ? '.gz' : ''}`,
    `plain.jsonl${gzip ? '.gz' : ''}`,
  ]);
});

test('only the owner may read it', async () => {
  const { path } = await exported();
  const modes = await Promise.all(
    [path, join(path, 'plain.jsonl'), join(path, MANIFEST)].map(async (one) => (await stat(one)).mode & 0o077),
  );
  expect(modes).toEqual([0, 0, 0]);
});

test('an export that breaks off leaves nothing, and one that is finished is not written over', async () => {
  await db.collection('plain').insertMany(Array.from({ length: 10_001 }, (_, n) => ({ n })));
  const broken = writeArchive(db, NAMES, join(folder, 'out'), {
    gzip: false,
    at,
    onProgress: () => {
      throw new Error('the disk is full');
    },
  });
  await expect(broken).rejects.toThrow('the disk is full');
  expect(await readdir(folder)).toEqual([]);
  const { path } = await exported();
  const before = await readFile(join(path, MANIFEST));
  await expect(exported()).rejects.toThrow('Name a new folder');
  expect(await readFile(join(path, MANIFEST))).toEqual(before);
  await writeFile(join(folder, 'file'), 'x');
  await expect(exported('file')).rejects.toThrow('Name a new folder');
});

test.each(['plain', 'notes'])('a database with something in %s is refused and stays as it is; waiting jobs do not count', async (name) => {
  const { path } = await exported();
  await empty();
  await db.collection('jobs').insertOne({ name: 'sweep' });
  await db.collection(name).insertOne({ mine: 1 });
  await expect(restoreArchive(db, path, known)).rejects.toThrow(`not empty: it has ${name}`);
  expect(await db.collection('mixed').countDocuments()).toBe(0);
  await db.collection(name).drop();
  await expect(restoreArchive(db, path, known)).resolves.toMatchObject({ version: 1 });
});

async function changeByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
async function changeManifest(path: string, change: (manifest: Manifest) => object): Promise<void> {
  const read: Manifest = JSON.parse(await readFile(join(path, MANIFEST), 'utf8'));
  await writeFile(join(path, MANIFEST), JSON.stringify({ ...read, ...change(read) }));
}

describe('a bad archive is refused with a sentence before anything is written', () => {
  test.each<[string, RegExp, (path: string) => Promise<void>]>([
    ['no manifest', /There is no manifest\.json/, (path) => rm(join(path, MANIFEST))],
    ['half a manifest', /not the list of an export, or is damaged/, (path) => truncate(join(path, MANIFEST), 40)],
    ['a manifest of something else', /not the list of an export/, (path) => writeFile(join(path, MANIFEST), '{"version":1}')],
    ['a manifest without checksums', /is damaged/, (path) => changeManifest(path, () => ({ collections: [{ collection: 'plain' }] }))],
    ['a later version', /has version 2.*Update/, (path) => changeManifest(path, () => ({ version: 2 }))],
    ['a missing file', /mixed\.jsonl is missing/, (path) => rm(join(path, 'mixed.jsonl'))],
    ['a changed byte', /mixed\.jsonl was changed or damaged: its checksum/, (path) => changeByte(join(path, 'mixed.jsonl'))],
    ['a cut file', /plain\.jsonl was changed or damaged: 1 documents instead of 3/, (path) => truncate(join(path, 'plain.jsonl'), 60)],
    ['a line more', /plain\.jsonl was changed or damaged: 4 documents/, (path) => appendFile(join(path, 'plain.jsonl'), '{}\n')],
    ['a line in an empty file', /empty\.jsonl was changed/, (path) => appendFile(join(path, 'empty.jsonl'), '\n')],
    [
      'a collection of a later programme',
      /holds “\.\.\/plain”, which this programme does not know/,
      (path) =>
        changeManifest(path, ({ collections }) => ({ collections: collections.map((one) => ({ ...one, collection: '../plain' })) })),
    ],
  ])('%s', async (_, sentence, damage) => {
    const { path } = await exported();
    await empty();
    await damage(path);
    await expect(restoreArchive(db, path, known)).rejects.toThrow(sentence);
    expect(await Promise.all(NAMES.map((name) => db.collection(name).countDocuments()))).toEqual([0, 0, 0]);
  });

  test('a changed byte or a cut in a packed file', async () => {
    const { path } = await exported('out', true);
    const { path: other } = await exported('other', true);
    await empty();
    await changeByte(join(path, 'mixed.jsonl.gz'));
    await truncate(join(other, 'mixed.jsonl.gz'), 100);
    await expect(restoreArchive(db, path, known)).rejects.toThrow(/mixed\.jsonl\.gz (cannot be unpacked|was changed)/);
    await expect(restoreArchive(db, other, known)).rejects.toThrow('mixed.jsonl.gz cannot be unpacked');
  });
});

test('a restore that the database refuses half-way says what is left to do', async () => {
  const { path } = await exported();
  await empty();
  await db.collection('plain').createIndex({ list: 1, at: 1 }, { unique: true });
  await expect(restoreArchive(db, path, known)).rejects.toThrow(/plain cannot be written: .*Empty the database/);
});
