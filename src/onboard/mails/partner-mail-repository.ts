import { randomUUID } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { moverOf } from '../partners/move-records.ts';
import { MAIL_STATUSES, PARTNER_TEMPLATES, PartnerMail } from './partner-mail.ts';

const name = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const mailSchema = new Schema(
  {
    _id: name,
    workspaceId: name,
    key: name,
    partnerId: name,
    contactId: name,
    template: { type: String, enum: PARTNER_TEMPLATES, required: true },
    status: { type: String, enum: MAIL_STATUSES, required: true },
    reason: { type: String, default: '' },
    askedAt: moment,
    changedAt: moment,
    toldAt: { type: Date, default: null },
    /** Of the worker that has it, and until when. */
    claim: { type: String, default: null },
    leaseUntil: { type: Date, default: null },
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'partner-mails' },
);
mailSchema.index({ workspaceId: 1, key: 1 }, { unique: true });
mailSchema.index({ status: 1, toldAt: 1, changedAt: 1 });

const MailModel = mongoose.model('PartnerMail', mailSchema);

/** For the merge of two partner records. */
export const moveMails = moverOf(MailModel, 'contactId');

function toMail({ _id, claim, leaseUntil, ...stored }: { _id: string } & Record<string, unknown>): PartnerMail {
  return PartnerMail.parse({ ...stored, id: _id });
}

type Asked = Pick<PartnerMail, 'workspaceId' | 'key' | 'partnerId' | 'contactId' | 'template'>;

/** The mail under this key: this one, or the one that was asked for first. */
export async function openMail(asked: Asked, at: Date): Promise<PartnerMail> {
  const { workspaceId, key } = asked;
  try {
    await MailModel.create({ ...asked, _id: randomUUID(), status: 'open', askedAt: at, changedAt: at });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const mail = await findMail(workspaceId, key);
  if (!mail) throw new Error('a mail was deleted as soon as it was stored');
  return mail;
}

export async function findMail(workspaceId: string, key: string): Promise<PartnerMail | null> {
  const found = await MailModel.findOne({ workspaceId, key }).lean();
  return found && toMail(found);
}

/** Takes a mail that nobody has, or that a worker had who is gone before the mail server was ready; false for every other. */
export async function claimMail(
  { workspaceId, id }: PartnerMail,
  { claim, leaseUntil, at }: { claim: string; leaseUntil: Date; at: Date },
): Promise<boolean> {
  const free = { $or: [{ status: 'open' as const }, { status: 'claimed' as const, leaseUntil: { $lte: at } }] };
  const set = { status: 'claimed' as const, claim, leaseUntil, changedAt: at };
  return (await MailModel.updateOne({ _id: id, workspaceId, ...free }, { $set: set })).modifiedCount === 1;
}

/** From here on it may have left. False when the worker has lost it. */
export async function markMailHandedOver(
  { workspaceId, id }: PartnerMail,
  { claim, leaseUntil, at }: { claim: string; leaseUntil: Date; at: Date },
): Promise<boolean> {
  const set = { status: 'handed-over' as const, leaseUntil, changedAt: at };
  return (await MailModel.updateOne({ _id: id, workspaceId, claim, status: 'claimed' }, { $set: set })).modifiedCount === 1;
}

/** What became of it, from the state it was seen in; null when that is no longer so. */
export async function settleMail(
  { workspaceId, id }: PartnerMail,
  from: readonly PartnerMail['status'][],
  to: Pick<PartnerMail, 'status' | 'reason'>,
  at: Date,
): Promise<PartnerMail | null> {
  const saved = await MailModel.findOneAndUpdate(
    { _id: id, workspaceId, status: { $in: from } },
    { $set: { ...to, claim: null, leaseUntil: null, changedAt: at } },
    { returnDocument: 'after' },
  ).lean();
  return saved && toMail(saved);
}

/** Whether a worker may still have it. */
export async function isMailLeased({ workspaceId, id }: PartnerMail, at: Date): Promise<boolean> {
  return (await MailModel.exists({ _id: id, workspaceId, leaseUntil: { $gt: at } })) !== null;
}

export async function markMailTold({ workspaceId, id }: PartnerMail, at: Date): Promise<void> {
  await MailModel.updateOne({ _id: id, workspaceId }, { $set: { toldAt: at } });
}

/** Of all workspaces: those that did not leave, or may not have, and of which nobody was told; and those a dead worker left since before then. */
export async function listMailsDue(before: Date): Promise<{ workspaceId: string; id: string; key: string }[]> {
  const lost = { status: { $in: ['open', 'claimed', 'handed-over'] as const }, changedAt: { $lte: before } };
  const untold = { status: { $in: ['failed', 'unknown'] as const }, toldAt: null };
  const found = await MailModel.find({ $or: [lost, untold] }, { workspaceId: 1, key: 1 })
    .limit(1000)
    .lean();
  return found.map(({ _id, workspaceId, key }) => ({ workspaceId, id: _id, key }));
}
