import { auditEntry } from '../audit/audit.ts';
import { recordAudit } from '../audit/audit-repository.ts';
import { COMPANY_DELETED } from '../companies/company-changes.ts';
import { suppress } from '../suppression/suppress.ts';
import { keysOfCompany, plainAddress, type SuppressionKey, suppressionHash } from '../suppression/suppression.ts';
import { authorise } from '../workspaces/authorise.ts';
import type { Actor } from '../workspaces/role.ts';
import type { PersonalData } from './kept-data.ts';
import { countKept } from './read-whom.ts';
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

/** Nobody writes to them again, by any path: the address, or the company with every address of its people. */
export async function silenceWhom({ workspaceId, key, addresses }: Whom, by: string, at: Date): Promise<void> {
  const company = key.kind === 'company' ? keysOfCompany(key.value) : [];
  const people = addresses.map((email): SuppressionKey => ({ kind: 'address', value: plainAddress(email) }));
  const keys = new Map([key, ...company, ...people].map((one) => [suppressionHash(workspaceId, one), one]));
  for (const one of keys.values()) await suppress(workspaceId, one, { reason: 'asked-us', via: 'privacy', by, at });
}

/** Deletes all that is kept of them, the audit log's words first and what they are known by last, and looks again until nothing is found. Returns how
 *  many records changed. Safe to repeat and to break off anywhere; throws, to be tried again, while something is left. */
export async function eraseWhom(whom: Whom, data: readonly PersonalData[], asked: { id: string; by: string; at: Date }): Promise<number> {
  let changed = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let now = 0;
    for (const part of data.toReversed()) now += await part.erase(whom);
    changed += now;
    if (now === 0) break;
  }
  const { workspaceId, key } = whom;
  const { id, by, at } = asked;
  if (key.kind === 'company') await recordAudit({ id: `${id}:company`, workspaceId, by, at, ...COMPANY_DELETED });
  const left = [...(await countKept(whom, data))].filter(([kind]) => kind !== 'silence');
  if (left.length > 0) throw new Error(`something is left of what is to be deleted: ${left.map(([kind]) => kind).join(', ')}`);
  const subject = subjectOf(workspaceId, key);
  await recordAudit(
    auditEntry({ id: `${id}:deleted`, workspaceId, by, at, action: 'privacy.deleted', subject, after: { kind: key.kind } }),
  );
  return changed;
}
