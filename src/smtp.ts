import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Deps } from './deps.ts';
import type { Mail } from './outreach/mail.ts';

const TIMEOUT_MS = 20_000;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Sends over SMTP, step by step instead of through nodemailer's transport: its errors do not tell a connection lost before the
 *  message from one lost after it, and only the first may be called "not sent". */
export function createSendMail(smtpUrl: string | undefined): Deps['sendMail'] {
  if (!smtpUrl) return async () => ({ outcome: 'failed', reason: 'no mail server is connected' });
  const { auth, ...server } = parseConnectionUrl(smtpUrl);
  return async (mail) => {
    const connection = new SMTPConnection({
      // A password never crosses a network unencrypted.
      requireTLS: Boolean(auth) && !LOOPBACK.has(String(server.host)),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      ...server,
    });
    try {
      const bytes = await compose(mail);
      await open(connection, auth);
      return await deliver(connection, mail, bytes);
    } catch (error) {
      return { outcome: 'failed', reason: reasonOf(error) };
    } finally {
      connection.close();
    }
  };
}

async function compose({ messageId, from, to, subject, text }: Mail): Promise<Buffer> {
  return new MailComposer({ messageId: `<${messageId}>`, from, to, subject, text, date: new Date() }).compile().build();
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

function deliver(connection: SMTPConnection, mail: Mail, bytes: Buffer): ReturnType<Deps['sendMail']> {
  return new Promise((resolve) => {
    // 4xx and 5xx are the server's word that it refused; without them, nobody can say whether it kept the message.
    const lost = (error: Error & { responseCode?: number }) =>
      resolve({ outcome: (error.responseCode ?? 0) >= 400 ? 'failed' : 'unknown', reason: reasonOf(error) });
    connection.removeAllListeners('error');
    connection.once('error', lost);
    connection.send({ from: mail.from.address, to: [mail.to.address] }, bytes, (error, info) => {
      if (error) return lost(error);
      connection.quit();
      resolve({ outcome: 'sent', response: String(info?.response ?? '').slice(0, 300) });
    });
  });
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 300);
}
