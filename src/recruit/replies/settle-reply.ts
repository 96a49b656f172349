import { channel } from 'node:diagnostics_channel';
import { addDays, max } from 'date-fns';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { suppress } from '../../programme/suppression/suppress.ts';
import { plainAddress } from '../../programme/suppression/suppression.ts';
import { WAIT_DAYS } from '../outreach/note-touch.ts';
import { noteReply, stopSuppressed, stopThread } from '../outreach/stop-thread.ts';
import { nextTouchAt } from '../outreach/thread.ts';
import { findLiveThread, findThread, noteAbsence, reopenThread } from '../outreach/thread-repository.ts';
import { isAnswer, type Reply, silencedBy } from './reply.ts';
import { getReply, listReplies, markSettled } from './reply-repository.ts';

const steps = channel('replies.take');

/** Says where taking a mail is, for whoever listens: the tests kill the process at each step. */
export function step(name: 'matched' | 'kept' | 'silenced' | 'followed' | 'settled'): void {
  if (steps.hasSubscribers) steps.publish(name);
}

/** Does what follows from a reply, as it is understood now. Safe to repeat, to run twice at once, and to break off anywhere: until all is
 *  done it stays due, and the sweep does it again. */
export async function settleReply(workspaceId: string, replyId: string, at: Date): Promise<Reply> {
  return inRounds('settling a reply', async () => {
    const reply = await getReply(workspaceId, replyId);
    if (reply.settledAt) return { done: reply };
    await follow(reply, at);
    step('followed');
    // Null when somebody corrected it in between: that is settled next.
    const settled = await markSettled(reply, at);
    return settled && { done: settled };
  });
}

/** An opt-out, a complaint and a mailbox that is none are silenced at once, no person needed. An absence moves the next message to its end. A
 *  delay, a receipt, or a program's word, is shown and changes nothing. Everything else is a person's answer: what was planned stops. */
async function follow(reply: Reply, at: Date): Promise<void> {
  const { workspaceId, threadId, kind } = reply;
  // A person's word that it did not arrive makes it one, too.
  const because = silencedBy(reply) ?? (kind === 'bounce' && reply.correctedBy ? kind : null);
  if (because) return silence(reply, because, at);
  switch (kind) {
    case 'bounce':
      break;
    case 'receipt':
      if (reply.correctedBy) await reopen(reply, at);
      break;
    case 'out-of-office':
      if (reply.correctedBy) await reopen(reply, at);
      await postpone(reply, at);
      break;
    default:
      // What is corrected has been read before, also by whoever has opened a thread since.
      if (isAnswer(reply)) await noteReply(workspaceId, threadId, at, reply.correctedBy ? reply.receivedAt : at);
  }
}

/** The address we wrote to, and for an opt-out the one they wrote from. Another that a report names is left alone: anybody can write one. */
async function silence(reply: Reply, because: NonNullable<ReturnType<typeof silencedBy>>, at: Date): Promise<void> {
  const { workspaceId, threadId, correctedBy } = reply;
  const by = correctedBy ?? (because === 'bounce' ? 'system' : 'recipient');
  const addresses = because === 'opt-out' ? [reply.writtenTo, reply.from.address] : [reply.writtenTo];
  const values = new Set(addresses.filter((address) => address.includes('@')).map(plainAddress));
  for (const value of values) {
    const key = { kind: 'address', value } as const;
    await suppress(workspaceId, key, { reason: because, via: because === 'opt-out' ? 'reply' : because, by, at });
    step('silenced');
    await stopSuppressed(workspaceId, key, { because, by, at });
  }
  await stopThread(workspaceId, threadId, { because, by, at });
}

/** It was taken for an answer, and so the thread that runs, theirs or a later one, was left to a person. It stays with them when another reply
 *  is one. */
async function reopen({ workspaceId, companyId, threadId, id, correctedBy }: Reply, at: Date): Promise<void> {
  const thread = await findLiveThread(workspaceId, companyId);
  const last = thread?.touches.at(-1);
  if (thread?.status !== 'replied' || !last || (await isAnswered(workspaceId, [threadId, thread.id]))) return;
  const until = nextTouchAt(thread.touches) ?? addDays(last.at, WAIT_DAYS);
  const subject = `thread:${thread.id}`;
  const after = { until, reply: id };
  await reopenThread(
    workspaceId,
    thread.id,
    until,
    auditEntry({ workspaceId, by: correctedBy ?? 'system', at, action: 'thread.reopen', subject, after }),
  );
  // One that came in between found the thread left to a person already.
  if (await isAnswered(workspaceId, [threadId, thread.id])) await noteReply(workspaceId, thread.id, at);
}

async function isAnswered(workspaceId: string, threadIds: string[]): Promise<boolean> {
  const replies = await Promise.all([...new Set(threadIds)].map((threadId) => listReplies(workspaceId, threadId)));
  return replies.flat().some(isAnswer);
}

/** Nothing is planned before they are back, also by a touch that is not noted yet or still to be decided on. */
async function postpone({ workspaceId, threadId, id, laterUntil }: Reply, at: Date): Promise<void> {
  await inRounds('noting an absence', async () => {
    const thread = await findThread(workspaceId, threadId);
    if (thread?.status !== 'open' || !laterUntil) return { done: null };
    if (laterUntil <= max([thread.nextTouchAt ?? at, thread.awayUntil ?? at])) return { done: null };
    const change = { action: 'thread.plan', subject: `thread:${threadId}`, after: { until: laterUntil, reply: id } };
    const noted = await noteAbsence(thread, laterUntil, auditEntry({ id: `${id}:plan`, workspaceId, by: 'system', at, ...change }));
    return noted && { done: null };
  });
}
