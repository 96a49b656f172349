import { networkAddress } from '../../programme/suppression/suppression.ts';
import { enhancedStatus, isNoMailbox } from '../mail/mail.ts';
import { saysArrived, saysDelayed, saysFull, saysNoMailbox, saysNotDelivered } from './bounce-words.ts';
import { addressesIn } from './mail-head.ts';
import type { BounceReport } from './reply.ts';

/** `recipients`: the address it was sent to and the one it failed for, which a forwarding makes another. */
export type DeliveryReport = BounceReport & { recipients: string[] };

/** What a report says in fields of the address we wrote to; of several entries the worst. One on another address, such as that of a
 *  forwarding, says nothing against ours. Null when it has no fields. */
export function bounceOf(entries: readonly DeliveryReport[], writtenTo: string): BounceReport | null {
  const isOurs = ({ recipients }: DeliveryReport) => recipients.some((address) => isSame(address, writtenTo));
  const ours = entries.filter(isOurs);
  const pool = ours.length > 0 ? ours : entries;
  const worst = pool.find(({ hard }) => hard) ?? pool.find(({ action }) => action === 'failed') ?? pool.find(isOpen) ?? pool[0];
  if (!worst) return null;
  const { recipients, ...report } = worst;
  return { ...report, hard: report.hard && isOurs(worst) };
}

const isOpen = ({ action }: DeliveryReport) => action === 'delayed';
export const isSame = (one: string, other: string): boolean => networkAddress(one) === networkAddress(other);

