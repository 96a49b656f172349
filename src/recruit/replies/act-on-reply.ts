import { auditEntry } from '../../programme/audit/audit.ts';
import { suppress } from '../../programme/suppression/suppress.ts';
import { plainAddress, type SuppressionKey } from '../../programme/suppression/suppression.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { readDay } from './mail-reader.ts';
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
  const corrected = await correctKind(reply, { kind, laterUntil: await dayOf(reply, kind) }, entry);
  return { reply: await settleReply(workspaceId, replyId, at), changed: corrected !== null };
}

/** A day that was not looked for while the reply was taken for something else. */
async function dayOf({ laterUntil, text, receivedAt }: Reply, kind: ReplyKind): Promise<Date | null> {
  return laterUntil ?? (kind === 'out-of-office' || kind === 'later' ? await readDay(text, { now: receivedAt }) : null);
}

/** Silences whoever wrote a reply, and the address it answers: they get nothing more, by any path. Pressed twice, it changes nothing. Returns what
 *  is silent now. Refuses `role-needed` and `reply-unknown`. */
export async function silenceSender(actor: Actor, replyId: string, at: Date): Promise<{ reply: Reply; keys: SuppressionKey[] }> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'suppression.add', subject: `reply:${replyId}`, at });
  const reply = await getReply(workspaceId, replyId);
  // A machine reports; it is not the one who is silenced.
  const addresses = reply.kind === 'bounce' || reply.kind === 'complaint' ? [reply.writtenTo] : [reply.writtenTo, reply.from.address];
  const values = new Set(addresses.filter((address) => address.includes('@')).map(plainAddress));
  const keys = [...values].map((value) => ({ kind: 'address' as const, value }));
  for (const key of keys) await suppress(workspaceId, key, { reason: 'asked-us', via: 'card', by: userId, at });
  return { reply, keys };
}
