import { createHash } from 'node:crypto';
import type { AddressObject, HeaderLines, ParsedMail } from 'mailparser';
import { MOST_BYTES } from '../mail/mail.ts';
import { bounceIn, type DeliveryReport, returnedMessageId } from './read-bounce.ts';
import { MOST_TEXT } from './reply.ts';
import { splitQuoted } from './split-quoted.ts';

/** Characters of HTML that are turned into text, and of text that is split. */
const MOST_SPLIT = 1_000_000;

/** What a mail says of itself. Ids are without angle brackets, addresses in lower case. Nothing in it is trusted. */
export type MailHead = {
  messageId: string | null;
  /** What it answers, the nearest first. */
  answers: string[];
  from: { name: string; address: string };
  /** To and Cc, and whom the mail server delivered it to. */
  to: string[];
  subject: string;
  /** Sent by a program. Source: RFC 3834, sections 3.3 and 5, and what older programs write. */
  isAutomatic: boolean;
  /** Sent to many: a newsletter or a mailing list. */
  isBulk: boolean;
  /** Says that it reports on a delivery. */
  isReport: boolean;
};

export type IncomingMail = MailHead & {
  text: string;
  quoted: string;
  isCut: boolean;
  attachments: number;
  bounce: DeliveryReport | null;
  /** Tells the same mail again, also when its bytes differ by the way it came: sender and Message-ID, else the content. */
  key: string;
};

/** Reads any bytes as a mail; null when they are none. Attachments are counted and left alone, no link is followed, no picture loaded. */
export async function parseMail(bytes: Buffer): Promise<IncomingMail | null> {
  const whole = await read(bytes.subarray(0, MOST_BYTES));
  const parsed = whole ?? (await read(reduced(bytes)));
  const head = parsed && headOf(parsed);
  if (!head) return null;
  const reports = parsed.attachments.filter(({ contentType }) => /^message\/(global-)?delivery-status$/i.test(contentType));
  const returned = parsed.attachments.filter(({ contentType }) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/global-headers)$/i.test(contentType),
  );
  const bounce = bounceIn(reports.map(({ content }) => content.toString('utf8')));
  const original = bounce && returned.flatMap(({ content }) => returnedMessageId(content.toString('latin1')) ?? []);
  const attached = parsed.attachments.length - (bounce ? reports.length + returned.length : 0);
  const body = parsed.text ?? '';
  const { text, quoted } = splitQuoted(shown(body.slice(0, MOST_SPLIT)));
  return {
    ...head,
    answers: [...(original ?? []), ...head.answers],
    isReport: head.isReport || bounce !== null,
    text: text.slice(0, MOST_TEXT),
    quoted: quoted.slice(0, MOST_TEXT),
    isCut:
      whole === null ||
      [text, quoted].some((part) => part.length > MOST_TEXT) ||
      body.length > MOST_SPLIT ||
      bytes.length > MOST_BYTES ||
      Boolean(parsed.html && !parsed.text),
    attachments: attached,
    bounce,
    key: keyOf(head, parsed),
  };
}

/** The head alone, from the header lines of a mail; null when they are none. */
export async function parseHead(headers: Buffer): Promise<MailHead | null> {
  const bytes = Buffer.concat([headers.subarray(0, MOST_BYTES), Buffer.from('\r\n\r\n')]);
  const parsed = (await read(bytes)) ?? (await read(reduced(bytes)));
  return parsed && headOf(parsed);
}

/** Of a mail that the parser gives up on, so much is looked at. */
const MOST_REDUCED = 1_000_000;
/** Header lines that say who answers what, and whether a program did. */
const TELLING =
  /^(message-id|in-reply-to|references|from|to|cc|delivered-to|x-original-to|subject|date|return-path|auto-submitted|precedence|list-id|list-unsubscribe)\s*:/i;
const MOST_TELLING = 50;

/** A mail of so many parts or header lines that the parser refuses it, made small: its telling header lines, and the beginning of the rest as
 *  plain text. Whoever writes “stop” in one is heard. */
