import { randomUUID } from 'node:crypto';
import { eachDomain, markStageDue } from '../companies/company-stage-repository.ts';
import { keysThatGate, type SuppressionKey, suppressionHash } from './suppression.ts';
import { findSilencesDue, type SilenceDue, settleSilencesDue } from './suppression-repository.ts';

/** A company that is silenced, or no longer, is to stand so in the pipeline. Safe to repeat. */
export async function followSilence(workspaceId: string, key: SuppressionKey): Promise<void> {
  if (key.kind === 'address') return;
  const due = await findSilencesDue(workspaceId, key);
  for (const { stageDue } of due) await markStageDue(workspaceId, key.value, stageDue);
  await settleSilencesDue(workspaceId, due);
}

/** The same for companies that have just been imported and were silenced before. */
export async function silenceImported(workspaceId: string, domains: readonly string[], hashes: ReadonlySet<string>): Promise<void> {
  if (hashes.size === 0) return;
  const isSilent = (domain: string) => keysThatGate(domain).some((key) => hashes.has(suppressionHash(workspaceId, key)));
  for (const domain of domains.filter(isSilent)) await markStageDue(workspaceId, domain, randomUUID());
}

/** As `followSilence` for what a dead process left in a workspace: an entry is known by its hash alone, so every company is compared. */
export async function followLeftSilences(workspaceId: string, due: readonly SilenceDue[]): Promise<void> {
  const byHash = new Map(due.map((one) => [one.hash, one.stageDue]));
  for await (const domain of eachDomain(workspaceId)) {
    for (const key of keysThatGate(domain)) {
      const stageDue = byHash.get(suppressionHash(workspaceId, key));
      if (stageDue) await markStageDue(workspaceId, domain, stageDue);
    }
  }
  await settleSilencesDue(workspaceId, due);
}
