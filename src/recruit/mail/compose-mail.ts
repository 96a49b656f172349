import { createHash } from 'node:crypto';
import DKIM from 'nodemailer/lib/dkim';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from './mail.ts';

/** Signs for `domain`; `privateKey` is PEM. Source: RFC 6376. */
export type DkimKey = { domain: string; selector: string; privateKey: string };

/** Both opt-out headers must be signed (RFC 8058, section 4), beside what is signed by default. */
const SIGNED = 'from:to:subject:date:message-id:in-reply-to:references:mime-version:content-type:list-unsubscribe:list-unsubscribe-post';

/** The exact bytes of a mail: plain text only, nothing that tells us whether it was opened. The same mail gives the same bytes. Signed when a key for
 *  the sender's domain is given. */
export function createComposeMail(key: DkimKey | null): (mail: Mail) => Promise<Buffer> {
  return async (mail) => {
    const composed = await new MailComposer(partsOf(mail)).compile().build();
    const domain = mail.from.address.split('@')[1]?.toLowerCase() ?? '';
    return key && isWithin(domain, key.domain) ? signed(composed, key) : composed;
  };
}

function partsOf({ messageId, from, to, subject, text, references, optOut, date }: Mail) {
  const ways = [...(optOut.url ? [optOut.url] : []), optOut.mailto].map((way) => `<${way}>`).join(', ');
  const oneClick = optOut.url ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {};
  const ids = references.map((id) => `<${id}>`);
  return {
    messageId: `<${messageId}>`,
    from,
    to,
    subject,
    // As it goes over the line: what is kept and signed is what is sent, to the byte.
    text: text.replace(/\r?\n/g, '\r\n'),
    date,
    // nodemailer would draw a random one for a part of several lines' encoding.
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 16),
    ...(ids.length > 0 ? { inReplyTo: ids.at(-1) ?? '', references: ids } : {}),
    headers: { 'List-Unsubscribe': ways, ...oneClick },
  };
}

/** Strict or relaxed alignment with the sender's domain. Source: RFC 7489, section 3.1.1. */
function isWithin(domain: string, signing: string): boolean {
  return domain === signing || domain.endsWith(`.${signing}`);
}

async function signed(mail: Buffer, { domain, selector, privateKey }: DkimKey): Promise<Buffer> {
  const dkim = new DKIM({ domainName: domain, keySelector: selector, privateKey, headerFieldNames: SIGNED });
  const parts: Buffer[] = [];
  for await (const part of dkim.sign(mail)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
