import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { useMongo } from '../support/mongo.ts';

const { uri } = useMongo();
const folder = mkdtempSync(join(tmpdir(), 'prm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SCRIPT = `
  const { readConfig } = await import('./src/config.ts');
  const { openDatabase } = await import('./src/platform/connect-database.ts');
  const { close } = await openDatabase(readConfig(), { prepare: async () => {} });
  console.log(process.report.getReport().sharedObjects.filter((path) => path.includes('lmdb')).length);
  await close();
`;
/** How many of the embedded database's libraries a process holds once it is connected. */
async function loaded(env: Record<string, string>): Promise<string> {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { PATH: process.env.PATH, ...env } });
  return stdout.trim();
}

test('with MONGODB_URI nothing of the embedded database is loaded; without, it is', async () => {
  expect([await loaded({ MONGODB_URI: uri }), await loaded({ DATA_DIR: folder })]).toEqual(['0', '1']);
});
