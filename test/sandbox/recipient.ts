import { createHmac, randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailAnswer, SandboxMail } from './contract.ts';
import { changed, type World } from './world.ts';

/** Shared with the app: what its INBOUND_MAIL_SECRET must be. */
export const INBOUND_SECRET = 'sandbox-inbound-mail-secret';

const PATIENCE_MS = 10_000;

type Did = MailAnswer['did'];

/** The recipient answers: a mail with the original quoted below, as mail programs write it. */
export async function reply(world: World, mail: SandboxMail, text: string): Promise<MailAnswer> {
  const quoted = mail.text.replace(/^/gm, '> ');
  const on = new Date(mail.at).toUTCString();
  return handIn(world, mail, 'reply', await answerMail(mail, { text: `${text}\n\nOn ${on}, ${mail.from} wrote:\n${quoted}\n` }));
}

/** The recipient's mail program answers by itself. Source: RFC 3834. */
export async function outOfOffice(world: World, mail: SandboxMail): Promise<MailAnswer> {
  const back = new Date(Date.parse(mail.at) + 7 * 86_400_000).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const text = `Thank you for your message. I am out of the office until ${back} and read mail only then.\n`;
  const headers = { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk' };
  return handIn(world, mail, 'away', await answerMail(mail, { text, headers, subject: `Automatic reply: ${mail.subject}` }));
}

/** The recipient's mail server sends a report back. Source: RFC 3464. */
export async function bounce(world: World, mail: SandboxMail): Promise<MailAnswer> {
  const to = addressIn(mail.to);
  const host = to.split('@')[1] ?? 'invalid.example';
  const boundary = randomUUID();
  const part = (type: string, ...lines: string[]) => [`--${boundary}`, `Content-Type: ${type}`, '', ...lines, ''];
  const original = ['Message-ID', 'From', 'To', 'Subject', 'Date'].map((name) => `${name}: ${headerOf(mail, name)}`);
  const lines = [
    `From: Mail Delivery System <mailer-daemon@${host}>`,
    `To: ${mail.from}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${randomUUID()}@${host}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    ...part('text/plain; charset=utf-8', `Your message to <${to}> could not be delivered: there is no such mailbox.`),
    ...part(
      'message/delivery-status',
      `Reporting-MTA: dns; mx.${host}`,
      '',
      `Final-Recipient: rfc822; ${to}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 No such mailbox here',
    ),
    ...part('text/rfc822-headers', ...original),
    `--${boundary}--`,
    '',
  ];
  return handIn(world, mail, 'bounce', Buffer.from(lines.join('\r\n')));
}

/** What a mail program does behind its own button, where the mail offers it. Source: RFC 8058. */
export async function unsubscribe(world: World, mail: SandboxMail): Promise<MailAnswer> {
  const url = /<(https?:[^>\s]+)>/.exec(headerOf(mail, 'List-Unsubscribe'))?.[1];
  const offered = headerOf(mail, 'List-Unsubscribe-Post') === 'List-Unsubscribe=One-Click';
  if (!url || !offered) return note(world, mail, 'unsubscribe', 0, 'The mail offers no way to say stop by one click.');
  if (!['127.0.0.1', 'localhost'].includes(new URL(url).hostname))
    return note(world, mail, 'unsubscribe', 0, 'The link leads away from this machine, so the sandbox does not follow it.');
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  return ask(world, mail, 'unsubscribe', url, { body, redirect: 'manual' });
}

/** Hands a mail to the app as a mail server does that calls its signed webhook. */
async function handIn(world: World, mail: SandboxMail, did: Did, raw: Buffer): Promise<MailAnswer> {
  const timestamp = String(Math.floor(world.appClock() / 1000));
  const digest = createHmac('sha256', INBOUND_SECRET).update(`v0:${timestamp}:`).update(raw).digest('hex');
  const headers = {
    'content-type': 'message/rfc822',
    'x-partnerships-timestamp': timestamp,
    'x-partnerships-signature': `v0=${digest}`,
  };
  // A copy, because fetch wants bytes that are not shared memory.
  return ask(world, mail, did, `${world.appUrl}/mail/inbound`, { headers, body: new Uint8Array(raw) });
}

async function ask(world: World, mail: SandboxMail, did: Did, url: string, init: RequestInit): Promise<MailAnswer> {
  const answer = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(PATIENCE_MS), ...init }).catch(() => null);
  if (!answer) return note(world, mail, did, 0, 'The app did not answer.');
  return note(world, mail, did, answer.status, WORDS[answer.status] ?? (answer.ok ? 'The app took it.' : 'The app refused it.'));
}

const WORDS: Record<number, string> = {
  202: 'The app took it and works on it.',
  401: 'The app did not accept the signature.',
  404: 'The app has nothing at this address.',
};

function note(world: World, mail: SandboxMail, did: Did, status: number, said: string): MailAnswer {
  const answer = { did, at: new Date().toISOString(), status, said };
  mail.answers.push(answer);
  changed(world);
  return answer;
}

async function answerMail(
  mail: SandboxMail,
  {
    text,
    subject = mail.subject.replace(/^(re: )?/i, 'Re: '),
    headers = {},
  }: { text: string; subject?: string; headers?: Record<string, string> },
): Promise<Buffer> {
  const id = headerOf(mail, 'Message-ID');
  const references = [headerOf(mail, 'References'), id].join(' ').trim();
  const composed = { from: mail.to, to: mail.from, subject, text, headers, inReplyTo: id, references };
  return new MailComposer(composed).compile().build();
}

/** One header, unfolded; names in any case. */
function headerOf({ headers }: SandboxMail, name: string): string {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return (found?.[1] ?? '').replace(/\s+/g, ' ').trim();
}

function addressIn(words: string): string {
  return /<([^>]+)>/.exec(words)?.[1] ?? words;
}
