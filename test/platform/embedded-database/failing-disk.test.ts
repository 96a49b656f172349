import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runOfMachine } from '../../../src/platform/embedded-database/store/flush.ts';

/** In a process of its own, where the system's flush can be made to fail. */
const SCRIPT = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  import { MongoClient } from 'mongodb';
  const { startEmbeddedDatabase } = await import('./src/platform/embedded-database/index.ts');
  const folder = process.env.FOLDER;
  const insert = async (uri, _id) => {
    const client = await MongoClient.connect(uri);
    const said = await client.db('disk').collection('things').insertOne({ _id }).then(() => 'ok', (error) => error.message);
    await client.close();
    return said;
  };
  const healthy = fs.fdatasync;
  const first = await startEmbeddedDatabase(folder);
  const before = await insert(first.uri, 'before');
  fs.fdatasync = (_file, done) => done(new Error('EIO: the disk is gone'));
  syncBuiltinESMExports();
  const during = await insert(first.uri, 'during');
  await new Promise((done) => setTimeout(done, 400));
  const after = await insert(first.uri, 'after');
  const stopped = await first.stop().then(() => 'stopped', (error) => error.message);
  fs.fdatasync = healthy;
  syncBuiltinESMExports();
  const second = await startEmbeddedDatabase(folder);
  const again = await insert(second.uri, 'again');
  await second.stop();
  console.log(JSON.stringify({ before, during, after, stopped, again }));
`;

// Where commits wait for the disk, there is no flush behind them that could fail.
(runOfMachine() === null ? test.skip : test)('a disk that takes nothing more is said: writes are refused, and stopping fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prm-'));
  const args = ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, FOLDER: folder } });
  expect(JSON.parse(stdout)).toEqual({
    before: 'ok',
    during: 'ok',
    after: expect.stringContaining('cannot be flushed'),
    stopped: expect.stringContaining('cannot be flushed'),
    again: 'ok',
  });
  await rm(folder, { recursive: true, force: true });
});

test('a full disk stops the start with a sentence, before lmdb would bring the process down', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prm-'));
  const script = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    fs.promises.statfs = async () => ({ bavail: 2, bsize: 4096 });
    syncBuiltinESMExports();
    const { startEmbeddedDatabase } = await import('./src/platform/embedded-database/index.ts');
    console.log(await startEmbeddedDatabase(process.env.FOLDER).then(() => 'started', (error) => error.message));
  `;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, FOLDER: folder } });
  expect(stdout).toMatch(/The disk is full: .*\nFree some space/);
  await rm(folder, { recursive: true, force: true });
});
