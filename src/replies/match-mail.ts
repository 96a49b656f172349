import { addDays, addMinutes } from 'date-fns';
import type { Draft } from '../outreach/draft.ts';
import { findDraftByMessageId, findDraftToAddress } from '../outreach/draft-repository.ts';
import type { IncomingMail, MailHead } from './parse-mail.ts';

/** A mail that names none of ours counts as an answer for so long: after that, people write about other things. */
const ADDRESS_DAYS = 60;
/** Clocks of mail servers differ. */
const SLACK_MINUTES = 5;

export type Match = { draft: Draft; by: 'message-id' | 'address' };

/** Which message of ours a mail answers: by the Message-IDs it names, the nearest first, else by the address we wrote to, when ours is among
 *  its recipients. Null for everybody else's mail, for newsletters that name none of ours, and for our own copies. */
export async function matchMail(mail: MailHead & Partial<Pick<IncomingMail, 'bounce'>>, receivedAt: Date): Promise<Match | null> {
  const named = await byMessageId(mail.answers);
  const match: Match | null = named ? { draft: named, by: 'message-id' } : await byAddress(mail, receivedAt);
  return match && isOwnCopy(mail, match.draft) ? null : match;
}

async function byMessageId(ids: readonly string[]): Promise<Draft | null> {
  const [nearest, ...others] = ids;
  if (nearest === undefined) return null;
  return (await findDraftByMessageId([nearest])) ?? (others.length > 0 ? findDraftByMessageId(others) : null);
}

async function byAddress(mail: MailHead & Partial<Pick<IncomingMail, 'bounce'>>, receivedAt: Date): Promise<Match | null> {
  const address = mail.bounce?.recipient ?? mail.from.address;
  if (!address || mail.to.length === 0 || (mail.isBulk && !mail.bounce)) return null;
  const draft = await findDraftToAddress(address, mail.to);
  if (!draft) return null;
  const isNear = receivedAt >= addMinutes(draft.updatedAt, -SLACK_MINUTES) && receivedAt <= addDays(draft.updatedAt, ADDRESS_DAYS);
  return isNear ? { draft, by: 'address' } : null;
}

/** What we sent ourselves, as it comes back from a mailing list or our own mailbox. */
function isOwnCopy({ from }: MailHead, { sender }: Draft): boolean {
  return from.address === sender.address.toLowerCase();
}
