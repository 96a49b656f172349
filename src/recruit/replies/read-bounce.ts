import { networkAddress } from '../../programme/suppression/suppression.ts';
import { enhancedStatus, isNoMailbox } from '../mail/mail.ts';
import type { BounceReport } from './reply.ts';

/** `recipients`: the address it was sent to and the one it failed for, which a forwarding makes another. */
export type DeliveryReport = BounceReport & { recipients: string[] };

/** What a report on a delivery says of its recipient: the worst of those it names. Null when nothing failed or was put off. Sources: RFC 3464,
 *  section 2.3; RFC 3463, section 3. */
export function bounceIn(reports: readonly string[]): DeliveryReport | null {
  const found = reports.flatMap((report) => blocksOf(report).flatMap((fields) => recipientIn(fields) ?? []));
  return found.find(({ hard }) => hard) ?? found.find(({ action }) => action === 'failed') ?? found[0] ?? null;
}

/** What a report says of the address we wrote to. One on another address, such as that of a forwarding, says nothing against ours. */
export function bounceOf({ recipients, ...report }: DeliveryReport, writtenTo: string): BounceReport {
  return { ...report, hard: report.hard && recipients.some((address) => networkAddress(address) === networkAddress(writtenTo)) };
}

/** The Message-ID of ours in the returned mail, or in its headers; without angle brackets. */
export function returnedMessageId(returned: string): string | null {
  const [head = ''] = returned.split(/\r?\n\r?\n/, 1);
  return /^message-id:\s*<([^<>\s]{3,400})>/im.exec(head.slice(0, 100_000))?.[1] ?? null;
}

/** Fields of each block; blocks are parted by empty lines, a field goes on in lines that begin with a space. */
function blocksOf(report: string): Map<string, string>[] {
  const unfolded = report
    .slice(0, 100_000)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ');
  return unfolded.split(/\n{2,}/).map((block) => {
    const fields = block.split('\n').flatMap((line) => {
      const found = /^([a-z-]{2,60}):\s*(.*)$/i.exec(line);
      return found?.[1] ? [[found[1].toLowerCase(), (found[2] ?? '').trim()] as const] : [];
    });
    return new Map(fields);
  });
}

function recipientIn(fields: ReadonlyMap<string, string>): DeliveryReport | null {
  const action = (fields.get('action') ?? '').toLowerCase();
  const said = fields.get('diagnostic-code') ?? '';
  const status = statusIn(fields.get('status') ?? '', said);
  const recipients = ['original-recipient', 'final-recipient'].flatMap((name) => addressIn(fields.get(name) ?? '') || []);
  const [recipient] = recipients;
  if (!recipient || (action !== 'failed' && action !== 'delayed')) return null;
  return { recipient, action, status, hard: action === 'failed' && isNoMailbox(status, said), recipients };
}

/** Some servers report every failure as 5.0.0, “undefined”, and leave the code to the words of the other side. */
function statusIn(field: string, said: string): string {
  const status = enhancedStatus(field);
  return (status === '5.0.0' && enhancedStatus(said)) || status;
}

/** `rfc822; dana@example.com`, in lower case; empty when there is none. */
function addressIn(field: string): string {
  const address = field
    .slice(field.indexOf(';') + 1)
    .trim()
    .replace(/^<|>$/g, '');
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address.toLowerCase() : '';
}
