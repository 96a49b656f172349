import { addHours } from 'date-fns';
import type { AddressObject, HeaderLines, ParsedMail } from 'mailparser';
import { saysNotDelivered } from './bounce-words.ts';

/** What a mail says of itself. Ids are without angle brackets, addresses in lower case. Nothing in it is trusted. */
export type MailHead = {
  messageId: string | null;
  /** What it answers, the nearest first. */
  answers: string[];
  from: { name: string; address: string };
  /** To and Cc, and whom the mail server delivered it to. */
  to: string[];
  subject: string;
  /** When it was written, as it says. */
  date: Date | null;
  /** Sent by a program. Source: RFC 3834, sections 3.3 and 5, and what older programs write. */
  isAutomatic: boolean;
  /** Sent to many: a newsletter or a mailing list. */
  isBulk: boolean;
  /** Says that it reports on a delivery, or on a complaint. */
  isReport: boolean;
  /** Comes from a sender that may be a mail server or a provider: its words tell whether it reports. */
  mayReport: boolean;
  /** Addresses that a mail server names in its head as failed. */
  failed: string[];
  /** A person pressed *Unsubscribe*, and their mail program wrote this for them. */
  isUnsubscribe: boolean;
  /** The head says that somebody is away, perhaps until when. */
  away: { until: Date | null } | null;
};

/** Null when the lines are none of a mail. */
export function headOf(mail: ParsedMail): MailHead | null {
  const [from] = addresses(mail.from);
  const lines = headerValues(mail.headerLines);
  const id = idsIn(mail.messageId ?? '')[0] ?? null;
  const address = from?.address ?? '';
  if (!from && id === null) return null;
  const answers = [...idsIn(mail.inReplyTo ?? ''), ...idsIn([mail.references ?? []].flat().join(' ')).reverse()];
  const delivered = ['delivered-to', 'x-original-to'].flatMap((name) => lines.get(name) ?? []).map((line) => line.trim().toLowerCase());
  const type = (lines.get('content-type') ?? []).join().toLowerCase();
  const subject = inOneLine(mail.subject ?? '').slice(0, 500);
  const isAutomatic = isAutomaticHead(lines);
  const failed = [...new Set((lines.get('x-failed-recipients') ?? []).flatMap(addressesIn))];
  return {
    messageId: id,
    answers: [...new Set(answers)].slice(0, 50),
    from: { name: inOneLine(from?.name ?? '').slice(0, 200), address },
    to: [...new Set([...addresses(mail.to), ...addresses(mail.cc)].map((one) => one.address).concat(delivered))].filter(Boolean),
    subject,
    date: mail.date && !Number.isNaN(mail.date.getTime()) ? mail.date : null,
    isAutomatic,
    isBulk: isBulk(lines),
    isReport: isReport(type, address, subject, lines) || failed.length > 0,
    mayReport: isAutomatic || MACHINE.test(address) || MACHINE_NAME.test(from?.name ?? ''),
    failed,
    isUnsubscribe: lines.has('x-apple-unsubscribe'),
    away: awayIn(lines),
  };
}

/** Names under which mail servers and providers write. */
const MACHINE =
  /^(?:mail(?:er)?[-_.]?(?:daemon|system|delivery|admin)|daemon|postmaster|mdaemon|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?|ndr|system|administrator|fbl|abuse|complaints?|feedback)(?:[-_.+=][^@]{0,60})?@/;
const MACHINE_NAME = /mail delivery|delivery (?:sub)?system|mailer.daemon|postmaster|system administrator/i;

/** A report on a delivery is one by its type, or comes from a mail server. A receipt is a report too, of somebody who read it; and people
 *  write as postmaster. */
function isReport(type: string, address: string, subject: string, lines: Lines): boolean {
  if (/multipart\/report/.test(type)) return !isReceipt(type);
  if (/^mailer-daemon@/.test(address) || lines.has('x-ms-exchange-message-is-ndr') || lines.has('x-ms-embedded-report')) return true;
  if (!/^postmaster@/.test(address)) return false;
  return isAutomaticHead(lines) || /undeliver|returned mail|failure|delivery status/i.test(subject) || saysNotDelivered(subject);
}

function isReceipt(type: string): boolean {
  return /multipart\/report/.test(type) && /disposition-notification/.test(type);
}

