/** Mails as they come over the line. */

export type Headers = Record<string, string | undefined>;

const DANA = 'Dana Reed <dana@peatworks.example>';
const ANA = 'Ana Alder <ana@larkspur.example>';
let count = 0;

/** A mail from Dana to Ana; headers given as undefined are left out. */
export function aMail(text: string, headers: Headers = {}): Buffer {
  count++;
  const all: Headers = {
    From: DANA,
    To: ANA,
    Subject: 'Re: Peatworks and Larkspur',
    'Message-ID': `<mail-${count}@peatworks.example>`,
    Date: 'Mon, 23 Nov 2026 12:00:00 +0000',
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  return raw(all, text);
}

/** An answer to the message with this id, which it quotes under what is new. */
export function anAnswer(messageId: string, text: string, headers: Headers = {}): Buffer {
  const quoted =
    'On Mon, 23 Nov 2026 at 10:00, Ana Alder <ana@larkspur.example> wrote:\n\n> Hello Dana,\n> answer “stop” and we will not write again.\n';
  return aMail(`${text}\n\n${quoted}`, { 'In-Reply-To': `<${messageId}>`, References: `<${messageId}>`, ...headers });
}

/** A report of a mail server (RFC 3464) on a message of ours. */
export function aBounce(
  {
    messageId,
    recipient = 'dana@peatworks.example',
    action = 'failed',
    status = '5.1.1',
    said = `550 ${status} No such user`,
    original,
  }: { messageId: string | null; recipient?: string; action?: string; status?: string; said?: string; original?: string },
  headers: Headers = {},
): Buffer {
  const parts = [
    `Content-Type: text/plain; charset=us-ascii\n\nYour message to <${recipient}> was not delivered.`,
    `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.peatworks.example\n\n${original ? `Original-Recipient: rfc822;${original}\n` : ''}Final-Recipient: rfc822; ${recipient}\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; ${said}`,
    `Content-Type: text/rfc822-headers\n\n${messageId ? `Message-ID: <${messageId}>\n` : ''}From: ${ANA}\nTo: ${DANA}\nSubject: Peatworks and Larkspur`,
  ];
  const body = `${parts.map((part) => `--B\n${part}\n`).join('\n')}\n--B--\n`;
  count++;
  const all: Headers = {
    'Return-Path': '<>',
    From: 'Mail Delivery System <mailer-daemon@mx.peatworks.example>',
    To: ANA,
    Subject: 'Undelivered Mail Returned to Sender',
    'Message-ID': `<bounce-${count}@mx.peatworks.example>`,
    'Auto-Submitted': 'auto-replied',
    'MIME-Version': '1.0',
    'Content-Type': 'multipart/report; report-type=delivery-status; boundary="B"',
    ...headers,
  };
  return raw(all, body);
}

/** A provider's report that somebody called a message of ours spam (RFC 5965). */
export function aComplaint({
  messageId,
  recipient = 'dana@peatworks.example',
  type = 'abuse',
}: {
  messageId: string | null;
  recipient?: string | null;
  type?: string;
}): Buffer {
  const parts = [
    'Content-Type: text/plain\n\nSomebody put your message into the junk folder.',
    `Content-Type: message/feedback-report\n\nFeedback-Type: ${type}\nVersion: 1\nOriginal-Mail-From: <ana@larkspur.example>\n${recipient ? `Original-Rcpt-To: <${recipient}>\n` : ''}`,
    `Content-Type: text/rfc822-headers\n\n${messageId ? `Message-ID: <${messageId}>\n` : ''}From: ${ANA}\nTo: redacted@redacted.invalid\nSubject: Peatworks and Larkspur`,
  ];
  const headers = {
    From: 'Feedback Loop <fbl@postbarn.example>',
    To: 'abuse@larkspur.example',
    Subject: 'Abuse report',
    'Content-Type': 'multipart/report; report-type=feedback-report; boundary="B"',
  };
  return aMail(`${parts.map((part) => `--B\n${part}\n`).join('\n')}\n--B--\n`, headers);
}

function raw(headers: Headers, body: string): Buffer {
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return Buffer.from(`${lines.join('\n')}\n\n${body}`.replaceAll('\n', '\r\n'));
}
