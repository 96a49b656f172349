import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { CONVERSION_KINDS, CONVERSION_STATES, Conversion, emailHashOf } from './conversion.ts';

const name = { type: String, required: true } as const;
const maybe = { type: String, default: null } as const;
const words = { type: String, default: '' } as const;
const date = { type: Date, required: true } as const;

const conversionSchema = new Schema(
  {
    /** Workspace and id. */
    _id: name,
    ...{ id: name, workspaceId: name, kind: { ...name, enum: CONVERSION_KINDS }, at: date, customer: maybe, click: maybe, coupon: maybe },
    clicked: { type: new Schema({ code: name, at: date }, PART), default: null },
    boundTo: maybe,
    ...{ company: words, domain: maybe, emailHash: maybe, product: words, isPaid: { type: Boolean, default: false }, refs: [String] },
    money: { type: new Schema({ minor: { type: Number, required: true }, currency: name }, PART), default: null },
    ...{ receivedAt: date, state: { ...name, enum: CONVERSION_STATES }, due: { type: Date, default: null } },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'conversions', id: false },
);
conversionSchema.index({ workspaceId: 1, customer: 1, at: 1 });
conversionSchema.index({ workspaceId: 1, refs: 1 });
conversionSchema.index({ due: 1 }, { partialFilterExpression: { due: { $type: 'date' } } });
conversionSchema.index({ workspaceId: 1, state: 1, at: -1 });
conversionSchema.index({ state: 1, receivedAt: 1 });
conversionSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const ConversionModel = mongoose.model('Conversion', conversionSchema);

/** What says who came and bought, what waits for a sale, and what a person has to look at. */
const WHO: Conversion['kind'][] = ['lead', 'sale'];
const LATER: Conversion['kind'][] = ['payment', 'refund'];
const TROUBLED: Conversion['state'][] = ['lost', 'refused'];
const HURRIED: Conversion['state'][] = ['waiting', 'not-ours', 'lost'];

const keyOf = (workspaceId: string, id: string) => `${workspaceId}|${id}`;

function toConversion({ _id, trail, ...stored }: { _id: string } & Record<string, unknown>): Conversion {
  return Conversion.parse(stored);
}

/** False when it was told before: the first stands. */
export async function insertConversion(conversion: Conversion): Promise<boolean> {
  try {
    await ConversionModel.create({ _id: keyOf(conversion.workspaceId, conversion.id), ...conversion });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export async function findConversion(workspaceId: string, id: string): Promise<Conversion | null> {
  const found = await ConversionModel.findById(keyOf(workspaceId, id)).lean();
  return found && toConversion(found);
}

/** Who came and what they bought, in the order in which it happened. */
export async function listOfCustomer(workspaceId: string, customer: string): Promise<Conversion[]> {
  const filter = { workspaceId, customer, kind: { $in: WHO } };
  return (await ConversionModel.find(filter).sort({ at: 1, id: 1 }).lean()).map(toConversion);
}

/** All that has one of these names of a sale. */
export async function listNaming(workspaceId: string, refs: readonly string[]): Promise<Conversion[]> {
  return (
    await ConversionModel.find({ workspaceId, refs: { $in: [...refs] } })
      .sort({ at: 1, id: 1 })
      .lean()
  ).map(toConversion);
}

/** Of all workspaces, those that are tried now, those that wait longest first. */
export async function listConversionsDue(upTo: Date, limit: number): Promise<Conversion[]> {
  return (
    await ConversionModel.find({ due: { $lte: upTo } })
      .sort({ due: 1 })
      .limit(limit)
      .lean()
  ).map(toConversion);
}

/** What became of it; `due`: when it is tried again. One that a person put aside stays so. */
export async function settleConversions(
  workspaceId: string,
  ids: readonly string[],
  { state, due = null }: { state: Conversion['state']; due?: Date | null },
): Promise<void> {
  const keys = ids.map((id) => keyOf(workspaceId, id));
  await ConversionModel.updateMany({ _id: { $in: keys }, state: { $ne: 'put-aside' } }, { $set: { state, due } });
}

/** Keeps what its click and its coupon led to; what is kept already stays. Returns what stands. */
export async function keepLed(
  workspaceId: string,
  id: string,
  led: Pick<Conversion, 'clicked' | 'boundTo'>,
): Promise<Pick<Conversion, 'clicked' | 'boundTo'>> {
  const _id = keyOf(workspaceId, id);
  if (led.clicked) await ConversionModel.updateOne({ _id, clicked: null }, { $set: { clicked: led.clicked } });
  if (led.boundTo) await ConversionModel.updateOne({ _id, boundTo: null }, { $set: { boundTo: led.boundTo } });
  return (await findConversion(workspaceId, id)) ?? led;
}

/** It is tried again then. */
export async function putOffConversion(workspaceId: string, id: string, due: Date): Promise<void> {
  await ConversionModel.updateOne({ _id: keyOf(workspaceId, id), due: { $ne: null } }, { $set: { due } });
}

/** Brings forward what waits for a sale by one of these names. */
export async function hurryConversions(workspaceId: string, refs: readonly string[], due: Date): Promise<void> {
  const waiting = { workspaceId, refs: { $in: [...refs] }, state: { $in: HURRIED }, kind: { $in: LATER } };
  await ConversionModel.updateMany(waiting, { $set: { due, state: 'waiting' } });
}

/** What a person has to look at, the newest first. */
export async function listTroubled(workspaceId: string, limit: number): Promise<Conversion[]> {
  const filter = { workspaceId, state: { $in: TROUBLED } };
  return (await ConversionModel.find(filter).sort({ at: -1 }).limit(limit).lean()).map(toConversion);
}

export async function countTroubled(workspaceId: string): Promise<number> {
  return ConversionModel.countDocuments({ workspaceId, state: { $in: TROUBLED } });
}

/** A person looked at it; false when it needs none. */
export async function putAside(workspaceId: string, id: string, entry: AuditEntry): Promise<boolean> {
  const filter = { _id: keyOf(workspaceId, id), state: { $in: TROUBLED } };
  const { modifiedCount } = await ConversionModel.updateOne(filter, { $set: { state: 'put-aside', due: null }, $push: { trail: entry } });
  await settleTrail(ConversionModel, { _id: keyOf(workspaceId, id) });
  return modifiedCount === 1;
}

/** Forgets, in all workspaces, customers that came by no partner and were told of before this time. */
export async function settleNotOurs(before: Date): Promise<number> {
  return (await ConversionModel.deleteMany({ state: 'not-ours', receivedAt: { $lt: before } })).deletedCount;
}

export async function settleConversionTrails(): Promise<number> {
  return settleTrail(ConversionModel, {});
}

/** That a customer bought stays, under the seller's own id, without anything that tells who they are. */
export const conversionData = keptData({
  model: ConversionModel,
  noun: 'conversion',
  kind: 'sale',
  isTheirs: ({ domain, emailHash }, { key }) =>
    key.kind === 'company' ? domain === key.value : typeof emailHash === 'string' && emailHash === emailHashOf(key.value),
  emptied: () => ({ company: '', domain: null, emailHash: null }),
});