/** Headers that programs write when they answer for somebody, each in its own spelling; one that asks others not to is no sign. */
const ANSWERS_BY_ITSELF =
  /^x-(?:\w{1,20}-)?(?:auto-?(?:reply|respon[ds]|generated|submitted|answer)|vacation|machinegenerated)(?!\w{0,10}-suppress)/;

function isAutomaticHead(lines: Lines): boolean {
  const says = (name: string, pattern: RegExp) => (lines.get(name) ?? []).some((value) => pattern.test(value));
  // Nobody is to answer it. Source: RFC 3834, section 3.3; RFC 5321, section 4.5.5. Some programs leave the brackets out.
  if (says('return-path', /^\s*(?:<\s*>)?\s*$/)) return true;
  if ((lines.get('content-type') ?? []).some((type) => isReceipt(type.toLowerCase()))) return true;
  if (says('auto-submitted', /^(?!\s*no\b)/i)) return true;
  if ([...lines.keys()].some((name) => ANSWERS_BY_ITSELF.test(name))) return true;
  if (says('x-apple-action', /vacation/i) || says('x-post-messageclass', /autoresponder/i)) return true;
  return ['precedence', 'x-precedence'].some((name) => says(name, /auto[-_]?reply|vacation/i));
}

/** Programs that answer for people who are away say so in headers of their own; Apple's with the last moment of it. */
function awayIn(lines: Lines): MailHead['away'] {
  const named = [...lines].filter(
    ([name]) => ANSWERS_BY_ITSELF.test(name) || /^(?:auto-submitted|x-apple-(?:action|criteria))$/.test(name),
  );
  const isAway = named.some(([name, values]) => /vacation|out.?of.?office/i.test([name, ...values].join(' ').slice(0, 1000)));
  if (!isAway) return null;
  const end = /endDate=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)/.exec((lines.get('x-apple-criteria') ?? []).join().slice(0, 1000));
  const last = end?.[1] ? new Date(end[1]) : null;
  // A second before midnight where they are: half a day later it is the day they are back, wherever that is.
  return { until: last && !Number.isNaN(last.getTime()) ? dayOf(addHours(last, 12)) : null };
}

function isBulk(lines: Lines): boolean {
  if (lines.has('list-id') || lines.has('list-unsubscribe')) return true;
  return !isAutomaticHead(lines) && (lines.get('precedence') ?? []).some((value) => /bulk|list|junk/i.test(value));
}

function addresses(given: AddressObject | AddressObject[] | undefined): { name: string; address: string }[] {
  const all = [given ?? []].flat().flatMap(({ value }) => value);
  return all
    .flatMap((one) => [one, ...(one.group ?? [])])
    .flatMap(({ name, address }) => (address ? [{ name, address: address.trim().toLowerCase() }] : []));
}

type Lines = ReadonlyMap<string, string[]>;

function headerValues(lines: HeaderLines): Lines {
  const values = new Map<string, string[]>();
  for (const { key, line } of lines) {
    const known = values.get(key) ?? [];
    known.push(line.slice(line.indexOf(':') + 1).trim());
    values.set(key, known);
  }
  return values;
}

function dayOf(moment: Date): Date {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()));
}

/** Wide marks stand around addresses in East Asian texts. */
const ADDRESS = /[^\s<>"'(),;:@[\]\u3000-\u303f\uff00-\uffef]{1,64}@[^\s<>"'(),;:@[\]\u3000-\u303f\uff00-\uffef]{1,190}/g;

/** What stands in a text like an address, in lower case. */
export function addressesIn(text: string): string[] {
  return (text.match(ADDRESS) ?? []).map((one) => one.replace(/[.…]+$/, '').toLowerCase());
}

/** Message-IDs in a header. Source: RFC 5322, section 3.6.4; a bare one is taken as it stands. */
function idsIn(header: string): string[] {
  const bracketed = [...header.matchAll(/<([^<>\s]{3,400})>/g)].flatMap(([, id]) => id ?? []);
  return bracketed.length > 0 ? bracketed : header.split(/\s+/).filter((id) => /^[^<>\s]+@[^<>\s]+$/.test(id));
}

/** Without what hides or reorders other characters, or breaks a store: control characters, direction overrides, half surrogate pairs. */
export function shown(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\u00ad\u180e\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu, '')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}

function inOneLine(text: string): string {
  return shown(text).replace(/\s+/g, ' ').trim();
}
