import type { Config } from '../config.ts';
import { checkMailbox } from '../recruit/mail/imap.ts';
import type { Check } from './doctor.ts';

/** By which way answers come back to us: a mailbox that is read, a mail service that hands them over, or none yet. */
export async function checkMailIn({ IMAP_URL, INBOUND_MAIL_SECRET }: Config): Promise<Check> {
  const name = 'mail in';
  const webhook = INBOUND_MAIL_SECRET ? 'mail is taken at /mail/inbound' : null;
  if (!IMAP_URL) {
    const words = 'set IMAP_URL or INBOUND_MAIL_SECRET; until then answers stay in the mailbox and “stop” is not heard.';
    return { name, ok: webhook !== null, words: webhook ?? words };
  }
  const { hostname } = new URL(IMAP_URL);
  try {
    const { mails } = await checkMailbox(IMAP_URL);
    return { name, ok: true, words: [`${hostname} opens the mailbox, ${mails} mails in it`, webhook].filter(Boolean).join('; ') };
  } catch (error) {
    return { name, ok: false, words: `${hostname} does not open the mailbox (${reasonOf(error)}). Correct IMAP_URL.` };
  }
}

/** What the server said, where it said something; never the address, which holds the password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const said = 'responseText' in error && typeof error.responseText === 'string' ? error.responseText : error.message;
  return said.replace(/\s+/g, ' ').slice(0, 200);
}
