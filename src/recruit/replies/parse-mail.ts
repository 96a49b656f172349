import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import { z } from 'zod';
import { MOST_BYTES } from '../mail/mail.ts';
import { FIELDS, type MachineReport, RETURNED, reportIn } from './machine-report.ts';
import { headOf, type MailHead, shown } from './mail-head.ts';
import { MOST_TEXT } from './reply.ts';
import { splitQuoted } from './split-quoted.ts';

/** Characters of HTML that are turned into text, and of text that is split. */
const MOST_SPLIT = 1_000_000;

export type IncomingMail = MailHead & {
  text: string;
  quoted: string;
  isCut: boolean;
  attachments: number;
  /** What a machine reports in it; null for all other mail. */
  report: MachineReport | null;
  /** Tells the same mail again, also when its bytes differ by the way it came: sender and Message-ID, else the content. */
  key: string;
};

/** Reads any bytes as a mail; null when they are none. Attachments are counted and left alone, no link is followed, no picture loaded. */
export async function parseMail(bytes: Buffer): Promise<IncomingMail | null> {
  const whole = await read(bytes.subarray(0, MOST_BYTES));
  const parsed = whole ?? (await read(reduced(bytes)));
  const head = parsed && headOf(parsed);
  if (!head) return null;
  const fields = parsed.attachments.filter(({ contentType }) => FIELDS.test(contentType));
  const returned = parsed.attachments.filter(({ contentType }) => RETURNED.test(contentType));
  const body = shown((parsed.text ?? '').slice(0, MOST_SPLIT));
  const report = reportIn(head, {
    type: reportTypeOf(parsed),
    fields: fields.map(({ contentType, content }) => ({ type: contentType, text: content.toString('utf8') })),
    returned: returned.map(({ content }) => content.subarray(0, MOST_HEAD).toString('latin1')),
    body,
  });
  const attached = parsed.attachments.length - (report ? fields.length + returned.length : 0);
  const { text, quoted } = splitQuoted(body);
  return {
    ...head,
    answers: [...new Set([...(report?.answers ?? []), ...head.answers])],
    isReport: head.isReport || (report?.isCertain === true && report.of !== 'display'),
    isAutomatic: head.isAutomatic || head.isReport || fields.length > 0,
    text: text.slice(0, MOST_TEXT),
    quoted: quoted.slice(0, MOST_TEXT),
    isCut:
      whole === null ||
      [text, quoted].some((part) => part.length > MOST_TEXT) ||
      (parsed.text ?? '').length > MOST_SPLIT ||
      bytes.length > MOST_BYTES ||
      Boolean(parsed.html && !parsed.text),
    attachments: attached,
    report,
    key: keyOf(head, parsed),
  };
}

/** Bytes looked at of a mail that is returned: its head. */
const MOST_HEAD = 100_000;

/** `message/delivery-status` and the like, as a report says that it is; empty for other mails. */
function reportTypeOf({ headers }: ParsedMail): string {
  const type = z.object({ params: z.object({ 'report-type': z.string() }) }).safeParse(headers.get('content-type'));
  return `message/${type.data?.params['report-type'] ?? ''}`;
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
  /^(message-id|in-reply-to|references|from|to|cc|delivered-to|x-original-to|subject|date|return-path|auto-submitted|precedence|list-id|list-unsubscribe|x-failed-recipients|x-apple-\w+)\s*:/i;
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

function keyOf({ from, messageId, subject }: MailHead, { date, text }: ParsedMail): string {
  const parts = messageId ? [from.address, messageId] : [from.address, date?.toISOString() ?? '', subject, text ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
