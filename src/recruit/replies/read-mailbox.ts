import { addMinutes } from 'date-fns';
import type { Deps } from '../../deps.ts';
import type { MailboxPlace, MailboxVisitor, MailThere } from '../mail/mail.ts';
import { type Claim, claimMailbox, type FailedMail, releaseMailbox, savePlace } from './mailbox-repository.ts';
import type { OnAmbiguous } from './match-mail.ts';
import type { Reply } from './reply.ts';
import { isForUs, takeMail } from './take-mail.ts';

/** Longer than one mail may take: its head, its text and what it wants are ten seconds each at most, behind those that wait already. */
const LEASE_MINUTES = 3;
/** After a failure, of a visit or at one mail, the next visit waits 1, 2, 4 … minutes, at most so many. */
const MOST_WAIT_MINUTES = 30;

/** A mail that could not be taken so many times, over an hour and a half, is passed over, so that those behind it come through. Only visits
 *  that reached it count: while the mail server or the database is away, nothing is held against a mail. */
const PASS_OVER_AFTER = 8;

class Overtaken extends Error {}

class MailFailed extends Error {
  readonly mail: FailedMail;
  constructor(mail: FailedMail, cause: unknown) {
    super('a mail could not be taken', { cause });
    this.mail = mail;
  }
}

/** `onPassed` hears of a mail that is given up. */
type Ears = { onReply: (reply: Reply) => Promise<void>; onAmbiguous: OnAmbiguous; onPassed: (uid: number, error: unknown) => void };

/** Reads what is new in the mailbox and takes what answers ours, one reader at a time. Null when it is not its turn. A visit that fails goes on
 *  next time where it stopped; `problem` is why, and `uid` names the mail when it failed at one. */
export async function readMailbox(
  { name, read }: NonNullable<Deps['readMailbox']>,
  now: () => Date,
  ears: Ears,
): Promise<{ problem: unknown; uid: number | null } | null> {
  const claim = await claimMailbox(name, now(), addMinutes(now(), LEASE_MINUTES));
  if (!claim) return null;
  try {
    await read(claim.place, visitorFor(claim, now, ears));
    await releaseMailbox(claim, { failures: 0, notBefore: null, failed: null }, now());
    return { problem: null, uid: null };
  } catch (problem) {
    if (problem instanceof Overtaken) return { problem: null, uid: null };
    if (problem instanceof MailFailed) {
      const { mail: failed, cause } = problem;
      await releaseMailbox(claim, { failures: 0, notBefore: nextVisit(failed.times, now()), failed }, now());
      return { problem: cause, uid: failed.uid };
    }
    const failures = claim.failures + 1;
    await releaseMailbox(claim, { failures, notBefore: nextVisit(failures, now()), failed: claim.failed }, now());
    return { problem, uid: null };
  }
}

function nextVisit(failures: number, at: Date): Date {
  return addMinutes(at, Math.min(2 ** (failures - 1), MOST_WAIT_MINUTES));
}

function visitorFor(claim: Claim, now: () => Date, { onReply, onAmbiguous, onPassed }: Ears): MailboxVisitor {
  const tried = async <Result>({ place }: MailThere, work: () => Promise<Result>): Promise<Result | null> => {
    try {
      return await work();
    } catch (error) {
      const mail = { validity: place.validity, uid: place.lastUid, times: timesBefore(claim, place) + 1 };
      if (mail.times < PASS_OVER_AFTER) throw new MailFailed(mail, error);
      onPassed(mail.uid, error);
      return null;
    }
  };
  return {
    wants: async (headers, mail) => (await tried(mail, () => isForUs(headers, mail.receivedAt, onAmbiguous))) ?? false,
    take: async (bytes, mail) => {
      await tried(mail, async () => {
        const taken = await takeMail(bytes, mail.receivedAt, now, onAmbiguous);
        if (taken) await onReply(taken.reply);
      });
    },
    reached: async (place) => {
      if (!(await savePlace(claim, place, addMinutes(now(), LEASE_MINUTES)))) throw new Overtaken('another reader has the mailbox');
    },
  };
}

function timesBefore({ failed }: Claim, { validity, lastUid }: MailboxPlace): number {
  return failed?.validity === validity && failed.uid === lastUid ? failed.times : 0;
}
