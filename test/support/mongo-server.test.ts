import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databaseUri } from './database-uri.ts';
import { chooseTestServer, removeLeftFolders } from './mongo-server.ts';

const silent = () => {};

test('a server that is named comes before all others and is left running', async () => {
  const env = { TEST_MONGODB_URI: 'mongodb://127.0.0.1:1', MONGOMS_SYSTEM_BINARY: '/nowhere/mongod', PATH: '' };
  const server = await chooseTestServer(env, { say: silent });
  expect(server).toMatchObject({ uri: 'mongodb://127.0.0.1:1', kind: 'mongodb' });
  await server.stop();
});

test.each([
  ['mongodb://127.0.0.1:27017/', 'mongodb://127.0.0.1:27017/new'],
  ['mongodb://%2Ftmp%2Fa.sock', 'mongodb://%2Ftmp%2Fa.sock/new'],
  ['mongodb://u:p@a:1,b:2/old?authSource=admin', 'mongodb://u:p@a:1,b:2/new?authSource=admin'],
  ['mongodb+srv://x.example?tls=true', 'mongodb+srv://x.example/new?tls=true'],
])('%s with another database', (server, expected) => {
  expect(databaseUri(server, 'new')).toBe(expected);
});

test('the folders of runs that were killed are removed, those of living ones and of nobody known stay', async () => {
  const within = await mkdtemp(join(tmpdir(), 'left-folders-'));
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  const names = [`${ended}-a1B2c3`, `${process.pid}-a1B2c3`, '1-a1B2c3', 'HVHfzK', '7a-b1B2c'].map((end) => `partnerships-test-${end}`);
  for (const name of [...names, `other-${ended}-a1B2c3`]) {
    await mkdir(join(within, name));
    await writeFile(join(within, name, 'index.wt'), 'x');
  }
  await removeLeftFolders(within);
  expect((await readdir(within)).sort()).toEqual([...names.slice(1), `other-${ended}-a1B2c3`].sort());
  await removeLeftFolders(join(within, 'nowhere'));
  await rm(within, { recursive: true });
});
