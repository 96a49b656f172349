import { randomUUID } from 'node:crypto';
import { auditEntry } from '../../programme/audit/audit.ts';
import { findOptOut, optOut } from '../opt-out/take-opt-out.ts';
import { messageText } from '../outreach/draft.ts';
import { stopSuppressed } from '../outreach/stop-thread.ts';
import type { MailHead } from './mail-head.ts';
import { readHead, readMail, understandMail } from './mail-reader.ts';
import { type Match, matchLink, matchMail, type OnAmbiguous } from './match-mail.ts';
import type { IncomingMail } from './parse-mail.ts';
import { NOTHING, type Reading, type Reply } from './reply.ts';
import { insertReply } from './reply-repository.ts';
import { settleReply, step } from './settle-reply.ts';

/** Takes one mail as it came over the line: finds the message of ours that it answers, keeps it once, and does what follows from it. Null,
 *  and nothing of it is kept, when it answers none of ours or is no mail. The same mail again, by whatever way and however many at once, is
 *  the reply that is there, with `changed` false. */
export async function takeMail(
  bytes: Buffer,
  receivedAt: Date,
  now: () => Date,
  onAmbiguous: OnAmbiguous,
): Promise<{ reply: Reply; changed: boolean } | null> {
  const mail = await readMail(bytes);
  if (!mail) return null;
  const asked = await askedByToken(mail);
  const match = asked ? asked.match : await matchMail(mail, receivedAt, onAmbiguous);
  if (asked && !match) await silenceAlone(asked.token, now());
  if (!match) return null;
  step('matched');
  const reply = replyOf(mail, match, await understood(mail, match, receivedAt), receivedAt, now());
  const { id, workspaceId, kind, sentence } = reply;
  const after = { kind, sentence, from: reply.from.address, matchedBy: match.by, draft: match.draft.id };
  const entry = auditEntry({ workspaceId, by: 'recipient', at: now(), action: 'reply.take', subject: `reply:${id}`, after });
  const taken = await insertReply(reply, mail.key, entry);
  step('kept');
  const settled = await settleReply(workspaceId, taken.reply.id, now());
  step('settled');
  return { reply: settled, changed: taken.changed };
}

/** Whether the whole of a mail is worth reading, by its head alone: it answers one of ours, or may be a report on one. */
export async function isForUs(headers: Buffer, receivedAt: Date, onAmbiguous: OnAmbiguous): Promise<boolean> {
  const head = await readHead(headers);
  return (
    head !== null &&
    (head.isReport ||
      (head.mayReport && !head.isBulk) ||
      (await askedByToken(head)) !== null ||
      (await matchMail(head, receivedAt, onAmbiguous)) !== null)
  );
}

/** What a mail program sends for the `mailto` in our head: “stop” and the token of a message, in the subject. Null for any other mail. */
async function askedByToken(head: MailHead): Promise<{ token: string; match: Match | null } | null> {
  const token = tokenIn(head.subject);
  if (token === null) return null;
  const link = await findOptOut(token);
  return link && { token, match: await matchLink(head, token, link) };
}

/** The token outlives the message it was made for. */
async function silenceAlone(token: string, at: Date): Promise<void> {
  const done = await optOut(token, 'reply', at);
  if (!done) return;
  const { workspaceId, address } = done.link;
  await stopSuppressed(workspaceId, { kind: 'address', value: address }, { because: 'opt-out', by: 'recipient', at });
}

/** Behind “Re:” and other marks too; some programs leave the blank encoded. The subject has no sense but this one, so it decides. */
function tokenIn(subject: string): string | null {
  return /(?<![\w-])stop(?:\s|\+|%20)+([\w-]{22})(?![\w-])/i.exec(subject)?.[1] ?? null;
}

/** By rules alone: nothing waits for a model. */
async function understood(mail: IncomingMail, { draft, by, writtenTo }: Match, receivedAt: Date): Promise<Reading> {
  // Programs that unsubscribe for somebody say that they are programs.
  if (by === 'token') return { ...NOTHING, kind: 'opt-out', sentence: mail.subject, bounce: null, isAutomatic: mail.isAutomatic };
  const ours = { subject: draft.subject, text: messageText(draft) };
  return understandMail(mail, { ours, writtenTo, now: receivedAt, country: draft.contact.country ?? undefined });
}

function replyOf(mail: IncomingMail, { draft, by, writtenTo }: Match, reading: Reading, receivedAt: Date, at: Date): Reply {
  const { from, subject, text, quoted, isCut, attachments, messageId } = mail;
  return {
    ...reading,
    id: randomUUID(),
    workspaceId: draft.workspaceId,
    threadId: draft.threadId,
    draftId: draft.id,
    companyId: draft.companyId,
    companyName: draft.companyName,
    writtenTo,
    matchedBy: by,
    from,
    subject,
    text,
    quoted,
    isCut,
    attachments,
    messageId,
    receivedAt,
    correctedBy: null,
    settledAt: null,
    updatedAt: at,
  };
}
