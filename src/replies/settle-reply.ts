import { auditEntry } from '../audit/audit.ts';
import { noteReply, stopSuppressed, stopThread } from '../outreach/stop-thread.ts';
import { findThread, planTouch } from '../outreach/thread-repository.ts';
import { suppress } from '../suppression/suppress.ts';
import { plainAddress } from '../suppression/suppression.ts';
import type { Reply } from './reply.ts';
import { getReply, markSettled } from './reply-repository.ts';
import { step } from './steps.ts';

/** Does what follows from a reply, as it is understood now. Safe to repeat, to run twice at once, and to break off anywhere: until all is
 *  done it stays due, and the sweep does it again. */
export async function settleReply(workspaceId: string, replyId: string, at: Date): Promise<Reply> {
  // Each round ends it, or somebody corrected it in between and that is settled next.
  for (;;) {
    const reply = await getReply(workspaceId, replyId);
    if (reply.settledAt) return reply;
    await follow(reply, at);
    step('followed');
    const settled = await markSettled(reply, at);
    if (settled) return settled;
  }
}

/** An opt-out and a mailbox that is none are silenced at once, no person needed. An absence moves the next message to its end. A delay, or a
 *  program's word, is shown and changes nothing. Everything else is a person's answer: what was planned stops. */
async function follow(reply: Reply, at: Date): Promise<void> {
  const { workspaceId, threadId, kind, bounce } = reply;
  switch (kind) {
    case 'opt-out':
      await silence(reply, 'opt-out', at);
      break;
    case 'bounce':
      // A person's word makes it one, too.
      if (bounce?.hard || reply.correctedBy) await silence(reply, 'bounce', at);
      break;
    case 'out-of-office':
      await postpone(reply, at);
      break;
    default:
      if (!reply.isAutomatic || reply.correctedBy) await noteReply(workspaceId, threadId, at);
  }
}

/** The address we wrote to, and for an opt-out the one they wrote from. */
async function silence(reply: Reply, because: 'opt-out' | 'bounce', at: Date): Promise<void> {
  const { workspaceId, threadId, correctedBy } = reply;
  const by = correctedBy ?? (because === 'opt-out' ? 'recipient' : 'system');
  const addresses = because === 'opt-out' ? [reply.writtenTo, reply.from.address] : [reply.writtenTo];
  const values = new Set(addresses.filter((address) => address.includes('@')).map(plainAddress));
  for (const value of values) {
    const key = { kind: 'address', value } as const;
    await suppress(workspaceId, key, { reason: because, via: because === 'bounce' ? 'bounce' : 'reply', by, at });
    step('silenced');
    await stopSuppressed(workspaceId, key, { because, by, at });
  }
  await stopThread(workspaceId, threadId, { because, by, at });
}

/** Nothing is planned before they are back. */
async function postpone({ workspaceId, threadId, id, laterUntil }: Reply, at: Date): Promise<void> {
  const thread = await findThread(workspaceId, threadId);
  if (thread?.status !== 'open' || !thread.nextTouchAt || !laterUntil || laterUntil <= thread.nextTouchAt) return;
  const entry = {
    id: `${id}:plan`,
    workspaceId,
    by: 'system',
    at,
    action: 'thread.plan',
    subject: `thread:${threadId}`,
    after: { until: laterUntil, reply: id },
  };
  await planTouch(thread, laterUntil, auditEntry(entry));
}
