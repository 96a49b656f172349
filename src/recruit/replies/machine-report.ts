import { networkAddress } from '../../programme/suppression/suppression.ts';
import { enhancedStatus } from '../mail/mail.ts';
import { saysFull, saysNoMailbox, saysNotDelivered } from './bounce-words.ts';
import { addressesIn, type MailHead } from './mail-head.ts';
import { addressIn, blocksOf, type DeliveryReport, deliveryIn } from './read-bounce.ts';

/** What a machine reports of a mail, before it is known which. `other` is a report on something else, such as a signature. */
export type MachineReport = {
  of: 'delivery' | 'display' | 'complaint' | 'other';
  /** The address that sends it. */
  by: string;
  /** What it says in fields, one for each address. */
  entries: DeliveryReport[];
  /** Its own words, without the mail that it returns. */
  words: string;
  /** Addresses that it may be about, the likeliest first. */
  about: string[];
  /** The sender of the mail that it returns. */
  senders: string[];
  /** Message-IDs of the mail that it is about, without angle brackets. */
  answers: string[];
  /** By its form; else only by words that people's programs may write, too. */
  isCertain: boolean;
};

/** `type`: of which the mail says that it is; `fields`: parts that are made for programs; `returned`: mails or heads that are attached; `body`:
 *  the text. */
export type ReportParts = { type: string; fields: { type: string; text: string }[]; returned: string[]; body: string };

/** Parts of a report that are made for programs. Sources: RFC 3464, 8098, 5965; RFC 6533 for `global`. */
export const FIELDS = /^message\/(?:(?:global-)?(?:delivery-status|disposition-notification)|feedback-report)$/i;
export const RETURNED = /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/i;

const MOST_ADDRESSES = 20;
/** Recipients of returned mails that are looked for in the words of a report. */
const MOST_COPIED = 200;
/** Characters and lines of its words in which it is looked for what they tell. */
const MOST_WORDS = 20_000;
const MOST_LINES = 400;

/** What a mail reports; null when it is none of a machine. */
export function reportIn(head: MailHead, { type, fields, returned, body }: ReportParts): MachineReport | null {
  const { words, copy } = parted(body);
  const heads = [...returned, ...(copy ? [copy] : [])].map(headIn);
  const inWords = addressesIn(words.slice(0, MOST_WORDS));
  const [structured] = (fields.length > 0 ? fields : [{ type, text: '' }]).flatMap((part) => fromFields(part.type, part.text) ?? []);
  const { of, isCertain } = structured ? { of: structured.of, isCertain: true } : byWords(head, words, inWords, heads);
  if (!of) return null;
  const entries = structured?.entries ?? [];
  const senders = heads.flatMap(({ from }) => from);
  const nobody = new Set([head.from.address, ...head.to, ...senders]);
  // The head of a returned mail says whom we wrote to, which is not whom the report is about when that stands elsewhere.
  const named = [entries.flatMap(({ recipients }) => recipients), [...head.failed, ...inWords], heads.flatMap(({ to }) => to)];
  const about = named.map((some) => some.filter((one) => !nobody.has(one) && !SERVANT.test(one))).find((some) => some.length > 0) ?? [];
  return {
    of,
    by: head.from.address,
    entries,
    words,
    about: [...new Set(about)].slice(0, MOST_ADDRESSES),
    senders: [...new Set([...senders, ...(structured?.senders ?? [])])].slice(0, MOST_ADDRESSES),
    answers: [...(structured?.answers ?? []), ...heads.flatMap(({ id }) => id)].slice(0, MOST_ADDRESSES),
    isCertain,
  };
}

/** Addresses at which a report offers help. */
const SERVANT = /^(?:postmaster|mailer-daemon|abuse|support|help|helpdesk|admin|administrator|hostmaster)@/;

type FromFields = Pick<MachineReport, 'of' | 'entries' | 'senders' | 'answers'>;

