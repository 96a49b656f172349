import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { saveWorkspace } from '../../src/programme/workspaces/workspace-repository.ts';
import { sendApproved } from '../../src/recruit/outreach/send-draft.ts';
import { AT, aProgramme, approved, aWaitingDraft, HOME, mailTools } from '../support/builders.ts';
import { runCli } from '../support/child.ts';
import { useMongo } from '../support/mongo.ts';

const { uri } = useMongo();
const folder = mkdtempSync(join(tmpdir(), 'outreach-'));
afterAll(() => rmSync(folder, { recursive: true }));
const cli = (...args: string[]) => runCli(['outreach', ...args], { MONGODB_URI: uri });

beforeEach(() =>
  saveWorkspace({
    id: HOME,
    enterpriseId: null,
    name: 'Larkspur',
    botToken: 'environment',
    botUserId: 'U0BOT',
    botId: null,
    installedBy: null,
    installedAt: AT,
  }),
);

test('how outreach stands, every message as CSV for its owner alone, and one as it left', async () => {
  await aProgramme();
  const { draft, approval } = await approved(await aWaitingDraft());
  await sendApproved(HOME, draft.id, approval.id, { ...mailTools(undefined), now: () => AT });
  const stands = await cli();
  expect(stands).toMatchObject({ code: 0, err: '' });
  expect(stands.out).toMatch(/unclear\s+1 {2}1 failed/);
  const path = join(folder, 'all.csv');
  expect(await cli('--csv', path)).toMatchObject({ code: 0, out: expect.stringContaining(`1 message in ${path}.`) });
  expect(parse(readFileSync(path), { columns: true })).toMatchObject([{ id: draft.id, email: 'dana@peatworks.example' }]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const left = await cli('--bytes', draft.id);
  expect(left.code).toBe(0);
  expect(left.out).toContain(`Message-ID: <${approval.id}@larkspur.example>`);
});

test('what cannot be done: a sentence, exit 2, nothing written over', async () => {
  const taken = join(folder, 'taken.csv');
  writeFileSync(taken, 'mine');
  expect(await cli('--csv', taken)).toMatchObject({ code: 2, err: expect.stringContaining('Name a new file') });
  expect(readFileSync(taken, 'utf8')).toBe('mine');
  expect(await cli('--csv', join(folder, 'no', 'such', 'x.csv'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('folder that exists'),
  });
  expect(await cli('--bytes', 'nobody')).toMatchObject({ code: 2, err: expect.stringContaining('Nothing was handed') });
  expect(await cli('--workspace', 'T0OTHER')).toMatchObject({ code: 2, err: expect.stringContaining('not connected') });
});
