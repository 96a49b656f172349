import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { subHours } from 'date-fns';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { productCollections } from '../../src/cli/with-database.ts';
import { seal } from '../../src/platform/seal.ts';
import { importCompanies } from '../../src/programme/companies/import-companies.ts';
import { saveWorkspace } from '../../src/programme/workspaces/workspace-repository.ts';
import { databaseUri } from '../support/database-uri.ts';
import { useMongo } from '../support/mongo.ts';

const { uri } = useMongo();
const TOKEN = 'xoxb-very-secret';
const workspace = {
  id: 'T1',
  enterpriseId: null,
  name: 'Larkspur',
  botUserId: 'B1',
  botId: null,
  installedBy: null,
  installedAt: new Date(),
};
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Said = { code: number; stdout: string; stderr: string };
async function cli(database: string, ...args: string[]): Promise<Said> {
  const env = { ...process.env, MONGODB_URI: database };
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], { env });
  // What a failed process said is on the error.
  return run.then((said) => ({ code: 0, ...said })).catch((failed: Said) => failed);
}

test('everything moves to another database by two commands, and back with the same checksums', async () => {
  await saveWorkspace({ ...workspace, botToken: seal(TOKEN, 'ab'.repeat(32)) });
  await importCompanies(
    'T1',
    { bytes: Buffer.from('domain,name\na.example,A\nb.example,B\n'), name: 'a.csv' },
    { by: 'U1', at: new Date() },
  );
  // MongoDB forgets this one at any moment, also between a restore and its checksums.
  const taken = { workspaceId: 'T1', eventId: 'Ev1', takenAt: subHours(new Date(), 26), isDone: true };
  await mongoose.connection.collection('taken-events').insertOne(taken);
  const out = await cli(uri, 'export', join(folder, 'one'), '--gzip');
  expect(out).toMatchObject({ code: 0, stdout: expect.stringMatching(/companies +2 .*\n[\s\S]*TOKEN_KEY/) });

  const other = databaseUri(uri, `${mongoose.connection.name}-b`);
  // An app that ran there has made its indexes and may have taken events.
  const there = mongoose.connection.getClient().db(`${mongoose.connection.name}-b`);
  await there.collection('taken-events').createIndex({ takenAt: 1 }, { expireAfterSeconds: 25 * 60 * 60 });
  await there.collection('taken-events').insertOne({ ...taken, takenAt: new Date() });
  const back = await cli(other, 'restore', join(folder, 'one'));
  expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining('every count and checksum agrees') });
  expect(await cli(other, 'restore', join(folder, 'one'))).toMatchObject({ code: 2, stderr: expect.stringContaining('not empty') });
  await cli(other, 'export', join(folder, 'two'));
  const [one, two] = await Promise.all(
    ['one', 'two'].map(async (name) => JSON.parse(await readFile(join(folder, name, 'manifest.json'), 'utf8'))),
  );
  expect(two.collections).toEqual(one.collections);
  expect(one.collections.map(({ collection }: { collection: string }) => collection)).toEqual(productCollections());
  expect(productCollections()).not.toContain('taken-events');
  expect(await readFile(join(folder, 'two', 'workspaces.jsonl'), 'utf8')).not.toContain(TOKEN);
  await there.dropDatabase();
});

test('a token that is not sealed never leaves', async () => {
  await saveWorkspace({ ...workspace, botToken: TOKEN });
  expect(await cli(uri, 'export', join(folder, 'open'))).toMatchObject({ code: 2, stderr: expect.stringContaining('not sealed') });
  await expect(readFile(join(folder, 'open', 'manifest.json'))).rejects.toThrow('ENOENT');
});

test('every collection that we name a model for is exported, but which events were taken', async () => {
  const { stdout } = await promisify(execFile)('grep', ['-rohE', 'mongoose\\.model\\(', 'src', 'jobs']);
  expect(productCollections().length + 1).toBe(stdout.trim().split('\n').length);
});