function fromFields(type: string, text: string): FromFields | null {
  const blocks = blocksOf(text);
  const all = (name: string) => blocks.flatMap((block) => block.get(name) ?? []);
  if (/delivery-status$/i.test(type)) {
    const entries = blocks.flatMap((block) => deliveryIn(block) ?? []);
    return entries.length > 0 ? { of: 'delivery', entries, senders: [], answers: [] } : null;
  }
  const named = ['original-recipient', 'final-recipient'].flatMap(all).flatMap((field) => addressIn(field) || []);
  const [recipient] = named;
  const entry = { status: '', hard: false };
  if (/disposition-notification$/i.test(type)) {
    const entries = recipient ? [{ ...entry, recipient, recipients: named, action: 'displayed' }] : [];
    const answers = all('original-message-id').flatMap((id) => /<([^<>\s]{3,400})>/.exec(id)?.[1] ?? []);
    return { of: 'display', entries, senders: [], answers };
  }
  // “Not spam” is the reverse of a complaint (RFC 6430), and a failed signature is nobody's word (RFC 6591).
  if (!/feedback-report$/i.test(type)) return null;
  const isComplaint = !/^(?:not-spam|auth-failure|dmarc)/i.test(all('feedback-type')[0] ?? '');
  const receivers = [...text.slice(0, 100_000).matchAll(/^original-rcpt-to\s*:([^\n]*)/gim)].flatMap(([, line = '']) => addressesIn(line));
  const entries = isComplaint ? receivers.map((one) => ({ ...entry, recipient: one, recipients: [one], action: 'complaint' })) : [];
  return { of: isComplaint ? 'complaint' : 'other', entries, senders: all('original-mail-from').flatMap(addressesIn), answers: [] };
}

type CopyHead = { id: string[]; from: string[]; to: string[] };

type ByWords = { of: MachineReport['of'] | null; isCertain: boolean };

/** Whether the words of a mail report on a delivery. A mail server's word is one; that of a sender who may be one where they return the mail,
 *  or say what a mail server says. A person says the same of an old address while they return our mail: their words are none. */
function byWords(head: MailHead, words: string, inWords: readonly string[], heads: readonly CopyHead[]): ByWords {
  if (head.isReport) return { of: 'delivery', isCertain: true };
  if (!head.mayReport) return { of: null, isCertain: false };
  const lines = words.slice(0, MOST_WORDS).split('\n', MOST_LINES);
  const isSaid = [head.subject, ...lines].some(saysNotDelivered);
  const hasCode = inWords.length > 0 && lines.some((line) => enhancedStatus(line) !== '');
  const isTelling = isSaid || hasCode || lines.some(saysNoMailbox) || lines.some(saysFull);
  if (heads.length > 0 && isTelling) return { of: 'delivery', isCertain: true };
  const named = new Set(inWords.map(networkAddress));
  const isNamed = heads
    .flatMap(({ to }) => to)
    .slice(0, MOST_COPIED)
    .some((one) => named.has(networkAddress(one)));
  return { of: isSaid || hasCode || isNamed ? 'delivery' : null, isCertain: false };
}

/** Header lines that only the source of a mail has. */
const SOURCE = /^[> \t]{0,9}(?:return-path|received|message-id|mime-version|dkim-signature)\s?:/i;

/** Others, with which the head of a copy may begin. */
const ABOVE_SOURCE = /^[> \t]{0,9}(?:from|to|cc|subject|date|x-[\w-]{1,40}|content-[\w-]{1,40})\s?:/i;

/** The text of a report, and the mail or the head of it that it repeats below. */
function parted(body: string): { words: string; copy: string | null } {
  const lines = body.slice(0, 200_000).split('\n');
  let at = lines.findIndex((line) => SOURCE.test(line.slice(0, 100)));
  if (at < 0) return { words: body, copy: null };
  while (ABOVE_SOURCE.test(lines[at - 1]?.slice(0, 100) ?? '')) at--;
  const copy = lines.slice(at, at + 200).map((line) => line.replace(/^[ \t]{0,9}>[ \t]?/, ''));
  return { words: lines.slice(0, at).join('\n'), copy: copy.join('\n') };
}

/** Who wrote which mail to whom, by the head of a copy. */
function headIn(source: string): CopyHead {
  const [fields] = blocksOf(source.replace(/^\s+/, ''));
  const of = (name: string) => addressesIn(fields?.get(name) ?? '');
  const id = /<([^<>\s]{3,400})>/.exec(fields?.get('message-id') ?? '')?.[1];
  return { id: id ? [id] : [], from: of('from'), to: [...of('to'), ...of('cc')] };
}
