import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type CheckedDraft, runCheckDrafts } from '../../src/cli/check-drafts.ts';
import type { BenchRow } from './bench-row.ts';

const Expected = z.object({ id: z.string(), expected: z.object({ verdict: z.enum(['accept', 'refuse']), fault: z.string().nullable() }) });

export type DraftCheck = { bad: number; badRefused: string[]; good: number; goodRefused: string[]; missed: string[] };

/** The letters of a file, judged by rules alone; of those that are to be refused and were not, `missed` names the fault. */
export async function checkLetters(file: string): Promise<DraftCheck> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const cases = lines.map((line) => Expected.parse(JSON.parse(line)));
  const refused = new Set<string>();
  await runCheckDrafts([file, '--json'], (line) => {
    // The command prints this shape.
    const { id, verdict } = JSON.parse(line) as CheckedDraft;
    if (verdict === 'refuse') refused.add(id);
  });
  const bad = cases.filter(({ expected }) => expected.verdict === 'refuse');
  const good = cases.filter(({ expected }) => expected.verdict === 'accept');
  const idsOf = (some: typeof cases) => some.flatMap(({ id }) => (refused.has(id) ? [id] : []));
  const missed = bad.filter(({ id }) => !refused.has(id)).map(({ id, expected }) => `${id} ${expected.fault}`);
  return { bad: bad.length, badRefused: idsOf(bad), good: good.length, goodRefused: idsOf(good), missed };
}

export async function draftCheckRows(data: string): Promise<BenchRow[]> {
  const { bad, badRefused, good, goodRefused } = await checkLetters(join(data, '../cases/drafts.jsonl'));
  const none = { peer: null, ratio: null };
  return [
    { name: 'draft-check', ours: badRefused.length / bad, ...none, unit: 'of bad letters refused by rules, at least 0.5', n: bad },
    { name: 'draft-check-good', ours: goodRefused.length / good, ...none, unit: 'of good letters refused, at most 0.03', n: good },
  ];
}
