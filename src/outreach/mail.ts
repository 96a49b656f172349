/** One mail exactly as it leaves. `messageId` is stable for one approval, without angle brackets. */
export type Mail = {
  messageId: string;
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  text: string;
};

/** What became of a mail. `failed`: it certainly did not leave. `unknown`: the line broke after the server may have taken it. */
export type MailResult =
  | { outcome: 'sent'; response: string }
  | { outcome: 'failed'; reason: string }
  | { outcome: 'unknown'; reason: string };
