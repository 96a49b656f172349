import { addMinutes, subDays } from 'date-fns';
import { isFreeMail, registrableDomain } from '../../programme/companies/domain-name.ts';
import { networkAddress } from '../../programme/suppression/suppression.ts';
import type { OptOutLink } from '../opt-out/opt-out-link-repository.ts';
import type { Draft } from '../outreach/draft.ts';
import { findDraftByMessageId, findDraftByToken, findDraftToAddress } from '../outreach/draft-repository.ts';
import type { MailHead } from './mail-head.ts';
import type { IncomingMail } from './parse-mail.ts';
import type { Reply } from './reply.ts';

/** A mail that names none of ours counts as an answer for so long: after that, people write about other things. */
const ADDRESS_DAYS = 60;
/** Clocks of mail servers differ. */
const SLACK_MINUTES = 5;

/** `writtenTo`: the address our message went to. */
export type Match = { draft: Draft; by: Reply['matchedBy']; writtenTo: string };

/** Of a head alone, what the mail reports is not known yet. */
type Seen = MailHead & Partial<Pick<IncomingMail, 'report'>>;

/** Hears of how many workspaces could be meant by a mail that only its address could match, and that is therefore nobody's. */
export type OnAmbiguous = (workspaces: number) => void;

/** Which message of ours a mail answers: by the Message-IDs it names, the nearest first, else by the address we wrote to, when ours is among
 *  its recipients. Null for everybody else's mail, when several workspaces could be meant, for newsletters that name none of ours, and for our own copies. */
export async function matchMail(mail: Seen, receivedAt: Date, onAmbiguous: OnAmbiguous): Promise<Match | null> {
  const named = await byMessageId(mail.answers);
  const by = named ? 'message-id' : 'address';
  const draft = named ?? (await byAddress(mail, receivedAt, onAmbiguous));
  return draft && !isOwnCopy(mail, draft) ? { draft, by, writtenTo: recipientOf(draft, mail) } : null;
}

/** The contact, unless the mail answers an attempt of unknown fate from before the contact was changed. */
function recipientOf({ contact, doubts }: Draft, { answers, from, report }: Seen): string {
  const named = doubts.find(({ messageId }) => answers.includes(messageId));
  const writers = new Set([...(report?.about ?? []), from.address].map(networkAddress));
  const other = writers.has(networkAddress(contact.email)) ? undefined : doubts.find(({ to }) => writers.has(networkAddress(to)));
  return (named ?? other)?.to ?? contact.email;
}

/** The message of ours whose opt-out link the subject holds, whoever wrote it and however late. Null when that draft is gone, and for our own
 *  copies: then silence is all that is left to do. */
export async function matchLink(mail: MailHead, token: string, { workspaceId, address }: OptOutLink): Promise<Match | null> {
  const draft = await findDraftByToken(token);
  return draft?.workspaceId === workspaceId && !isOwnCopy(mail, draft) ? { draft, by: 'token', writtenTo: address } : null;
}

async function byMessageId(ids: readonly string[]): Promise<Draft | null> {
  const [nearest, ...others] = ids;
  if (nearest === undefined) return null;
  return (await findDraftByMessageId([nearest])) ?? (others.length > 0 ? findDraftByMessageId(others) : null);
}

async function byAddress(mail: Seen, receivedAt: Date, onAmbiguous: OnAmbiguous): Promise<Draft | null> {
  const { report } = mail;
  // A report is about somebody else than its sender, and may come to another address of ours. Programs that answer for somebody are their own.
  const about = [...(report?.about ?? []), ...(report?.isCertain ? [] : [mail.from.address])].filter(Boolean);
  const ours = [...mail.to, ...(report?.senders ?? [])];
  if (about.length === 0 || ours.length === 0 || (mail.isBulk && !report)) return null;
  const left = { after: subDays(receivedAt, ADDRESS_DAYS), before: addMinutes(receivedAt, SLACK_MINUTES) };
  const { draft, workspaces } = await findDraftToAddress(about, ours, left);
  if (workspaces > 1) onAmbiguous(workspaces);
  return draft;
}

/** What we sent ourselves, as it comes back from a mailing list or our own mailbox, and what a colleague of the sender writes to all. A report
 *  of our own mail server is none. Where anybody has a mailbox, or both sides are at home, only the very address is ours. */
function isOwnCopy({ from, isReport }: MailHead, { sender, contact }: Draft): boolean {
  if (networkAddress(from.address) === networkAddress(sender.address)) return true;
  const ours = homeOf(sender.address);
  return !isReport && homeOf(from.address) === ours && homeOf(contact.email) !== ours && !isFreeMail(ours);
}

/** The domain an organisation registered, also of an address below it. */
function homeOf(address: string): string {
  const plain = networkAddress(address);
  const host = plain.slice(plain.lastIndexOf('@') + 1);
  const found = registrableDomain(host);
  return 'domain' in found ? found.domain : host;
}
