import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { Link } from './link.ts';

const name = { type: String, required: true } as const;

const linkSchema = new Schema(
  {
    /** The code. */
    _id: name,
    ...{ workspaceId: name, partnerId: name, campaign: { type: String, default: '' }, personId: { type: String, default: null } },
    ...{
      target: name,
      coupon: { type: String, default: null },
      formerCoupon: { type: String, default: null },
      by: name,
      at: { type: Date, required: true },
    },
    endedAt: { type: Date, default: null },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'links' },
);
linkSchema.index({ workspaceId: 1, partnerId: 1, at: -1 });
linkSchema.index({ workspaceId: 1, coupon: 1 }, { unique: true, partialFilterExpression: { coupon: { $type: 'string' } } });
linkSchema.index({ workspaceId: 1, formerCoupon: 1 }, { partialFilterExpression: { formerCoupon: { $type: 'string' } } });
linkSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const LinkModel = mongoose.model('Link', linkSchema);

/** `formerCoupon`: of a link that had ended when its coupon was given to another. */
function toLink({ _id, trail, formerCoupon, coupon, ...stored }: { _id: string } & Record<string, unknown>): Link {
  return Link.parse({ ...stored, coupon: coupon ?? formerCoupon ?? null, code: _id });
}

/** False when the code is taken; refuses `coupon-taken` when the coupon is bound to another link that goes on. */
export async function insertLink({ code, ...link }: Link, entry: AuditEntry): Promise<boolean> {
  const { workspaceId, coupon } = link;
  if (coupon) await LinkModel.updateOne({ workspaceId, coupon, endedAt: { $ne: null } }, { $set: { coupon: null, formerCoupon: coupon } });
  try {
    await LinkModel.create({ _id: code, ...link, trail: [entry] });
    await settleTrail(LinkModel, { _id: code });
    return true;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    if (await LinkModel.exists({ _id: code })) return false;
    throw new Refusal('coupon-taken', { coupon: coupon ?? '' }, { cause: error });
  }
}

/** By a code that somebody outside followed: of whichever workspace. */
export async function findLinkByCode(code: string): Promise<Link | null> {
  const found = await LinkModel.findById(code).lean();
  return found && toLink(found);
}

export async function findLink(workspaceId: string, code: string): Promise<Link | null> {
  const found = await LinkModel.findOne({ _id: code, workspaceId }).lean();
  return found && toLink(found);
}

/** The link that a coupon, in upper case, was bound to at a time: the first that had not ended by then. */
export async function findLinkOfCoupon(workspaceId: string, coupon: string, at: Date): Promise<Link | null> {
  const all = await LinkModel.find({ workspaceId, $or: [{ coupon }, { formerCoupon: coupon }] })
    .sort({ at: 1, _id: 1 })
    .lean();
  const found = all.find(({ endedAt }) => !endedAt || endedAt > at);
  return found ? toLink(found) : null;
}

/** The newest, of all partners or of one by all ids that it has had. */
export async function listLinks(
  workspaceId: string,
  partnerIds: readonly string[] | null,
  count: number,
): Promise<{ links: Link[]; total: number }> {
  const filter = { workspaceId, ...(partnerIds ? { partnerId: { $in: [...partnerIds] } } : {}) };
  const [found, total] = await Promise.all([
    LinkModel.find(filter).sort({ at: -1, _id: 1 }).limit(count).lean(),
    LinkModel.countDocuments(filter),
  ]);
  return { links: found.map(toLink), total };
}

/** Ends it; false when it is ended already or not there. */
export async function endLink(workspaceId: string, code: string, endedAt: Date, entry: AuditEntry): Promise<boolean> {
  const change = { $set: { endedAt }, $push: { trail: entry } };
  const { modifiedCount } = await LinkModel.updateOne({ _id: code, workspaceId, endedAt: null }, change);
  await settleTrail(LinkModel, { _id: code, workspaceId });
  return modifiedCount === 1;
}

export async function settleLinkTrails(): Promise<number> {
  return settleTrail(LinkModel, {});
}

/** Links go with the partner's record. */
export const referralLinkData = keptData({
  model: LinkModel,
  noun: 'link',
  kind: 'partner',
  isTheirs: ({ partnerId }, { subjects }) => subjects.includes(`partner:${String(partnerId)}`),
});
