import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { DealRules } from './deal-rules.ts';
import { getDealRules, saveDealRules } from './deal-rules-repository.ts';
import type { ReadRules } from './typed-rules.ts';

const SUBJECT = 'deal-rules:all';

/** The rules to an admin who is about to change them. Refuses `role-needed` and `internal-only`, which are recorded. */
export async function openDealRules(actor: Actor, at: Date): Promise<DealRules> {
  await authorise(actor, 'admin', { action: 'deal-rules.open', subject: SUBJECT, at });
  return getDealRules(actor.workspaceId);
}

/** Changes what holds from now on: deadlines and protections that run already stay as they are. `rev` is of the rules that the form showed. Refuses what
 *  `openDealRules` does, and `rules-changed` when somebody else was first. */
export async function changeDealRules(
  actor: Actor,
  { rev, ...change }: ReadRules & Pick<DealRules, 'channel' | 'rev'>,
  at: Date,
): Promise<DealRules> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'admin', { action: 'deal-rules.change', subject: SUBJECT, at });
  const seen = await getDealRules(workspaceId);
  if (seen.rev !== rev) throw new Refusal('rules-changed');
  const { workspaceId: _, rev: _rev, ...before } = seen;
  const entry = auditEntry({ workspaceId, by, at, action: 'deal-rules.change', subject: SUBJECT, before, after: { ...before, ...change } });
  const saved = await saveDealRules(seen, change, entry);
  if (!saved) throw new Refusal('rules-changed');
  return saved;
}
