import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedDatabase } from '../../../src/platform/embedded-database/index.ts';
import { systemProblem } from '../../../src/platform/embedded-database/store/check-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prm-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the folder is closed to other users, and the second to start works through the first', async () => {
  const first = await startEmbeddedDatabase(folder);
  const second = await startEmbeddedDatabase(folder);
  expect([first.owner, second.owner]).toEqual([true, false]);
  expect([await insertSome(first.uri, 1), await insertSome(second.uri, 1)]).toEqual([1, 2]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await second.stop();
  await first.stop();
  const third = await startEmbeddedDatabase(folder);
  expect([third.owner, await insertSome(third.uri, 1)]).toEqual([true, 3]);
  await third.stop();
});

test('a path too long for a socket is refused with what to do', async () => {
  await expect(startEmbeddedDatabase(join(folder, 'x'.repeat(100)))).rejects.toThrow(/too long[\s\S]*DATA_DIR/);
});

test('a folder of another program is refused with what to do, and left as it is', async () => {
  const others: [string, string[]][] = [
    ['files', ['report.txt']],
    ['another lmdb database', ['data.mdb', 'lock.mdb']],
    ['a MongoDB server', ['WiredTiger', 'mongod.lock', 'storage.bson']],
  ];
  for (const [name, files] of others) {
    const home = join(folder, name);
    await mkdir(home, { mode: 0o755 });
    for (const file of files) await writeFile(join(home, file), 'mine');
    await expect(startEmbeddedDatabase(home)).rejects.toThrow(/something else: .*\nSet DATA_DIR/);
    expect([(await readdir(home)).sort(), (await stat(home)).mode & 0o777]).toEqual([files.sort(), 0o755]);
  }
  await writeFile(join(folder, 'file'), '');
  await expect(startEmbeddedDatabase(join(folder, 'file'))).rejects.toThrow(/A file stands .*\nSet DATA_DIR/);
});

test('hidden files, and what this database left when its data was moved away, are no other program', async () => {
  const home = join(folder, 'data');
  await mkdir(home);
  for (const file of ['.gitkeep', 'data.mdb.old', 'owner.mdb-lock', 'mongo.sock']) await writeFile(join(home, file), '');
  const { owner, stop } = await startEmbeddedDatabase(home);
  expect(owner).toBe(true);
  await stop();
});

test.each([
  ['EACCES', 'permission denied', /may not write there: .*\nRun the app as the user/],
  ['EROFS', 'read-only file system', /may not write there: .*\nRun the app as the user/],
  ['ENOSPC', 'no space left on device', /The disk is full: .*\nFree some space/],
])('%s is said in a sentence', (code, words, sentence) => {
  expect(systemProblem('/data', Object.assign(new Error(words), { code }))?.message).toMatch(sentence);
  // As lmdb passes it on, with the system's number.
  expect(systemProblem('/data', Object.assign(new Error(words), { code: 13 }))?.message).toMatch(sentence);
});

test('sockets that killed followers left are cleared; one that is in use stays', async () => {
  const first = await startEmbeddedDatabase(folder);
  const second = await startEmbeddedDatabase(folder);
  const sockets = async () => (await readdir(folder)).filter((name) => /^[0-9a-f]{6}\.sock$/.test(name));
  const [used = ''] = await sockets();
  await writeFile(join(folder, 'abcdef.sock'), '');
  for (const name of [used, 'abcdef.sock']) await utimes(join(folder, name), 1, 1);
  const third = await startEmbeddedDatabase(folder);
  expect([(await sockets()).includes(used), (await sockets()).includes('abcdef.sock')]).toEqual([true, false]);
  for (const { stop } of [third, second, first]) await stop();
});

test('of several started at once one wins and all answer', async () => {
  const started = await Promise.all([1, 2, 3, 4].map(() => startEmbeddedDatabase(folder)));
  expect(started.filter(({ owner }) => owner)).toHaveLength(1);
  for (const { uri } of started) await insertSome(uri, 1);
  for (const { stop } of started) await stop();
});

test('a damaged file stops the start, is named, and stays as it is', async () => {
  const first = await startEmbeddedDatabase(folder);
  await insertSome(first.uri, 5000);
  await insertSome(first.uri, 1, 'written last');
  await first.stop();
  const file = join(folder, 'data.mdb');
  const whole = await readFile(file);
  const page = (number: number) => number * 4096;
  const overwritten = (at: number, bytes: Buffer) => () =>
    writeFile(file, Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + bytes.length)]));
  const flipped = (at: number) => overwritten(at, Buffer.from([(whole[at] ?? 0) ^ 0x10]));
  const middle = Math.floor(whole.length / 8192);
  const spoil: (() => Promise<void>)[] = [
    () => truncate(file, Math.floor(whole.length / 2)),
    () => truncate(file, 100),
    () => writeFile(file, 'this is no database'),
    overwritten(0, Buffer.alloc(64, 0x5a)),
    overwritten(page(1), Buffer.alloc(4096)),
    overwritten(page(middle), Buffer.alloc(4096)),
    // Within the text of a document, where nothing but the checksum tells.
    flipped(whole.indexOf('written last') + 3),
  ];
  for (const act of spoil) {
    await writeFile(file, whole);
    await act();
    const before = await readFile(file);
    await expect(startEmbeddedDatabase(folder)).rejects.toThrow(/damaged: .*data\.mdb[\s\S]*What is wrong[\s\S]*What to do/);
    expect((await readFile(file)).equals(before)).toBe(true);
  }
  await writeFile(file, whole);
  const again = await startEmbeddedDatabase(folder);
  expect(await insertSome(again.uri, 1)).toBe(5002);
  await again.stop();
});

async function insertSome(uri: string, count: number, text = 'x'.repeat(100)): Promise<number> {
  const client = await MongoClient.connect(uri);
  const things = client.db('folder').collection('things');
  await things.insertMany(Array.from({ length: count }, (_, n) => ({ n, text })));
  const total = await things.countDocuments();
  await client.close();
  return total;
}
