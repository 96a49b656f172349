import { Refusal } from '../../errors.ts';
import { recordAudit } from '../audit/audit-repository.ts';
import { type Actor, mayAct, type Need } from './role.ts';

/** Refuses, and records the attempt, unless the actor may do it: `internal-only` or `role-needed`. */
export async function authorise(actor: Actor, need: Need, attempt: { action: string; subject: string; at: Date }): Promise<void> {
  if (mayAct(actor, need)) return;
  const code = actor.kind === 'member' ? 'role-needed' : 'internal-only';
  await recordAudit({
    workspaceId: actor.workspaceId,
    by: actor.userId,
    at: attempt.at,
    action: `${attempt.action}-refused`,
    subject: attempt.subject,
    after: { code, need },
  });
  throw new Refusal(code, { need });
}
