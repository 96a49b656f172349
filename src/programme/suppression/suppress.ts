import { Refusal } from '../../errors.ts';
import { auditEntry } from '../audit/audit.ts';
import { authorise } from '../workspaces/authorise.ts';
import type { Actor } from '../workspaces/role.ts';
import { followSilence } from './follow-silence.ts';
import { type Suppression, type SuppressionKey, type SuppressionReason, suppressionHash } from './suppression.ts';
import { insertSuppression, liftEntry } from './suppression-repository.ts';

/** Puts an address, domain or company under silence, at once and for every path. `by` is a person of the team, the recipient or a rule;
 *  who may do it is the caller's to check, because the recipient always may. The record holds the hash only. */
export async function suppress(
  workspaceId: string,
  key: SuppressionKey,
  { reason, via, by, at }: { reason: SuppressionReason; via: string; by: string; at: Date },
): Promise<{ suppression: Suppression; changed: boolean }> {
  const subject = `suppression:${suppressionHash(workspaceId, key)}`;
  const entry = auditEntry({ workspaceId, by, at, action: 'suppression.add', subject, after: { kind: key.kind, reason, via } });
  const entered = await insertSuppression(workspaceId, key, { reason, via, by, at }, entry);
  await followSilence(workspaceId, key);
  return entered;
}

/** Takes an entry back. `proof` says how they told us that they want to hear from us again. Admins only; recorded. Refuses
 *  `role-needed` and `suppression-unknown`. */
export async function liftSuppression(actor: Actor, key: SuppressionKey, proof: string, at: Date): Promise<Suppression> {
  const { workspaceId, userId } = actor;
  const subject = `suppression:${suppressionHash(workspaceId, key)}`;
  await authorise(actor, 'admin', { action: 'suppression.lift', subject, at });
  const entry = auditEntry({ workspaceId, by: userId, at, action: 'suppression.lift', subject, after: { kind: key.kind, proof } });
  const lifted = await liftEntry(workspaceId, key, entry);
  if (!lifted) throw new Refusal('suppression-unknown');
  await followSilence(workspaceId, key);
  return lifted;
}
