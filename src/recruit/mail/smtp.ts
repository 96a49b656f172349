import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Deps } from '../../deps.ts';
import { type Envelope, enhancedStatus, isNoMailbox, type MailResult, NOT_CONNECTED } from './mail.ts';

const TIMEOUT_MS = 20_000;
/** A server may look a message through before it answers for it. Source: RFC 5321, section 4.5.3.2.6; less than the lease of `send-draft.ts`. */
const ANSWER_MS = 240_000;
/** A server that is slow at each step is left before the lease of `send-draft.ts` ends: nothing is on the line yet, and somebody else tries. */
const READY_MS = 150_000;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Sends over SMTP, step by step instead of through nodemailer's transport: its errors do not tell a connection lost before the
 *  message from one lost after it, and only the first may be called "not sent". */
export function createSendMail(smtpUrl: string | undefined, readyMs = READY_MS): Deps['sendMail'] {
  if (!smtpUrl) return async () => ({ outcome: 'failed', reason: NOT_CONNECTED, hard: false });
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
    const late = AbortSignal.timeout(readyMs);
    try {
      await open(connection, auth, late);
      return await deliver(connection, envelope, bytes, beforeHandOver, late);
    } catch (error) {
      return notLeft(error);
    } finally {
      connection.close();
    }
  };
}

function open(connection: SMTPConnection, auth: ReturnType<typeof parseConnectionUrl>['auth'], late: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    late.addEventListener('abort', () => reject(new Error(TOO_SLOW)), { once: true });
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
  late: AbortSignal,
): Promise<MailResult> {
  let moment: 'before' | 'given up' | 'asking' | 'held' | 'handed over' = 'before';
  async function* handOver() {
    if (moment === 'given up') throw new Error(TOO_SLOW);
    moment = 'asking';
    moment = (await beforeHandOver()) ? 'handed over' : 'held';
    if (moment === 'held') throw new Error('held back');
    yield bytes;
  }
  const message = Readable.from(handOver(), { objectMode: false });
  return new Promise((resolve) => {
    late.addEventListener('abort', () => {
      if (moment !== 'before') return;
      moment = 'given up';
      resolve(notLeft(new Error(TOO_SLOW)));
    });
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

const TOO_SLOW = 'the mail server was not ready in time';

/** 4xx and a line that broke before the message: later, perhaps. 5xx: the server's last word. */
function notLeft(error: unknown): MailResult {
  const code = codeOf(error);
  const reason = reasonOf(error);
  if (code < 500) return { outcome: 'retry', reason };
  return { outcome: 'failed', reason, hard: isRefusedAsNone(error) };
}

/** The recipient was refused because there is none. */
function isRefusedAsNone(error: unknown): boolean {
  const reason = reasonOf(error);
  return error instanceof Error && 'command' in error && error.command === 'RCPT TO' && isNoMailbox(enhancedStatus(reason), reason);
}

function codeOf(error: unknown): number {
  return error instanceof Error && 'responseCode' in error ? Number(error.responseCode ?? 0) : 0;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 300);
}
