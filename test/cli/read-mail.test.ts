import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runReadMail } from '../../src/cli/read-mail.ts';
import { CommandError } from '../../src/errors.ts';
import { aBounce, aMail } from '../support/mails.ts';

let folder = '';
const path = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-mail-'));
  const ours = { subject: 'Peatworks and Larkspur', text: 'Hello Dana', date: '2026-11-23T09:00:00Z' };
  await writeFile(path('ours.json'), JSON.stringify(ours));
  await writeFile(path('bounce.eml'), aBounce({ messageId: 'a1@larkspur.example' }));
  await writeFile(path('later.eml'), aMail('I am away, back on 7 December.', { 'Auto-Submitted': 'auto-replied' }));
  await writeFile(path('stop.eml'), aMail('Please stop writing to us.\n\nSent from my phone'));
  await writeFile(path('none.eml'), 'no mail');
});
afterAll(() => rm(folder, { recursive: true }));

async function told(file: string, ...more: string[]): Promise<string[]> {
  const lines: string[] = [];
  await runReadMail([path(file), '--ours', path('ours.json'), '--to', 'Dana@peatworks.example', ...more], (line) => lines.push(line));
  return lines;
}

test('as JSON: one line with every field', async () => {
  const [line = '', ...more] = await told('bounce.eml', '--json');
  expect(more).toEqual([]);
  expect(JSON.parse(line)).toEqual({
    kind: 'bounce',
    automatic: true,
    recipient: 'dana@peatworks.example',
    status: '5.1.1',
    hard: true,
    suppress: true,
    visibleText: null,
    backOn: null,
    sentence: '5.1.1 failed dana@peatworks.example',
    readBy: 'rules',
  });
  expect(JSON.parse((await told('later.eml', '--json')).join())).toMatchObject({ kind: 'out-of-office', backOn: '2026-12-07', hard: null });
  expect(JSON.parse((await told('stop.eml', '--json')).join())).toMatchObject({
    kind: 'opt-out',
    automatic: false,
    suppress: true,
    recipient: null,
    visibleText: 'Please stop writing to us.',
  });
});

test('for people, a line for each field', async () => {
  expect(await told('bounce.eml')).toEqual(expect.arrayContaining(['kind         bounce', 'hard         true', 'backOn       –']));
});

test.each([
  [['bounce.eml'], 'Say which mail'],
  [['bounce.eml', '--ours', 'ours.json', '--to', 'dana'], 'is no address'],
  [['missing.eml', '--ours', 'ours.json', '--to', 'dana@peatworks.example'], 'missing.eml cannot be read'],
  [['bounce.eml', '--ours', 'bounce.eml', '--to', 'dana@peatworks.example'], 'is not our message'],
  [['none.eml', '--ours', 'ours.json', '--to', 'dana@peatworks.example'], 'holds no mail'],
])('%j is refused with what to change', async (args, words) => {
  const refused = runReadMail(
    args.map((one) => (/\.(?:eml|json)$/.test(one) ? path(one) : one)),
    () => {},
  );
  await expect(refused).rejects.toThrow(words);
  await expect(refused).rejects.toBeInstanceOf(CommandError);
});
