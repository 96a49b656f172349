import { randomUUID } from 'node:crypto';
import { auditEntry } from '../audit/audit.ts';
import { messageText } from '../outreach/draft.ts';
import { classifyReply } from './classify-reply.ts';
import { type Match, matchMail } from './match-mail.ts';
import { type IncomingMail, parseHead, parseMail } from './parse-mail.ts';
import type { Reply } from './reply.ts';
import { insertReply } from './reply-repository.ts';
import { settleReply } from './settle-reply.ts';
import { step } from './steps.ts';

/** Takes one mail as it came over the line: finds the message of ours that it answers, keeps it once, and does what follows from it. Null,
 *  and nothing of it is kept, when it answers none of ours or is no mail. The same mail again, by whatever way and however many at once, is
 *  the reply that is there, with `changed` false. */
export async function takeMail(bytes: Buffer, receivedAt: Date, now: () => Date): Promise<{ reply: Reply; changed: boolean } | null> {
  const mail = await parseMail(bytes);
  const match = mail && (await matchMail(mail, receivedAt));
  if (!match) return null;
  step('matched');
  const reply = replyOf(mail, match, receivedAt, now());
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
export async function isForUs(headers: Buffer, receivedAt: Date): Promise<boolean> {
  const head = await parseHead(headers);
  return head !== null && (head.isReport || (await matchMail(head, receivedAt)) !== null);
}

function replyOf(mail: IncomingMail, { draft, by }: Match, receivedAt: Date, at: Date): Reply {
  const { from, subject, text, quoted, isCut, attachments, isAutomatic, bounce, messageId } = mail;
  return {
    ...classifyReply(mail, { ours: { subject: draft.subject, text: messageText(draft) }, now: receivedAt }),
    id: randomUUID(),
    workspaceId: draft.workspaceId,
    threadId: draft.threadId,
    draftId: draft.id,
    companyId: draft.companyId,
    companyName: draft.companyName,
    writtenTo: draft.contact.email,
    matchedBy: by,
    from,
    subject,
    text,
    quoted,
    isCut,
    attachments,
    isAutomatic,
    bounce,
    messageId,
    receivedAt,
    correctedBy: null,
    settledAt: null,
    updatedAt: at,
  };
}
