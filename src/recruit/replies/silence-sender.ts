import { suppress } from '../../programme/suppression/suppress.ts';
import { plainAddress, type SuppressionKey } from '../../programme/suppression/suppression.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { Reply } from './reply.ts';
import { getReply } from './reply-repository.ts';

/** Silences whoever wrote a reply, and the address it answers: they get nothing more, by any path. Pressed twice, it changes nothing. Returns what
 *  is silent now. Refuses `role-needed` and `reply-unknown`. */
export async function silenceSender(actor: Actor, replyId: string, at: Date): Promise<{ reply: Reply; keys: SuppressionKey[] }> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'suppression.add', subject: `reply:${replyId}`, at });
  const reply = await getReply(workspaceId, replyId);
  // A mail server reports; it is not the one who is silenced.
  const addresses = reply.kind === 'bounce' ? [reply.writtenTo] : [reply.writtenTo, reply.from.address];
  const values = new Set(addresses.filter((address) => address.includes('@')).map(plainAddress));
  const keys = [...values].map((value) => ({ kind: 'address' as const, value }));
  for (const key of keys) await suppress(workspaceId, key, { reason: 'asked-us', via: 'card', by: userId, at });
  return { reply, keys };
}
