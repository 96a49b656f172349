import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/programme/migrations/migrate.ts';
import { MIGRATIONS } from '../../src/programme/migrations/migrations.ts';
import { startSandbox } from '../sandbox/server.ts';
import { runCli, startMain } from '../support/child.ts';
import { databaseUri } from '../support/database-uri.ts';
import { contentsOf, fillFrom, storedDocuments, storedFolder } from '../support/stored-data.ts';

const server = process.env.TEST_SERVER_URI ?? '';
const used: string[] = [];
let client: mongoose.mongo.MongoClient;
let folder: string;
beforeAll(async () => {
  client = await mongoose.mongo.MongoClient.connect(server);
  folder = await mkdtemp(join(tmpdir(), 'earlier-'));
});
afterAll(async () => {
  for (const name of used) await client.db(name).dropDatabase();
  await client.close();
  await rm(folder, { recursive: true, force: true });
});

/** A database of its own, as the driver has it and as a process is told of it. */
function aDatabase(): { db: mongoose.mongo.Db; env: { MONGODB_URI: string } } {
  const name = `earlier-${randomUUID().slice(0, 8)}`;
  used.push(name);
  return { db: client.db(name), env: { MONGODB_URI: databaseUri(server, name) } };
}

const versionOf = async (db: mongoose.mongo.Db) => (await db.collection('schemaversions').findOne({}))?.version;

test('an export of an earlier version is restored and migrated, also where a command has been run before', async () => {
  const { db, env } = aDatabase();
  // As any start of the app or of a command leaves an empty database.
  await migrate(db);
  const { code, out, err } = await runCli(['restore', storedFolder('discovery')], env);
  expect([code, err]).toEqual([0, expect.any(String)]);
  expect(out).toMatch(/every count and checksum agrees[\s\S]*earlier version[\s\S]*threads: 10 changed/);
  expect(await versionOf(db)).toBe(MIGRATIONS.length);
  expect(await db.collection('drafts').countDocuments({ threadId: { $exists: true } })).toBe(10);
});

test('an export of a newer version is refused before anything is written', async () => {
  const path = join(folder, 'newer');
  await cp(storedFolder('outreach'), path, { recursive: true });
  const line =
    '{"_id":"schema","version":99,"fence":1,"leaseUntil":{"$date":"2026-11-24T10:00:00Z"},"changedAt":{"$date":"2026-11-24T10:00:00Z"}}\n';
  await writeFile(join(path, 'schemaversions.jsonl'), line);
  const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'));
  manifest.collections.push({ collection: 'schemaversions', documents: 1, sha256: '0'.repeat(64) });
  await writeFile(join(path, 'manifest.json'), JSON.stringify(manifest));
  const { db, env } = aDatabase();
  expect(await runCli(['restore', path], env)).toMatchObject({ code: 2, err: expect.stringContaining('Start the newer programme') });
  expect(await contentsOf(db)).toEqual({});
});

/** Data that a newer programme has written. */
async function newerData() {
  const { db, env } = aDatabase();
  await fillFrom(db, 'outreach');
  await db
    .collection<{ _id: string }>('schemaversions')
    .insertOne({ _id: 'schema', version: 99, fence: 1, leaseUntil: new Date(0), changedAt: new Date(0) } as { _id: string });
  return { db, env, before: await contentsOf(db) };
}

test('a command refuses data of a newer version and leaves it alone', async () => {
  const { db, env, before } = await newerData();
  expect(await runCli(['export', join(folder, 'none')], env)).toMatchObject({ code: 2, err: expect.stringContaining('number 99') });
  expect(await contentsOf(db)).toEqual(before);
});

test('doctor says that the data is of a newer version, and changes nothing', async () => {
  const { db, env, before } = await newerData();
  expect(await runCli(['doctor'], env)).toMatchObject({ code: 1, out: expect.stringMatching(/todo database .*newer version/) });
  expect(await contentsOf(db)).toEqual(before);
});

test('the app does not start on data of a newer version', async () => {
  const { db, env, before } = await newerData();
  const sandbox = await startSandbox();
  const app = await startMain(env.MONGODB_URI, sandbox);
  await sandbox.close();
  expect([app.child.exitCode, app.errors()]).toEqual([1, expect.stringContaining('Start the newer programme')]);
  expect(await contentsOf(db)).toEqual(before);
});

test('doctor says that the data is of an earlier version, and changes nothing', async () => {
  const { db, env } = aDatabase();
  await fillFrom(db, 'discovery');
  expect(await runCli(['doctor'], env)).toMatchObject({
    out: expect.stringContaining(`the next start brings it up to date (${MIGRATIONS.length} steps)`),
  });
  expect(await versionOf(db)).toBeUndefined();
});

test('the app starts on data of an earlier version and brings it up to date first', async () => {
  const { db, env } = aDatabase();
  await fillFrom(db, 'discovery');
  const sandbox = await startSandbox();
  const app = await startMain(env.MONGODB_URI, sandbox);
  try {
    expect(app.child.exitCode).toBeNull();
    expect(await versionOf(db)).toBe(MIGRATIONS.length);
    const drafts = storedDocuments('discovery').get('drafts')?.length;
    expect(await db.collection('drafts').countDocuments({ threadId: { $exists: true } })).toBe(drafts);
  } finally {
    await app.kill();
    await sandbox.close();
  }
});
