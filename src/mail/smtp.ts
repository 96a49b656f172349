import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Deps } from '../deps.ts';
import type { Envelope, MailResult } from '../outreach/mail.ts';
import { enhancedStatus, isNoMailbox } from '../outreach/no-mailbox.ts';

const TIMEOUT_MS = 20_000;
/** A server may look a message through before it answers for it. Source: RFC 5321, section 4.5.3.2.6; less than the lease of `send-draft.ts`. */
const ANSWER_MS = 240_000;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Sends over SMTP, step by step instead of through nodemailer's transport: its errors do not tell a connection lost before the
 *  message from one lost after it, and only the first may be called "not sent". */
export function createSendMail(smtpUrl: string | undefined): Deps['sendMail'] {
  if (!smtpUrl) return async () => ({ outcome: 'failed', reason: 'no mail server is connected', hard: false });
  const { auth, ...server } = parseConnectionUrl(smtpUrl);
  return async (envelope, bytes, beforeHandOver) => {
    const connection = new SMTPConnection({
      // A password never crosses a network unencrypted.
      requireTLS: Boolean(auth) && !LOOPBACK.has(String(server.host)),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: ANSWER_MS,
      ...server,
    });
    try {
      await open(connection, auth);
      return await deliver(connection, envelope, bytes, beforeHandOver);
    } catch (error) {
      return notLeft(error);
    } finally {
      connection.close();
    }
  };
}

function open(connection: SMTPConnection, auth: ReturnType<typeof parseConnectionUrl>['auth']): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.connect((error) => {
      if (error) return reject(error);
      if (!auth) return resolve();
      connection.login(auth, (refused) => (refused ? reject(refused) : resolve()));
    });
  });
}

/** The message is a stream that is read once the server has said "go on": until then nothing of it is on the line, and a server keeps no
 *  message whose end it has not seen (RFC 5321, section 4.1.1.4). */
function deliver(
  connection: SMTPConnection,
  { from, to }: Envelope,
  bytes: Buffer,
  beforeHandOver: () => Promise<boolean>,
): Promise<MailResult> {
  let moment: 'before' | 'held' | 'handed over' = 'before';
  async function* handOver() {
    moment = (await beforeHandOver()) ? 'handed over' : 'held';
    if (moment === 'held') throw new Error('held back');
    yield bytes;
  }
  const message = Readable.from(handOver(), { objectMode: false });
  return new Promise((resolve) => {
    const lost = (error: Error) => {
      if (moment === 'held') return resolve({ outcome: 'held' });
      // Without the server's word nobody can say whether it kept the message.
      resolve(moment === 'handed over' && codeOf(error) < 400 ? { outcome: 'unknown', reason: reasonOf(error) } : notLeft(error));
    };
    connection.removeAllListeners('error');
    connection.once('error', lost);
    connection.send({ from, to: [to] }, message, (error, info) => {
      if (error) return lost(error);
      connection.quit();
      resolve({ outcome: 'sent', response: String(info?.response ?? '').slice(0, 300) });
    });
  });
}

/** 4xx and a line that broke before the message: later, perhaps. 5xx: the server's last word. */
function notLeft(error: unknown): MailResult {
  const code = codeOf(error);
  const reason = reasonOf(error);
  if (code < 500) return { outcome: 'retry', reason };
  return { outcome: 'failed', reason, hard: isRefusedAsNone(error, code) };
}

/** The recipient was refused because there is none: by the code in the answer, else by 550 and 553 to RCPT (RFC 5321, section 4.2.3). */
function isRefusedAsNone(error: unknown, code: number): boolean {
  if (!(error instanceof Error && 'command' in error && error.command === 'RCPT TO')) return false;
  const reason = reasonOf(error);
  const status = enhancedStatus(reason);
  return status ? isNoMailbox(status, reason) : code === 550 || code === 553;
}

function codeOf(error: unknown): number {
  return error instanceof Error && 'responseCode' in error ? Number(error.responseCode ?? 0) : 0;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 300);
}