function reduced(bytes: Buffer): Buffer {
  const raw = bytes.subarray(0, MOST_REDUCED).toString('latin1');
  const end = /\r?\n\r?\n/.exec(raw);
  const lines = (end ? raw.slice(0, end.index) : raw).split(/\r?\n(?![ \t])/).filter((line) => TELLING.test(line.slice(0, 100)));
  const head = lines.slice(0, MOST_TELLING).map((line) => (line.length > 2_000 ? `${line.slice(0, 1_000)} ${line.slice(-1_000)}` : line));
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${end ? raw.slice(end.index + end[0].length) : ''}`, 'latin1');
}

/** Null for what the parser gives up on. */
async function read(bytes: Buffer): Promise<ParsedMail | null> {
  // With the first mail, so that starting does not pay for it.
  const { simpleParser } = await import('mailparser');
  try {
    return await simpleParser(bytes, {
      skipImageLinks: true,
      skipTextLinks: true,
      skipTextToHtml: true,
      keepDeliveryStatus: true,
      maxHtmlLengthToParse: MOST_SPLIT,
    });
  } catch {
    return null;
  }
}

function headOf(mail: ParsedMail): MailHead | null {
  const [from] = addresses(mail.from);
  const lines = headerValues(mail.headerLines);
  const id = idsIn(mail.messageId ?? '')[0] ?? null;
  const address = from?.address ?? '';
  if (!from && id === null) return null;
  const answers = [...idsIn(mail.inReplyTo ?? ''), ...idsIn([mail.references ?? []].flat().join(' ')).reverse()];
  const delivered = ['delivered-to', 'x-original-to'].flatMap((name) => lines.get(name) ?? []).map((line) => line.trim().toLowerCase());
  const type = (lines.get('content-type') ?? []).join().toLowerCase();
  return {
    messageId: id,
    answers: [...new Set(answers)].slice(0, 50),
    from: { name: inOneLine(from?.name ?? '').slice(0, 200), address },
    to: [...new Set([...addresses(mail.to), ...addresses(mail.cc)].map((one) => one.address).concat(delivered))].filter(Boolean),
    subject: inOneLine(mail.subject ?? '').slice(0, 500),
    isAutomatic: isAutomatic(lines),
    isBulk: isBulk(lines),
    isReport: isReport(type, address, mail.subject ?? '', lines),
  };
}

/** A report on a delivery is one by its type, or comes from a mail server. A receipt is a report too, of somebody who read it; and people
 *  write as postmaster. */
function isReport(type: string, address: string, subject: string, lines: ReadonlyMap<string, string[]>): boolean {
  if (/multipart\/report/.test(type)) return !isReceipt(type);
  if (/^mailer-daemon@/.test(address)) return true;
  return /^postmaster@/.test(address) && (isAutomatic(lines) || /undeliver|returned mail|failure|delivery status/i.test(subject));
}

function isReceipt(type: string): boolean {
  return /multipart\/report/.test(type) && /disposition-notification/.test(type);
}

function isAutomatic(lines: ReadonlyMap<string, string[]>): boolean {
  // Nobody is to answer it. Source: RFC 3834, section 3.3; RFC 5321, section 4.5.5.
  if ((lines.get('return-path') ?? []).some((path) => path.trim() === '<>')) return true;
  if ((lines.get('content-type') ?? []).some((type) => isReceipt(type.toLowerCase()))) return true;
  const submitted = lines.get('auto-submitted') ?? [];
  if (submitted.some((value) => !/^\s*no\b/i.test(value))) return true;
  if (['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-autoresponder'].some((name) => lines.has(name))) return true;
  if ((lines.get('x-apple-action') ?? []).some((value) => /vacation/i.test(value))) return true;
  return (lines.get('precedence') ?? []).some((value) => /auto_reply/i.test(value));
}

function isBulk(lines: ReadonlyMap<string, string[]>): boolean {
  if (lines.has('list-id') || lines.has('list-unsubscribe')) return true;
  return !isAutomatic(lines) && (lines.get('precedence') ?? []).some((value) => /bulk|list|junk/i.test(value));
}

function addresses(given: AddressObject | AddressObject[] | undefined): { name: string; address: string }[] {
  const all = [given ?? []].flat().flatMap(({ value }) => value);
  return all
    .flatMap((one) => [one, ...(one.group ?? [])])
    .flatMap(({ name, address }) => (address ? [{ name, address: address.trim().toLowerCase() }] : []));
}

function headerValues(lines: HeaderLines): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { key, line } of lines) {
    const known = values.get(key) ?? [];
    known.push(line.slice(line.indexOf(':') + 1).trim());
    values.set(key, known);
  }
  return values;
}

/** Message-IDs in a header. Source: RFC 5322, section 3.6.4; a bare one is taken as it stands. */
function idsIn(header: string): string[] {
  const bracketed = [...header.matchAll(/<([^<>\s]{3,400})>/g)].flatMap(([, id]) => id ?? []);
  return bracketed.length > 0 ? bracketed : header.split(/\s+/).filter((id) => /^[^<>\s]+@[^<>\s]+$/.test(id));
}

function keyOf({ from, messageId, subject }: MailHead, { date, text }: ParsedMail): string {
  const parts = messageId ? [from.address, messageId] : [from.address, date?.toISOString() ?? '', subject, text ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Without what hides or reorders other characters, or breaks a store: control characters, direction overrides, half surrogate pairs. */
function shown(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\u00ad\u180e\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu, '')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}

function inOneLine(text: string): string {
  return shown(text).replace(/\s+/g, ' ').trim();
}
