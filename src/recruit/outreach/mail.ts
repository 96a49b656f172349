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
