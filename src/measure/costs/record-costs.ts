import { Refusal } from '../../errors.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { startOfLocalDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { appendTransaction, findTransaction } from '../ledger/ledger-repository.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { backOf, type Cost, costTransaction } from './cost.ts';
import { type CostFile, readCostFile } from './cost-file.ts';
import { type CostProblem, costReading, readCost, type TypedCost } from './typed-cost.ts';

const SUBJECT = 'costs:all';

/** Only managers know what is spent on whom. Refuses `role-needed` and `internal-only`, which are recorded. */
export async function demandCosts(actor: Actor, action: string, at: Date): Promise<void> {
  await authorise(actor, 'manager', { action, subject: SUBJECT, at });
}

/** Records a cost once for each `id`, or says what is wrong with it, field by field. Refuses what `demandCosts` does. */
export async function addCost(
  actor: Actor,
  { id, typed }: { id: string; typed: TypedCost },
  at: Date,
): Promise<{ cost: Cost; own: Transaction['own']; problems: [] } | { cost: null; problems: CostProblem[] }> {
  await demandCosts(actor, 'cost.add', at);
  const { workspaceId, userId: by } = actor;
  const { cost, own, problems } = await readCost(await costReading(workspaceId, at), typed);
  if (!cost) return { cost, problems };
  const source = `cost:${id}`;
  const told = { workspaceId, source, at: await startOf(workspaceId, cost.day), by, recordedAt: at, own } as const;
  const { changed } = await appendTransaction(costTransaction(cost, { ...told, evidence: 'person' }));
  if (changed) await recordAudit({ workspaceId, by, at, action: 'cost.add', subject: source, after: cost });
  return { cost, own, problems: [] };
}

/** Takes a cost back by another transaction; one that is taken back already stays so, with `changed` false. Refuses what `demandCosts` does, and `cost-unknown`. */
export async function takeBackCost(actor: Actor, source: string, at: Date): Promise<{ cost: Transaction; changed: boolean }> {
  await demandCosts(actor, 'cost.take-back', at);
  const { workspaceId, userId: by } = actor;
  const cost = await findTransaction(workspaceId, source);
  if (cost?.kind !== 'cost') throw new Refusal('cost-unknown');
  const { changed } = await appendTransaction(backOf(cost, { by, at, words: cost.evidence.words }));
  if (changed) await recordAudit({ workspaceId, by, at, action: 'cost.take-back', subject: source });
  return { cost, changed };
}

/** Records the costs of a file that can be read; the same line is recorded once, however often a file comes. Refuses what `demandCosts` and
 *  `readCostFile` do. */
export async function bringCosts(
  actor: Actor,
  { bytes, name }: { bytes: Uint8Array; name: string },
  at: Date,
): Promise<CostFile & { added: number }> {
  await demandCosts(actor, 'cost.import', at);
  const { workspaceId, userId: by } = actor;
  const file = await readCostFile(workspaceId, { bytes, name }, at);
  let added = 0;
  for (const { source, cost, own } of file.costs) {
    const told = { workspaceId, source, at: await startOf(workspaceId, cost.day), by, recordedAt: at, own } as const;
    if ((await appendTransaction(costTransaction(cost, { ...told, evidence: 'file' }))).changed) added++;
  }
  const after = { name, added, known: file.costs.length - added, problems: file.problems.length };
  await recordAudit({ workspaceId, by, at, action: 'cost.import', subject: SUBJECT, after });
  return { ...file, added };
}

async function startOf(workspaceId: string, day: string): Promise<Date> {
  const { digest } = await getProgramme(workspaceId);
  return startOfLocalDay(day, digest?.timeZone ?? 'UTC');
}
