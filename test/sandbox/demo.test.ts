import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { useMongo } from '../support/mongo.ts';

const { uri } = useMongo();
const folder = mkdtempSync(join(tmpdir(), 'demo with a space '));
afterAll(() => rmSync(folder, { recursive: true }));

async function demo(companies: string): Promise<{ code: number | null; said: string }> {
  const command = ['--import', 'tsx', 'test/sandbox/demo.ts', '--port', '0', '--companies', companies];
  // What a person may have exported: none of it may take part, a Slack app least of all.
  const exported = { SLACK_APP_TOKEN: 'xapp-1-mine', SMTP_URL: 'http://mail.example.com', PORT: 'web' };
  const child = spawn(process.execPath, command, { env: { ...process.env, ...exported, NODE_OPTIONS: '', MONGODB_URI: uri } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += part;
    });
  await once(child, 'close');
  return { code: child.exitCode, said };
}

test('a file that is not there: one sentence, and nothing was started', async () => {
  const { code, said } = await demo(join(folder, 'nowhere.csv'));
  expect([code, said]).toEqual([1, expect.stringMatching(/^There is no file .*nowhere\.csv\.$/m)]);
  expect(said).not.toContain('Starting');
});

test('a file without companies: the reason, and the demo ends with all it had started', async () => {
  const companies = join(folder, 'empty.csv');
  writeFileSync(companies, '');
  const { code, said } = await demo(companies);
  expect(said).toMatch(/empty/);
  expect(said).toContain('The companies were not imported');
  expect([code, said]).toEqual([1, expect.not.stringContaining('Open http')]);
});
