import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { type Running, runCli, startMain } from '../support/child.ts';

const folder = mkdtempSync(join(tmpdir(), 'prm-'));
const data = join(folder, 'data');
let sandbox: Sandbox;
let app: Running | undefined;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await app?.kill();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const env = () => ({
  DATA_DIR: data,
  SLACK_API_URL: sandbox.apiUrl,
  SLACK_SIGNING_SECRET: sandbox.cast.app.signingSecret,
  SLACK_BOT_TOKEN: sandbox.cast.app.botToken,
});
const imports = (domain: string) => {
  const file = join(folder, `${domain}.csv`);
  writeFileSync(file, `domain\n${domain}\n`);
  return runCli(['import', 'companies', file], env());
};
const companies = async () => /, (\d+) compan/.exec((await runCli(['doctor'], env())).out)?.[1];

test('without MONGODB_URI the command line works beside the app, after it was killed, and before it starts again', async () => {
  app = await startMain('', sandbox, { DATA_DIR: data });
  expect(await imports('a.example')).toMatchObject({ code: 0 });
  // Both at once: they write through the one process that owns the folder.
  expect(await Promise.all(['b.example', 'c.example'].map(imports))).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(await companies()).toBe('3');

  await app.kill();
  expect(await companies()).toBe('3');
  expect(await imports('d.example')).toMatchObject({ code: 0 });

  app = await startMain('', sandbox, { DATA_DIR: data });
  expect(await companies()).toBe('4');
  expect(app.errors()).not.toMatch(/"level":50/);
});
