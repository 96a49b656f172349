/** One mail as it is to leave. `messageId` and `references` are without angle brackets, oldest first; the last is what it answers. */
export type Mail = {
  messageId: string;
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  text: string;
  references: string[];
  /** Addresses that take an opt-out: `https:` by one click (RFC 8058), `mailto:` by a mail. */
  optOut: { url: string | null; mailto: string };
  /** Stands in the Date header, so that the same mail composed again has the same bytes. */
  date: Date;
};

export type Envelope = { from: string; to: string };

/** Bytes of a mail that are read: its text stands before its attachments. Whoever fetches one takes a byte more, so that the cut is said. */
export const MOST_BYTES = 10_000_000;

/** Where reading a mailbox goes on. `validity`: when the server changes it, its numbers mean other mails. Source: RFC 3501, section 2.3.1.1. */
export type MailboxPlace = { validity: string; lastUid: number };

/** A mail on the server. `place`: where reading stands once it is dealt with. */
export type MailThere = { place: MailboxPlace; receivedAt: Date };

/** What a reader asks of each new mail. `wants` sees its head, `take` the whole of those that are wanted; `reached` hears after each mail how
 *  far it has got. */
export type MailboxVisitor = {
  wants: (headers: Buffer, mail: MailThere) => Promise<boolean>;
  take: (bytes: Buffer, mail: MailThere) => Promise<void>;
  reached: (place: MailboxPlace) => Promise<void>;
};

/** What became of a mail.
 *  `retry`: it certainly did not leave, and the server may take it later (4xx, or the line broke before the message).
 *  `failed`: it certainly did not leave and will not; `hard` when the server says that the recipient's mailbox is none.
 *  `held`: `beforeHandOver` said no, so nothing was handed over.
 *  `unknown`: the line broke after the server may have taken it. */
export type MailResult =
  | { outcome: 'sent'; response: string }
  | { outcome: 'retry'; reason: string }
  | { outcome: 'failed'; reason: string; hard: boolean }
  | { outcome: 'held' }
  | { outcome: 'unknown'; reason: string };

/** The reason where there is no server to say one. */
export const NOT_CONNECTED = 'no mail server is connected';

/** What a mail server says of an address that is none, or is closed for good. Everything else permanent speaks of the sender, the route, the
 *  content, a policy or a full mailbox, and the address may well work. Source: RFC 3463, sections 3.2 and 3.3; RFC 7505 for 5.1.10. */
const NO_MAILBOX = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10']);
const NO_SUCH_DOMAIN = /\b(host or domain name not found|domain( name)?( \S{1,255})? (does not exist|not found))/i;
/** Codes with several meanings: the words beside them decide. */
const NO_MAILBOX_IF: Readonly<Record<string, RegExp>> = {
  // The mailbox is there; only a closed one stays so.
  '5.2.1': /\b(disabled|inactive|deactivated|closed)\b/i,
  // No route, which may be a fault of theirs or of ours. The second is Exchange's own.
  '5.4.4': NO_SUCH_DOMAIN,
  '5.4.310': NO_SUCH_DOMAIN,
};
/** Without a code the words must say it: servers answer 550 to RCPT also when they take us for a stranger, a spammer or somebody else. */
const NO_SUCH_USER =
  /\b(?:no such (?:user|mailbox|recipient|address|person|account)|(?:user|mailbox|recipient|address|account)(?: \S{1,255})? (?:is )?(?:unknown|not found|does ?n[o’']t exist|not exist|invalid)|(?:unknown|invalid|no|nonexistent) (?:user|mailbox|recipient)|nobody here)\b/i;
const ENHANCED = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/;

/** `status` as in RFC 3463, empty when the server gave none; `said`: its own words. */
export function isNoMailbox(status: string, said: string): boolean {
  if (!status) return NO_SUCH_USER.test(said);
  return NO_MAILBOX.has(status) || (NO_MAILBOX_IF[status]?.test(said) ?? false);
}

/** The status code of RFC 3463 in what a server said; empty when there is none. */
export function enhancedStatus(said: string): string {
  return ENHANCED.exec(said)?.[1] ?? '';
}