/** Characters, lines and characters of a line that are read of a report in words. */
const MOST_WORDS = 20_000;
const MOST_LINES = 400;
const LONGEST_LINE = 500;
/** A line that begins with an address or a code begins what is said of that address. */
const BEGINS_ENTRY = /^[\s"'<(*•·-]{0,20}(?:[^\s<>"'(),;:@[\]]{1,64}@|[245]\d\d[ -]|(?:to|for|an|a|para|recipient|address)\s?:)/iu;
/** An SMTP reply that may pass. Source: RFC 5321, section 4.2.1. */
const MAY_PASS = /(?<![\d.:-])4\d\d(?=[ -])/;
const FOR_GOOD = /(?<![\d.:-])5\d\d(?=[ -])/;

/** What a report in words says of the address we wrote to: the lines about it, up to those about another. `isTheirs` is false for sentences of
 *  ours, which it may repeat. `sentence` is the line that decides. */
export function readWords(
  { words, about }: { words: string; about: string[] },
  { subject, writtenTo }: { subject: string; writtenTo: string },
  isTheirs: (sentence: string) => boolean,
): BounceReport & { sentence: string } {
  const lines = words.slice(0, MOST_WORDS).split('\n', MOST_LINES);
  const { ours, anybodys } = partedBy(
    lines.map((line) => line.slice(0, LONGEST_LINE).trimEnd()).filter(isTheirs),
    about.filter((address) => !isSame(address, writtenTo)),
    writtenTo,
  );
  const isNamed = ours.length > 0 || about.some((address) => isSame(address, writtenTo));
  const [other] = about;
  const own = readLines(ours);
  const rest = isNamed ? [...anybodys, ...ours] : lines;
  const read = own.status || own.telling ? own : readLines(rest);
  const isDelayed = !read.status.startsWith('5') && (read.status.startsWith('4') || [subject, ...ours, ...anybodys].some(saysDelayed));
  const hasArrived =
    !read.status.startsWith('5') && !read.telling && !isDelayed && [subject, ...lines].some(saysArrived) && !lines.some(saysNotDelivered);
  return {
    recipient: isNamed || !other ? writtenTo : other,
    action: isDelayed ? 'delayed' : hasArrived || read.status.startsWith('2') ? 'delivered' : 'failed',
    status: read.status,
    hard: (isNamed || !other) && !isDelayed && read.hard,
    sentence: (read.telling ?? lines.find((line) => line.trim()) ?? subject).trim(),
  };
}

/** Lines about our address, and those about nobody by name. */
function partedBy(lines: readonly string[], others: readonly string[], writtenTo: string): { ours: string[]; anybodys: string[] } {
  const isOther = new Set(others);
  const parts = { ours: [] as string[], anybodys: [] as string[], theirs: [] as string[] };
  let owner: keyof typeof parts = 'anybodys';
  for (const line of lines) {
    const named = addressesIn(line);
    if (named.some((address) => isSame(address, writtenTo))) owner = 'ours';
    else if (BEGINS_ENTRY.test(line) && named.some((address) => isOther.has(address))) owner = 'theirs';
    parts[owner].push(line);
  }
  return parts;
}

function readLines(lines: readonly string[]): { status: string; hard: boolean; telling: string | null } {
  const codes = lines.flatMap((line) => {
    const status = enhancedStatus(line);
    return status ? [{ status, line }] : [];
  });
  const told = ['5', '4', '2'].flatMap((kind) => codes.find(({ status }) => status.startsWith(kind)) ?? [])[0];
  // A sentence may go on in the next line.
  const spoken = lines.map((line, at) => (/[.:;!?。]$/.test(line) ? line : `${line} ${lines[at + 1] ?? ''}`));
  const noMailbox = lines.find(saysNoMailbox) ?? spoken.find(saysNoMailbox);
  const mayPass = lines.some((line) => MAY_PASS.test(line)) && !lines.some((line) => FOR_GOOD.test(line));
  const hard = told
    ? isNoMailbox(told.status, spoken.join(' ')) || (VAGUE.has(told.status) && noMailbox !== undefined)
    : noMailbox !== undefined && !mayPass && !lines.some(saysFull);
  const telling = told?.line ?? noMailbox ?? lines.find(saysFull) ?? lines.find((line) => FOR_GOOD.test(line) || MAY_PASS.test(line));
  return { status: told?.status ?? '', hard, telling: telling ?? null };
}

/** Codes that say no more than “failed”. Source: RFC 3463, section 3.1. */
const VAGUE = new Set(['5.0.0', '5.1.0', '5.5.0']);

/** Fields of each block; blocks are parted by empty lines, a field goes on in lines that begin with a space. */
export function blocksOf(report: string): Map<string, string>[] {
  const unfolded = report
    .slice(0, 100_000)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ');
  return unfolded.split(/\n{2,}/).map((block) => {
    const fields = block.split('\n').flatMap((line) => {
      const found = /^([a-z-]{2,60})\s{0,3}:\s*(.*)$/i.exec(line);
      return found?.[1] ? [[found[1].toLowerCase(), (found[2] ?? '').trim()] as const] : [];
    });
    return new Map(fields);
  });
}

/** Sources: RFC 3464, section 2.3; RFC 3463, section 3. */
export function deliveryIn(fields: ReadonlyMap<string, string>): DeliveryReport | null {
  const said = fields.get('diagnostic-code') ?? '';
  const status = statusIn(fields.get('status') ?? '', said);
  const recipients = ['original-recipient', 'final-recipient'].flatMap((name) => addressIn(fields.get(name) ?? '') || []);
  const [recipient] = recipients;
  const byStatus = status.startsWith('5') ? 'failed' : status.startsWith('4') ? 'delayed' : 'delivered';
  const action = fields.get('action')?.toLowerCase() ?? (status && byStatus);
  if (!recipient || !action) return null;
  const hard = action === 'failed' && (isNoMailbox(status, said) || (VAGUE.has(status) && saysNoMailbox(said)));
  return { recipient, action, status, hard, recipients };
}

/** Some servers report every failure as 5.0.0, “undefined”, and leave the code to the words of the other side. */
function statusIn(field: string, said: string): string {
  const status = enhancedStatus(field);
  return (status === '5.0.0' && enhancedStatus(said)) || status;
}

/** `rfc822; dana@example.com`, in lower case; empty when there is none. */
export function addressIn(field: string): string {
  const address = field
    .slice(field.indexOf(';') + 1)
    .trim()
    .replace(/^<|>$/g, '');
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address.toLowerCase() : '';
}
