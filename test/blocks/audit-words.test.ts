import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { historyLine } from '../../blocks/audit-words.ts';
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
