import type { BounceReport } from './reply.ts';

/** What a report on a delivery says of its recipient: the worst of those it names. Null when nothing failed or was put off. Sources: RFC 3464,
 *  section 2.3; RFC 3463, section 3. */
export function bounceIn(reports: readonly string[]): BounceReport | null {
  const found = reports.flatMap((report) => blocksOf(report).flatMap((fields) => recipientIn(fields) ?? []));
  return found.find(({ hard }) => hard) ?? found.find(({ action }) => action === 'failed') ?? found[0] ?? null;
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

function recipientIn(fields: ReadonlyMap<string, string>): BounceReport | null {
  const action = (fields.get('action') ?? '').toLowerCase();
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1] ?? '';
  const recipient = addressIn(fields.get('original-recipient') ?? '') || addressIn(fields.get('final-recipient') ?? '');
  if (!recipient || (action !== 'failed' && action !== 'delayed')) return null;
  return { recipient, action, status, hard: action === 'failed' && isNoMailbox(status) };
}

/** `rfc822; dana@example.com`, in lower case; empty when there is none. */
function addressIn(field: string): string {
  const address = field
    .slice(field.indexOf(';') + 1)
    .trim()
    .replace(/^<|>$/g, '');
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address.toLowerCase() : '';
}

/** Permanent failures that say nothing against the address: a full mailbox, a mail too large, a system, a protocol, a content or a policy. */
const NOT_THE_ADDRESS = /^5\.(2\.[23]|[3567]\.)/;

function isNoMailbox(status: string): boolean {
  return status.startsWith('5.') && !NOT_THE_ADDRESS.test(status);
}
