import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import type { MailboxPlace } from '../mail/mail.ts';

/** How far each mailbox has been read, and who reads it now. */
const mailboxSchema = new Schema(
  {
    /** User, host and folder. */
    _id: { type: String, required: true },
    validity: { type: String, default: null },
    lastUid: { type: Number, default: 0 },
    /** Rises with every reader; one whose number is no longer this has lost it. */
    fence: { type: Number, required: true },
    leaseUntil: { type: Date, required: true },
    /** Visits in a row that failed; the next waits for longer each time. */
    failures: { type: Number, default: 0 },
    notBefore: { type: Date, default: null },
    /** The mail at which the last visits ended, and how often. */
    failed: {
      type: new Schema(
        {
          validity: { type: String, required: true },
          uid: { type: Number, required: true },
          times: { type: Number, required: true },
        },
        { _id: false },
      ),
      default: null,
    },
  },
  { strict: 'throw', versionKey: false, collection: 'mailboxes' },
);

const MailboxModel = mongoose.model('Mailbox', mailboxSchema);

/** A mail that could not be taken so many times, each on a visit that reached it. */
export type FailedMail = { validity: string; uid: number; times: number };
export type Claim = { name: string; fence: number; place: MailboxPlace | null; failures: number; failed: FailedMail | null };

/** Takes the mailbox for one visit; null while another reads it, or after a failure until it may be tried again. */
export async function claimMailbox(name: string, at: Date, leaseUntil: Date): Promise<Claim | null> {
  try {
    const free = { _id: name, leaseUntil: { $lte: at }, $or: [{ notBefore: null }, { notBefore: { $lte: at } }] };
    const claimed = await MailboxModel.findOneAndUpdate(
      free,
      { $set: { leaseUntil }, $inc: { fence: 1 } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
    const { fence, validity, lastUid = 0, failures = 0, failed = null } = claimed;
    return { name, fence, place: validity ? { validity, lastUid } : null, failures, failed };
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

/** Notes how far the reader has got and keeps the mailbox for it; false when it has lost it. */
export async function savePlace({ name, fence }: Claim, place: MailboxPlace, leaseUntil: Date): Promise<boolean> {
  const saved = await MailboxModel.updateOne({ _id: name, fence }, { $set: { ...place, leaseUntil } });
  return saved.matchedCount === 1;
}

/** Ends a visit. */
export async function releaseMailbox(
  { name, fence }: Claim,
  { failures, notBefore, failed }: { failures: number; notBefore: Date | null; failed: FailedMail | null },
  at: Date,
): Promise<void> {
  await MailboxModel.updateOne({ _id: name, fence }, { $set: { leaseUntil: at, failures, notBefore, failed } });
}
