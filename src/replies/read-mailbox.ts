import { addMinutes } from 'date-fns';
import type { Deps } from '../deps.ts';
import { type Claim, claimMailbox, releaseMailbox, savePlace } from './mailbox-repository.ts';
import type { OnAmbiguous } from './match-mail.ts';
import type { Reply } from './reply.ts';
import { isForUs, takeMail } from './take-mail.ts';

/** Where reading a mailbox goes on. `validity`: when the server changes it, its numbers mean other mails. Source: RFC 3501, section 2.3.1.1. */
export type MailboxPlace = { validity: string; lastUid: number };

/** What a reader asks of each new mail. `wants` sees its head, `take` the whole of those that are wanted; `reached` hears after each mail how
 *  far it has got. */
export type MailboxVisitor = {
  wants: (headers: Buffer, receivedAt: Date) => Promise<boolean>;
  take: (bytes: Buffer, receivedAt: Date) => Promise<void>;
  reached: (place: MailboxPlace) => Promise<void>;
};

/** Longer than one mail may take. */
const LEASE_MINUTES = 3;
/** After a failure the next visit waits 1, 2, 4 … minutes, at most so many. */
const MOST_WAIT_MINUTES = 30;

/** After so many failed visits in a row, some hours, a mail that cannot be taken is passed over, so that those behind it come through. */
const PASS_OVER_AFTER = 8;

class Overtaken extends Error {}

/** Reads what is new in the mailbox and takes what answers ours, one reader at a time. Null when it is not its turn. A visit that fails goes on
 *  next time where it stopped; `problem` is what went wrong last. */
export async function readMailbox(
  { name, read }: NonNullable<Deps['readMailbox']>,
  now: () => Date,
  ears: Ears,
): Promise<{ problem: unknown } | null> {
  const claim = await claimMailbox(name, now(), addMinutes(now(), LEASE_MINUTES));
  if (!claim) return null;
  try {
    let problem: unknown = null;
    await read(
      claim.place,
      visitorFor(claim, now, ears, (error) => (problem = error)),
    );
    await releaseMailbox(claim, { failures: 0, notBefore: null }, now());
    return { problem };
  } catch (problem) {
    if (problem instanceof Overtaken) return { problem: null };
    const failures = claim.failures + 1;
    const wait = Math.min(2 ** (failures - 1), MOST_WAIT_MINUTES);
    await releaseMailbox(claim, { failures, notBefore: addMinutes(now(), wait) }, now());
    return { problem };
  }
}

type Ears = { onReply: (reply: Reply) => Promise<void>; onAmbiguous: OnAmbiguous };

function visitorFor(claim: Claim, now: () => Date, { onReply, onAmbiguous }: Ears, onPassed: (error: unknown) => void): MailboxVisitor {
  return {
    wants: (headers, receivedAt) => isForUs(headers, receivedAt, onAmbiguous),
    take: async (bytes, receivedAt) => {
      try {
        const taken = await takeMail(bytes, receivedAt, now, onAmbiguous);
        if (taken) await onReply(taken.reply);
      } catch (error) {
        if (claim.failures < PASS_OVER_AFTER) throw error;
        onPassed(error);
      }
    },
    reached: async (place) => {
      if (!(await savePlace(claim, place, addMinutes(now(), LEASE_MINUTES)))) throw new Overtaken('another reader has the mailbox');
    },
  };
}
