import mongoose, { Schema } from 'mongoose';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { PAYMENT_METHODS, PaymentDetails, type PaymentEntry } from './payment-details.ts';

const name = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const entryPart = new Schema(
  {
    id: name,
    currency: name,
    method: { type: String, enum: PAYMENT_METHODS, required: true },
    sealed: name,
    side: { type: String, enum: ['partner', 'team'], required: true },
    by: name,
    byName: { type: String, default: '' },
    notBy: { type: [String], default: undefined },
    at: moment,
    confirmedBy: { type: String, default: null },
    confirmedAt: { type: Date, default: null },
  },
  PART,
);

const paymentSchema = new Schema(
  {
    workspaceId: name,
    partnerId: name,
    current: { type: entryPart, default: null },
    pending: { type: entryPart, default: null },
    turnedDown: { type: new Schema({ id: name, by: name, at: moment }, PART), default: null },
    /** The pending entry of which nobody of the team has been told yet. */
    askDue: { type: String, default: null },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'payment-details' },
);
paymentSchema.index({ workspaceId: 1, partnerId: 1 }, { unique: true });
paymentSchema.index({ askDue: 1 }, { partialFilterExpression: { askDue: { $type: 'string' } } });
paymentSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const PaymentModel = mongoose.model('PaymentDetails', paymentSchema);

function toDetails({ _id, askDue, trail, ...stored }: { _id: unknown } & Record<string, unknown>): PaymentDetails {
  return PaymentDetails.parse(stored);
}

/** Puts an entry up for confirmation, in place of one that waits. The audit entry is part of the same write. */
export async function savePending(workspaceId: string, partnerId: string, pending: PaymentEntry, entry: AuditEntry): Promise<void> {
  const set = { pending, askDue: pending.id };
  await PaymentModel.updateOne({ workspaceId, partnerId }, { $set: set, $push: { trail: entry } }, { upsert: true });
  await settleTrail(PaymentModel, { workspaceId, partnerId });
}

export async function findPayment(workspaceId: string, partnerId: string): Promise<PaymentDetails | null> {
  const found = await PaymentModel.findOne({ workspaceId, partnerId }).lean();
  return found && toDetails(found);
}

/** What waits for a second person, the oldest first. `whose`: only of these partners, and only what this person may confirm. */
export async function listPaymentsWaiting(
  workspaceId: string,
  { whose, count }: { whose: { userId: string; partnerIds: readonly string[] } | null; count: number },
): Promise<{ payments: PaymentDetails[]; total: number }> {
  const theirs = whose
    ? { partnerId: { $in: [...whose.partnerIds] }, 'pending.by': { $ne: whose.userId }, 'pending.notBy': { $ne: whose.userId } }
    : {};
  const waiting = { workspaceId, pending: { $ne: null }, ...theirs };
  const [found, total] = await Promise.all([
    PaymentModel.find(waiting).sort({ 'pending.at': 1, _id: 1 }).limit(count).lean(),
    PaymentModel.countDocuments(waiting),
  ]);
  return { payments: found.map(toDetails), total };
}

/** Makes the pending entry that was seen the one that counts; null when it is no longer pending, or `by` entered it or had a hand in it. */
export async function confirmPending(
  { workspaceId, partnerId, pending }: PaymentDetails,
  { by, at }: { by: string; at: Date },
  entry: AuditEntry,
): Promise<PaymentDetails | null> {
  if (!pending) return null;
  const current = { ...pending, confirmedBy: by, confirmedAt: at };
  const waits = { workspaceId, partnerId, 'pending.id': pending.id, 'pending.by': { $ne: by }, 'pending.notBy': { $ne: by } };
  return settle(waits, { current, pending: null }, entry);
}

/** Takes the pending entry that was seen away; null when it is no longer pending. */
export async function dropPending(
  { workspaceId, partnerId, pending }: PaymentDetails,
  { by, at }: { by: string; at: Date },
  entry: AuditEntry,
): Promise<PaymentDetails | null> {
  if (!pending) return null;
  return settle({ workspaceId, partnerId, 'pending.id': pending.id }, { pending: null, turnedDown: { id: pending.id, by, at } }, entry);
}

async function settle(filter: Record<string, unknown>, set: Partial<PaymentDetails>, entry: AuditEntry): Promise<PaymentDetails | null> {
  const saved = await PaymentModel.findOneAndUpdate(filter, { $set: set, $push: { trail: entry } }, { returnDocument: 'after' }).lean();
  if (!saved) return null;
  await settleTrail(PaymentModel, { _id: saved._id });
  return toDetails(saved);
}

export async function markAsked(workspaceId: string, partnerId: string, entryId: string): Promise<void> {
  await PaymentModel.updateOne({ workspaceId, partnerId, askDue: entryId }, { $set: { askDue: null } });
}

/** Of all workspaces, those whose entry nobody has been asked about. */
export async function listPaymentsDue(): Promise<{ workspaceId: string; id: string; partnerId: string; entryId: string }[]> {
  const found = await PaymentModel.find({ askDue: { $type: 'string' } }, { workspaceId: 1, partnerId: 1, askDue: 1 }).lean();
  return found.map(({ _id, workspaceId, partnerId, askDue }) => ({ id: String(_id), workspaceId, partnerId, entryId: askDue ?? '' }));
}

/** Every one of every workspace, for whoever runs the app to seal anew. */
export async function* eachPayment(): AsyncGenerator<PaymentDetails> {
  for await (const stored of PaymentModel.find({}).lean().cursor()) yield toDetails(stored);
}

/** Replaces a sealed text that is still the one that was read. */
export async function replaceSealed(
  { workspaceId, partnerId }: PaymentDetails,
  which: 'current' | 'pending',
  { from, to }: { from: string; to: string },
): Promise<boolean> {
  const path = `${which}.sealed`;
  return (await PaymentModel.updateOne({ workspaceId, partnerId, [path]: from }, { $set: { [path]: to } })).modifiedCount === 1;
}

/** Of two partner records that become one, the one that stays keeps its own; where it has none, it takes the other's, and where none of its own is
 *  confirmed, the other's that is; what waits for a second person goes on waiting. Safe to repeat. */
export async function movePayment(workspaceId: string, from: string, to: string): Promise<void> {
  if (await PaymentModel.exists({ workspaceId, partnerId: to })) {
    const other = await findPayment(workspaceId, from);
    const take = (which: 'current' | 'pending', also: object) =>
      PaymentModel.updateOne({ workspaceId, partnerId: to, [which]: null }, { $set: { [which]: other?.[which], ...also } });
    if (other?.current) await take('current', {});
    if (other?.pending) await take('pending', { askDue: other.pending.id });
    await PaymentModel.deleteOne({ workspaceId, partnerId: from });
  } else await PaymentModel.updateOne({ workspaceId, partnerId: from }, { $set: { partnerId: to } });
}

export async function settlePaymentTrails(): Promise<number> {
  return settleTrail(PaymentModel, {});
}

/** They go with the partner's record. Of somebody who gave them and asks to be forgotten, the name goes. */
export const paymentData = keptData({
  model: PaymentModel,
  noun: 'payment',
  kind: 'payment',
  isTheirs: ({ partnerId }, { subjects }) => subjects.includes(`partner:${String(partnerId)}`),
  signed: (stored, { userIds }) => {
    const isTheirs = (entry: unknown) => userIds.includes(String((entry as { by?: unknown } | null)?.by)); // stored, so an object or null
    return Object.fromEntries(['current', 'pending'].flatMap((which) => (isTheirs(stored[which]) ? [[`${which}.byName`, '']] : [])));
  },
});
