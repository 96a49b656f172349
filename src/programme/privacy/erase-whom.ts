import { auditEntry } from '../audit/audit.ts';
import { listAudit, recordAudit } from '../audit/audit-repository.ts';
import { COMPANY_DELETED } from '../companies/company-changes.ts';
import { suppress } from '../suppression/suppress.ts';
import { keysOfCompany, type SuppressionKey, suppressionHash } from '../suppression/suppression.ts';
import { findSuppression } from '../suppression/suppression-repository.ts';
import { authorise } from '../workspaces/authorise.ts';
import type { Actor } from '../workspaces/role.ts';
import type { Erased, PersonalData } from './kept-data.ts';
import type { Whom, WhomKey } from './whom.ts';

/** What was found in one pass may be written anew by work under way; more passes than this, and something keeps writing. */
const MOST_PASSES = 10;

/** How the audit log names somebody whose data was asked for: by the hash that the list of silence has, which outlives them and names nobody. */
export function subjectOf(workspaceId: string, key: WhomKey): string {
  return `privacy:${suppressionHash(workspaceId, key)}`;
}

/** Lets admins alone look at, export and delete what is kept of somebody, and records that they did. Refuses `role-needed`, `internal-only`. */
export async function authorisePrivacy(actor: Actor, action: 'look' | 'export' | 'delete', key: WhomKey, at: Date): Promise<void> {
  const { workspaceId, userId: by } = actor;
  const subject = subjectOf(workspaceId, key);
  await authorise(actor, 'admin', { action: `privacy.${action}`, subject, at });
  await recordAudit({ workspaceId, by, at, action: `privacy.${action}`, subject, after: { kind: key.kind } });
}

/** Nobody writes to them again, by any path: the address, or the company with every address at its domain. */
export async function silenceWhom(workspaceId: string, key: WhomKey, by: string, at: Date): Promise<void> {
  for (const one of silenceOf(key)) await suppress(workspaceId, one, { reason: 'asked-us', via: 'privacy', by, at });
}

function silenceOf(key: WhomKey): SuppressionKey[] {
  return key.kind === 'company' ? keysOfCompany(key.value) : [key];
}

/** Those of them who were deleted on request and are silent: what is read again from elsewhere leaves them out. */
export async function listErased(workspaceId: string, keys: readonly WhomKey[]): Promise<WhomKey[]> {
  const bySubject = new Map(keys.map((key) => [subjectOf(workspaceId, key), key]));
  if (bySubject.size === 0) return [];
  // Some ask more than once.
  const deleted = await listAudit(workspaceId, { action: 'privacy.deleted', subjects: [...bySubject.keys()] }, bySubject.size * 10);
  const found = [...new Set(deleted.map(({ subject }) => subject))].flatMap((subject) => bySubject.get(subject) ?? []);
  const silences = await Promise.all(found.map((key) => findSuppression(workspaceId, silenceOf(key))));
  return found.filter((_, place) => silences[place]);
}

/** Deletes all that is kept of them: first they are taken out of what only names them, then what is theirs goes, the audit log's words first and what
 *  they are known by last; and looks again until nothing is found. Safe to repeat and to break off anywhere; throws, to be tried again, while
 *  something is left. */
export async function eraseWhom(whom: Whom, data: readonly PersonalData[], asked: { id: string; by: string; at: Date }): Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < MOST_PASSES && left > 0; pass++) {
    const { found, changed } = await erasePass(whom, data);
    left = found;
    if (changed === 0) break;
  }
  if (left > 0) throw new Error('something is left of what is to be deleted');
  const { workspaceId, key } = whom;
  const { id, by, at } = asked;
  if (key.kind === 'company') await recordAudit({ id: `${id}:company`, workspaceId, by, at, ...COMPANY_DELETED });
  const subject = subjectOf(workspaceId, key);
  await recordAudit(
    auditEntry({ id: `${id}:deleted`, workspaceId, by, at, action: 'privacy.deleted', subject, after: { kind: key.kind } }),
  );
}

async function erasePass(whom: Whom, data: readonly PersonalData[]): Promise<Erased> {
  const sum = { found: 0, changed: 0 };
  for (const which of ['named', 'theirs'] as const) {
    for (const part of data.toReversed()) {
      const { found, changed } = await part.erase(whom, which);
      sum.found += found;
      sum.changed += changed;
    }
  }
  return sum;
}
