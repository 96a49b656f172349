import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { historyLine } from '../../blocks/audit-words.ts';
import { partnerHistoryLine } from '../../blocks/onboard/partner-words.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';

const OUTREACH = new URL('../../src/recruit/outreach/', import.meta.url);
const at = new Date('2026-11-23T09:00:00Z');

test('every step of a draft that is recorded is told in words', async () => {
  const files = (await readdir(OUTREACH)).filter((name) => name.endsWith('.ts'));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, OUTREACH), 'utf8')));
  const actions = new Set(sources.flatMap((source) => source.match(/(?<=')draft\.[a-z-]+(?=')/g) ?? []));
  expect(actions.size).toBeGreaterThan(20);
  for (const action of actions) {
    const line = historyLine(auditEntry({ workspaceId: 'T1', by: 'U1', at, action, subject: 'draft:1' }));
    expect(line).not.toContain(action);
  }
});

test('whatever is recorded of a partner is told in words, and so is what somebody was refused', async () => {
  const src = new URL('../../src/', import.meta.url);
  const files = (await readdir(src, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const source = (await Promise.all(files.map((name) => readFile(new URL(name, src), 'utf8')))).join('\n');
  const lineOf = (action: string) => partnerHistoryLine(auditEntry({ workspaceId: 'T1', by: 'U1', at, action, subject: 'partner:1' }));
  const actions = new Set([...source.matchAll(/action: '([a-z-]+\.[a-z-]+)'/g)].map(([, action = '']) => action));
  expect(actions.size).toBeGreaterThan(100);
  for (const action of actions) for (const line of [lineOf(action), lineOf(`${action}-refused`)]) expect(line).not.toContain(action);
  const tried = [...source.matchAll(/authorise\([^)]*?action: '([a-z-]+)\.[a-z-]+', subject: `partner:/g)].map(([, noun = '']) => noun);
  expect(tried.length).toBeGreaterThan(10);
  for (const noun of tried) expect(lineOf(`${noun}.x-refused`)).not.toContain('something');
  const kept = [...source.matchAll(/(?:auditEntry|recordAudit)\(\{[^}]*?action: '([a-z-]+\.[a-z-]+)',\s+subject: `partner:/g)];
  expect(kept.length).toBeGreaterThan(6);
  for (const [, action = ''] of kept) expect([action, lineOf(action)]).toEqual([action, expect.not.stringContaining('Changed by')]);
});
