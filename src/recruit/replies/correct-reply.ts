import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { Reply, ReplyKind } from './reply.ts';
import { correctKind, getReply } from './reply-repository.ts';
import { settleReply } from './settle-reply.ts';

/** A person says what a reply means; what follows from that is done. What followed from the mistake stands where it silenced somebody: that is
 *  for an admin to take back. Said again, it changes nothing. Refuses `role-needed` and `reply-unknown`. */
export async function correctReply(actor: Actor, replyId: string, kind: ReplyKind, at: Date): Promise<{ reply: Reply; changed: boolean }> {
  const { workspaceId, userId } = actor;
  const subject = `reply:${replyId}`;
  await authorise(actor, 'manager', { action: 'reply.correct', subject, at });
  const reply = await getReply(workspaceId, replyId);
  if (reply.kind === kind) return { reply, changed: false };
  const entry = auditEntry({ workspaceId, by: userId, at, action: 'reply.correct', subject, before: reply.kind, after: kind });
  const corrected = await correctKind(reply, kind, entry);
  return { reply: await settleReply(workspaceId, replyId, at), changed: corrected !== null };
}
