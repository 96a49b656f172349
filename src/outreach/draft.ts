import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Who is written to, and where the address was found: European and Canadian law ask for the source. */
export const Contact = z.object({
  name: z.string('Give the name').trim().min(2, 'Give the person’s name').max(100, 'Shorten the name').refine(isOneLine, 'Use one line'),
  email: z
    .email('Give one e-mail address, such as dana@example.com')
    .max(200)
    .transform((email) => email.toLowerCase()),
  source: z.string('Say where it is from').trim().min(5, 'Say where the address is from: a web page, a card, a person').max(300),
});
export type Contact = z.infer<typeof Contact>;

/** A statement in the text and the stored facts it rests on. */
export const Claim = z.object({
  text: z.string(),
  evidence: z.array(z.object({ field: z.string(), value: z.string(), source: z.string(), at: z.date() })),
});
export type Claim = z.infer<typeof Claim>;

/** Text as a person may edit it. 3,000 characters is what one Slack input holds. */
export const DraftText = z.object({
  subject: z.string('Write a subject').trim().min(3, 'Write a subject').max(150, 'Shorten the subject').refine(isOneLine, 'Use one line'),
  body: z.string('Write the message').trim().min(20, 'Write the message').max(3000, 'Shorten the message to 3,000 characters'),
});
export type DraftText = z.infer<typeof DraftText>;

/** writing → waiting → approved → sending → sent. `failed` and `unknown` are for a person to decide, as `waiting` is. */
export const DraftStatus = z.enum(['writing', 'waiting', 'approved', 'sending', 'sent', 'failed', 'unknown', 'rejected']);
export type DraftStatus = z.infer<typeof DraftStatus>;
/** Where a person may approve, edit or reject. */
export const DECIDABLE = ['waiting', 'failed', 'unknown'] as const satisfies DraftStatus[];

/** A person's single-use word that exactly this message may leave. */
export const Approval = z.object({
  id: z.string(),
  /** `contentHash` of the message as it was shown. */
  hash: z.string(),
  by: z.string(),
  at: z.date(),
  expiresAt: z.date(),
});
export type Approval = z.infer<typeof Approval>;
/** An approval that was not used lapses. Source: promise 1. */
export const APPROVAL_HOURS = 72;

export const Draft = z.object({
  id: z.string(),
  workspaceId: z.string(),
  companyId: z.string(),
  companyName: z.string(),
  /** Rises with every edit and every failed attempt, so that a click on an older card decides nothing. */
  version: z.number().int(),
  status: DraftStatus,
  contact: Contact,
  sender: z.object({ name: z.string(), address: z.string() }),
  subject: z.string(),
  body: z.string(),
  claims: z.array(Claim),
  writer: z.enum(['model', 'offline', 'person']).nullable(),
  /** Why the writer is not the model, or what happened to the last attempt; a sentence for the card. */
  note: z.string(),
  startedBy: z.string(),
  startedAt: z.date(),
  editedBy: z.string().nullable(),
  approval: Approval.nullable(),
  /** The last decision or outcome and who is behind it. */
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  messageId: z.string().nullable(),
  updatedAt: z.date(),
});
export type Draft = z.infer<typeof Draft>;

/** SHA-256 over recipient, sender, subject and body. Each part is length-prefixed by JSON, so no two messages share an input. */
export function contentHash(message: Pick<Draft, 'contact' | 'sender' | 'subject' | 'body'>): string {
  const { contact, sender, subject, body } = message;
  return createHash('sha256')
    .update(JSON.stringify([contact.name, contact.email, sender.name, sender.address, subject, body]))
    .digest('hex');
}

function isOneLine(text: string): boolean {
  return !/[\r\n]/.test(text);
}
