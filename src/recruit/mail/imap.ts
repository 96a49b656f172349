import type { ImapFlow } from 'imapflow';
import type { Deps } from '../../deps.ts';
import { type MailboxPlace, type MailboxVisitor, MOST_BYTES } from './mail.ts';

const TIMEOUT_MS = 20_000;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** Heads asked for at once, and in one visit. */
const BATCH = 50;
const MOST_A_VISIT = 500;
/** Bytes of a head; the rest of a longer one is not read. */
const MOST_HEAD = 200_000;
/** At the first visit, mails that came in so many days before. */
const FIRST_DAYS = 14;

/** Reads the new mails of one mailbox, the oldest first, a bounded number a visit. Opens it read-only: no flag is changed, nothing is moved. The
 *  line is encrypted, or on loopback. Throws what the server or the visitor throws; the place stays where `reached` heard of last. */
export function createReadMailbox(imapUrl: string | undefined): Deps['readMailbox'] {
  if (!imapUrl) return null;
  const { path, connect } = mailboxAt(imapUrl);
  const read = async (from: MailboxPlace | null, visitor: MailboxVisitor): Promise<void> => {
    const client = await connect();
    try {
      const { uidValidity, uidNext, exists } = await client.mailboxOpen(path, { readOnly: true });
      const validity = String(uidValidity);
      const isKnown = from?.validity === validity;
      const uids = exists === 0 ? [] : await newUids(client, isKnown ? from.lastUid : null);
      await readAll(client, uids.slice(0, MOST_A_VISIT), validity, visitor);
      // What is expunged leaves gaps; nothing new below this number will ever come.
      if (uids.length <= MOST_A_VISIT) await visitor.reached({ validity, lastUid: Math.max(uidNext - 1, uids.at(-1) ?? 0) });
      await client.logout();
    } finally {
      client.close();
    }
  };
  return { name: nameOf(imapUrl), read };
}

/** For `doctor`: logs in and opens the mailbox; throws what the server says. */
export async function checkMailbox(imapUrl: string): Promise<{ mails: number }> {
  const { path, connect } = mailboxAt(imapUrl);
  const client = await connect();
  try {
    const { exists } = await client.mailboxOpen(path, { readOnly: true });
    return { mails: exists };
  } finally {
    client.close();
  }
}

function mailboxAt(imapUrl: string): { path: string; connect: () => Promise<ImapFlow> } {
  const { protocol, hostname, port, username, password, pathname } = new URL(imapUrl);
  const secure = protocol === 'imaps:';
  const connect = async () => {
    // With the first visit, so that starting does not pay for it.
    const { ImapFlow } = await import('imapflow');
    const client = new ImapFlow({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (secure ? 993 : 143),
      secure,
      // A password never crosses a network unencrypted.
      doSTARTTLS: secure ? undefined : !LOOPBACK.has(hostname),
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      maxLiteralSize: 2 * MOST_BYTES,
    });
    // An error on an idle line also makes the next command fail, which is where it is heard.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  return { path: decodeURIComponent(pathname.slice(1)) || 'INBOX', connect };
}

/** Without the password. */
function nameOf(imapUrl: string): string {
  const { hostname, port, username, pathname } = new URL(imapUrl);
  return `${username}@${hostname}${port ? `:${port}` : ''}${pathname.length > 1 ? pathname : '/INBOX'}`;
}

/** In rising order. */
async function newUids(client: ImapFlow, after: number | null): Promise<number[]> {
  const query = after === null ? { since: new Date(Date.now() - FIRST_DAYS * 86_400_000) } : { uid: `${after + 1}:*` };
  const found = await client.search(query, { uid: true });
  // `n:*` always names the last mail, also when it is older. Source: RFC 3501, section 6.4.8.
  return (found || []).filter((uid) => uid > (after ?? 0)).sort((a, b) => a - b);
}

async function readAll(
  client: ImapFlow,
  uids: readonly number[],
  validity: string,
  { wants, take, reached }: MailboxVisitor,
): Promise<void> {
  for (let from = 0; from < uids.length; from += BATCH) {
    const batch = uids.slice(from, from + BATCH);
    const query = { uid: true, internalDate: true, bodyParts: [{ key: 'header', maxLength: MOST_HEAD }] };
    const heads = await client.fetchAll(batch.join(','), query, { uid: true });
    for (const { uid, headers = Buffer.alloc(0), internalDate } of heads.toSorted((a, b) => a.uid - b.uid)) {
      const mail = { place: { validity, lastUid: uid }, receivedAt: internalDate ? new Date(internalDate) : new Date() };
      if (await wants(headers, mail)) {
        const whole = await client.fetchOne(String(uid), { source: { maxLength: MOST_BYTES + 1 } }, { uid: true });
        // Gone meanwhile: somebody deleted it.
        const source = whole ? whole.source : undefined;
        if (source) await take(source, mail);
      }
      await reached(mail.place);
    }
  }
}
