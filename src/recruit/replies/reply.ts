import { z } from 'zod';
import { isSpoken, spokenName } from '../writing/spoken-name.ts';
import { addressesIn } from './mail-head.ts';

/** What somebody wants who wrote back, or what a machine reports of our message, as the team acts on it. `complaint`: they told their provider
 *  that it is spam; `receipt`: it arrived or was opened. */
export const REPLY_KINDS = [
  'interested',
  'later',
  'no',
  'wrong-person',
  'out-of-office',
  'bounce',
  'opt-out',
  'complaint',
  'receipt',
  'other',
] as const;
export const ReplyKind = z.enum(REPLY_KINDS);
export type ReplyKind = z.infer<typeof ReplyKind>;

/** Most characters kept of each part of a mail; a longer one says so, and the rest stays in the mailbox. */
export const MOST_TEXT = 100_000;

/** How a mail was understood. Every text in it is from outside. */
export const Understanding = z.object({
  kind: ReplyKind,
  /** The very sentence that decided it, or what the mail server said; empty when nothing did. */
  sentence: z.string(),
  /** When to come back, as the text says; for an absence the day they are back. */
  laterUntil: z.date().nullable(),
  /** Whom they point to, a name or an address. */
  namedContact: z.string().nullable(),
});
export type Understanding = z.infer<typeof Understanding>;

/** A mail of which nothing is known. */
export const NOTHING: Understanding = { kind: 'other', sentence: '', laterUntil: null, namedContact: null };

/** What a machine reported of a message of ours. `recipient`: the address that it names. `action` as in RFC 3464, such as `failed`, or
 *  `displayed` or `complaint`. `hard`: the mailbox is none. `status` as in RFC 3463, such as `5.1.1`; empty when it gives none. */
export const BounceReport = z.object({ recipient: z.string(), action: z.string(), status: z.string(), hard: z.boolean() });
export type BounceReport = z.infer<typeof BounceReport>;

/** How a mail was read by rules alone. `isAutomatic`: a program sent it, as its head or its words say. */
export type Reading = Understanding & { bounce: BounceReport | null; isAutomatic: boolean };

/** Whether whoever we wrote to must get nothing more, without a person's word; and why. A mailbox that may work again, and a person who has left,
 *  are not silenced. */
export function silencedBy({ kind, bounce }: Pick<Reading, 'kind' | 'bounce'>): 'opt-out' | 'bounce' | 'complaint' | null {
  if (kind === 'opt-out' || kind === 'complaint') return kind;
  return kind === 'bounce' && bounce?.hard ? 'bounce' : null;
}

/** One mail that came back to one of ours. */
export const Reply = Understanding.extend({
  id: z.string(),
  workspaceId: z.string(),
  /** The conversation, and the message in it, that it answers. */
  threadId: z.string(),
  draftId: z.string(),
  companyId: z.string(),
  companyName: z.string(),
  /** The address our message went to. */
  writtenTo: z.string(),
  /** `token`: its subject holds the opt-out token of our message. `message-id`: it names our message. `address`: only the sender's address says
   *  so. */
  matchedBy: z.enum(['token', 'message-id', 'address']),
  from: z.object({ name: z.string(), address: z.string() }),
  subject: z.string(),
  /** What is new in it, in full, and what it repeats of earlier mails. */
  text: z.string(),
  quoted: z.string(),
  /** More than `MOST_TEXT` characters came. */
  isCut: z.boolean(),
  attachments: z.number().int(),
  /** Sent by a program. */
  isAutomatic: z.boolean(),
  bounce: BounceReport.nullable(),
  /** Without angle brackets; null when the mail has none. */
  messageId: z.string().nullable(),
  receivedAt: z.date(),
  /** Who said that it means something else; null while the word of the rules or of the model stands. */
  correctedBy: z.string().nullable(),
  /** When what follows from it was done; null while that is due. */
  settledAt: z.date().nullable(),
  updatedAt: z.date(),
});
export type Reply = z.infer<typeof Reply>;

const NO_ANSWERS = new Set<ReplyKind>(['opt-out', 'complaint', 'bounce', 'receipt', 'out-of-office']);

/** A person's word that stops what was planned, without silencing anybody; so does a program's that they are gone for good. */
export function isAnswer({ kind, isAutomatic, correctedBy }: Reply): boolean {
  if (kind === 'wrong-person') return true;
  return !NO_ANSWERS.has(kind) && (!isAutomatic || correctedBy !== null);
}

/** It says how things stand with the company: an absence, a delay, a receipt and a program's word do not. */
export function isHeard(reply: Reply): boolean {
  const { kind, bounce, correctedBy } = reply;
  const isNoMailbox = kind === 'bounce' && (bounce?.hard === true || correctedBy !== null);
  return isAnswer(reply) || kind === 'opt-out' || kind === 'complaint' || isNoMailbox;
}

const MAY_POINT: readonly ReplyKind[] = ['wrong-person', 'other', 'no', 'later', 'out-of-office'];
/** Capitalised words right before an address, with or without brackets around it. */
const NAME_BEFORE = /((?:\p{Lu}[\p{L}’'-]{0,30} ){0,2}\p{Lu}[\p{L}’'-]{1,30})[\s,]{0,3}[<([]?\s?$/u;

/** As a mail shows the name of who wrote it, where that is a name as one says it; else what their company is called. */
export function nameOfWriter({ from, companyName }: Pick<Reply, 'from' | 'companyName'>): string {
  // One word may be a mailbox or a program as well: “Info”.
  return isSpoken(from.name) && from.name.includes(' ') ? from.name : spokenName(companyName);
}

/** Whom a reply points to: whoever was understood to be named, else the first address of somebody else that stands in what they wrote. Either
 *  part may be empty; null when it names nobody. */
export function pointedTo({ kind, namedContact, text, from, writtenTo }: Reply): { name: string; email: string } | null {
  if (namedContact) return namedContact.includes('@') ? { name: '', email: namedContact.toLowerCase() } : { name: namedContact, email: '' };
  if (!MAY_POINT.includes(kind)) return null;
  const known = new Set([from.address.toLowerCase(), writtenTo.toLowerCase()]);
  const email = addressesIn(text.slice(0, 20_000)).find((address) => !known.has(address));
  if (!email) return null;
  const at = text.toLowerCase().indexOf(email);
  return { name: NAME_BEFORE.exec(text.slice(Math.max(0, at - 80), at))?.[1] ?? '', email };
}
