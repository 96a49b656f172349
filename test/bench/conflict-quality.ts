import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Answer, runConflicts } from '../../src/cli/conflicts.ts';
import type { BenchRow } from './bench-row.ts';

const Labelled = z.object({
  items: z.array(
    z.object({
      registration: z.looseObject({ id: z.string() }),
      label: z.enum(['duplicate', 'not_duplicate']),
      matchedOpportunityId: z.string().nullable(),
      kind: z.string(),
    }),
  ),
});
type Item = z.infer<typeof Labelled>['items'][number];

/** F1 of the best simple rule on these registrations, name or domain. Source: the README of the data. */
const SIMPLE_RULE = 0.698;

export type ConflictQuality = { f1: number; decided: number; blocked: number; n: number };

/** Of the kinds of near misses, asking a person is right for a unit of the same brand; about the others it is a needless question. */
function isNeedless(kind: string): boolean {
  return /^(similar-name|unrelated)/.test(kind);
}

/** How the answers are scored is said in the README of the data. `isCounted` leaves kinds out. */
export function scoreAnswers(items: readonly Item[], answers: readonly Answer[]): ConflictQuality {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  let [found, wrong, decided, blocked] = [0, 0, 0, 0];
  for (const { registration, label, matchedOpportunityId, kind } of items) {
    const { outcome, opportunityId } = byId.get(registration.id) ?? { outcome: 'clear', opportunityId: null };
    const isFound = label === 'duplicate' && outcome !== 'clear' && opportunityId === matchedOpportunityId;
    if (isFound) found++;
    if (isFound && outcome === 'duplicate') decided++;
    if (outcome === 'duplicate' && !isFound) wrong++;
    if (outcome === 'possible' && label === 'not_duplicate' && isNeedless(kind)) wrong++;
    if (outcome === 'duplicate' && label === 'not_duplicate') blocked++;
  }
  const duplicates = items.filter(({ label }) => label === 'duplicate').length;
  const [precision, recall] = [found / (found + wrong), found / duplicates];
  return {
    f1: (2 * precision * recall) / (precision + recall),
    decided: decided / duplicates,
    blocked: blocked / (items.length - duplicates),
    n: items.length,
  };
}

/** The labelled registrations of the shared data, answered by the command line. */
export async function answerLabelled(data: string): Promise<{ items: Item[]; answers: Answer[] }> {
  const { items } = Labelled.parse(JSON.parse(await readFile(join(data, 'conflict-dev.json'), 'utf8')));
  const registrations = join(tmpdir(), `registrations-${process.pid}.json`);
  await writeFile(registrations, JSON.stringify(items.map(({ registration }) => registration)));
  const files = ['--opportunities', join(data, 'crm-opportunities.csv'), '--registrations', registrations];
  let printed = '';
  await runConflicts([...files, '--companies', join(data, 'companies.jsonl.gz'), '--json'], (line) => {
    printed += line;
  });
  // The command prints this shape.
  return { items, answers: JSON.parse(printed) as Answer[] };
}

export async function conflictQualityRows(data: string): Promise<BenchRow[]> {
  const { items, answers } = await answerLabelled(data);
  const { f1, decided, blocked, n } = scoreAnswers(items, answers);
  return [
    {
      name: 'conflict-quality',
      ours: f1,
      peer: SIMPLE_RULE,
      ratio: f1 / SIMPLE_RULE,
      unit: 'F1, at least 0.97; best simple rule beside',
      n,
    },
    { name: 'conflict-decided', ours: decided, peer: null, ratio: null, unit: 'of duplicates without a person, at least 0.85', n },
    { name: 'conflict-blocked', ours: blocked, peer: null, ratio: null, unit: 'of others, at most 0.01', n },
  ];
}
