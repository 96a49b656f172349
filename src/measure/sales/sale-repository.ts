import { addMinutes } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { DEAL_ROLES } from '../../manage/deals/deal.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { FLAGS, SALE_STATES, Sale } from './sale.ts';

const name = { type: String, required: true } as const;
const maybe = { type: String, default: null } as const;
const partPart = new Schema({ partnerId: name, role: { ...name, enum: DEAL_ROLES } }, PART);
const flagPart = new Schema({ flag: { ...name, enum: FLAGS }, words: { type: String, default: '' } }, PART);
const decisionPart = new Schema(
  { counts: { type: Boolean, required: true }, flags: [String], by: name, at: { type: Date, required: true }, because: name },
  PART,
);
const referralPart = new Schema(
  {
    ...{ partnerId: name, by: name, code: name, coupon: maybe, state: name, flags: [flagPart] },
    against: { type: new Schema({ partnerId: name, rule: name }, PART), default: null },
    decision: { type: decisionPart, default: null },
  },
  PART,
);

/** What is still to be worked out of a sale: who has which part in it, and what its partners earn. */
export const DUTIES = ['creditDue', 'accrueDue'] as const;
export type Duty = (typeof DUTIES)[number];

const saleSchema = new Schema(
  {
    /** Workspace and id. */
    _id: name,
    ...{ id: name, workspaceId: name, customer: { type: String, default: '' }, domain: maybe, dealId: maybe, opportunityId: maybe },
    state: { ...name, enum: SALE_STATES },
    createdAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
    partners: [partPart],
    referral: referralPart,
    rev: { type: Number, required: true },
    creditDue: Date,
    accrueDue: Date,
    /** Why its commissions are not worked out yet: `USD>EUR 2026-11-27`, a rate that is missing. */
    accrueWaits: String,
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'sales', id: false },
);
saleSchema.index({ workspaceId: 1, opportunityId: 1 }, { partialFilterExpression: { opportunityId: { $type: 'string' } } });
saleSchema.index({ workspaceId: 1, 'partners.partnerId': 1, createdAt: -1 });
saleSchema.index({ workspaceId: 1, createdAt: -1, _id: 1 });
saleSchema.index({ workspaceId: 1, closedAt: 1, _id: 1 }, { partialFilterExpression: { closedAt: { $type: 'date' } } });
saleSchema.index({ workspaceId: 1, domain: 1, closedAt: 1 }, { partialFilterExpression: { domain: { $type: 'string' } } });
saleSchema.index(
  { workspaceId: 1, 'referral.state': 1, createdAt: -1 },
  { partialFilterExpression: { 'referral.state': { $type: 'string' } } },
);
saleSchema.index({ workspaceId: 1, 'referral.code': 1 }, { partialFilterExpression: { 'referral.code': { $type: 'string' } } });
saleSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });
for (const duty of DUTIES) saleSchema.index({ [duty]: 1 }, { partialFilterExpression: { [duty]: { $type: 'date' } } });

export const SaleModel = mongoose.model('Sale', saleSchema);

const keyOf = (workspaceId: string, id: string) => `${workspaceId}|${id}`;

function toSale({ _id, creditDue, accrueDue, accrueWaits, trail, ...stored }: { _id: string } & Record<string, unknown>): Sale {
  return Sale.parse(stored);
}

export async function findSale(workspaceId: string, id: string): Promise<Sale | null> {
  const found = await SaleModel.findById(keyOf(workspaceId, id)).lean();
  return found && toSale(found);
}

/** In no order; what is not there is left out. */
export async function listSalesByIds(workspaceId: string, ids: readonly string[]): Promise<Sale[]> {
  const found = await SaleModel.find({ _id: { $in: ids.map((id) => keyOf(workspaceId, id)) } }).lean();
  return found.map(toSale);
}

/** The sales that some opportunities of the CRM's mirror are, in no order. */
export async function listSalesOfOpportunities(workspaceId: string, opportunityIds: readonly string[]): Promise<Sale[]> {
  const found = await SaleModel.find({ workspaceId, opportunityId: { $in: [...opportunityIds] } }).lean();
  return found.map(toSale);
}

/** Sales that are open or won, of customers whose name or domain holds these words, the newest first; all without words. */
export async function listSalesOf(workspaceId: string, words: string, limit: number): Promise<Sale[]> {
  const named = new RegExp(words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
  const customer = words ? { $or: [{ customer: named }, { domain: named }] } : {};
  const found = await SaleModel.find({ workspaceId, state: { $in: ['open', 'won'] }, ...customer })
    .sort({ createdAt: -1, _id: 1 })
    .limit(limit)
    .lean();
  return found.map(toSale);
}

/** Sales to customers of a domain, the oldest first. */
export async function listSalesOfDomain(workspaceId: string, domain: string, limit: number): Promise<Sale[]> {
  return (await SaleModel.find({ workspaceId, domain }).sort({ createdAt: 1 }).limit(limit).lean()).map(toSale);
}

/** Referrals that a person has to look at, the oldest first; where there is room, those that somebody has looked at, the newest first. */
export async function listFlagged(workspaceId: string, limit: number): Promise<Sale[]> {
  const waiting = await SaleModel.find({ workspaceId, 'referral.state': 'to-decide' }).sort({ createdAt: 1 }).limit(limit).lean();
  const room = limit - waiting.length;
  const states = { $in: ['counts', 'not-counted'] };
  const decided =
    room > 0 ? await SaleModel.find({ workspaceId, 'referral.state': states }).sort({ createdAt: -1 }).limit(room).lean() : [];
  return [...waiting, ...decided].map(toSale);
}

/** The ids of all sales that a person has to look at before anything is paid for them. */
export async function idsToDecide(workspaceId: string): Promise<Set<string>> {
  return new Set(await SaleModel.distinct('id', { workspaceId, 'referral.state': 'to-decide' }));
}

/** Those of some sales whose commissions are not worked out yet from what is known of them, for whatever reason: they have just changed, wait for a rate, or failed. */
export async function idsToAccrue(workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const keys = ids.slice(from, from + AT_ONCE).map((id) => keyOf(workspaceId, id));
    const due = await SaleModel.find({ _id: { $in: keys }, workspaceId, accrueDue: { $type: 'date' } }, { id: 1 }).lean();
    for (const { id } of due) found.add(id);
  }
  return found;
}

/** How many customers came by each of these links, and how many of them bought; those that do not count are left out. */
export async function countReferred(workspaceId: string, codes: readonly string[]): Promise<Map<string, { came: number; bought: number }>> {
  const found = await SaleModel.aggregate<{ _id: string; came: number; bought: number }>([
    { $match: { workspaceId, 'referral.code': { $in: [...codes] }, 'referral.state': { $in: ['clear', 'to-decide', 'counts'] } } },
    { $group: { _id: '$referral.code', came: { $sum: 1 }, bought: { $sum: { $cond: [{ $eq: ['$state', 'won'] }, 1, 0] } } } },
  ]);
  return new Map(found.map(({ _id, came, bought }) => [_id, { came, bought }]));
}

/** Keeps a sale as its record says it is now, and notes that its credits and commissions are to be worked out. Null when somebody else changed it since
 *  `seen` (null for a new one): look again. */
export async function saveSale({ rev: _, ...sale }: Sale, seen: Sale | null, at: Date, entry?: AuditEntry): Promise<Sale | null> {
  const rev = (seen?.rev ?? 0) + 1;
  const { id, workspaceId } = sale;
  try {
    const saved = await SaleModel.findOneAndUpdate(
      { _id: keyOf(workspaceId, id), rev: seen?.rev ?? 0 },
      { $set: { ...sale, rev, creditDue: at, accrueDue: at }, ...(entry ? { $push: { trail: entry } } : {}) },
      { upsert: seen === null, returnDocument: 'after' },
    ).lean();
    if (entry) await settleTrail(SaleModel, { _id: keyOf(workspaceId, id) });
    return saved && toSale(saved);
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

/** Notes that something about it has changed: a touch, a payment, a rule. */
export async function markSaleDue(workspaceId: string, id: string, at: Date): Promise<void> {
  await SaleModel.updateOne({ _id: keyOf(workspaceId, id) }, { $set: { creditDue: at, accrueDue: at } });
}

/** Ids in one question. */
const AT_ONCE = 1000;

/** Minutes in which a change of what a sale is worked out of is written, or never is. */
const CHANGE_MINUTES = 5;

/** Writes something that a sale is worked out of. The sale says before that it will have to be worked out, so a process killed after the write leaves nothing
 *  that nobody looks at. */
export async function changingSale<Changed>(
  { workspaceId, id }: Pick<Sale, 'workspaceId' | 'id'>,
  at: Date,
  change: () => Promise<Changed>,
): Promise<Changed> {
  await markSaleDue(workspaceId, id, addMinutes(at, CHANGE_MINUTES));
  const changed = await change();
  await markSaleDue(workspaceId, id, at);
  return changed;
}

/** As `changingSale`, of what all sales of a workspace are worked out of. */
export async function changingSales<Changed>(
  workspaceId: string,
  { duty, at }: { duty: Duty; at: Date },
  change: () => Promise<Changed>,
): Promise<Changed> {
  await SaleModel.updateMany({ workspaceId, [duty]: null }, { $set: { [duty]: addMinutes(at, CHANGE_MINUTES) } });
  const changed = await change();
  await markAllSalesDue(workspaceId, duty, at);
  return changed;
}

/** All of a workspace: a rule that concerns them has changed. Returns how many. */
export async function markAllSalesDue(workspaceId: string, duty: Duty, at: Date): Promise<number> {
  const { modifiedCount } = await SaleModel.updateMany({ workspaceId }, { $set: { [duty]: at } });
  return modifiedCount;
}

/** Of all workspaces, those of which this is to be worked out, those that wait longest first. `since`: what `settleSale` takes. */
export async function listSalesDue(duty: Duty, upTo: Date, limit: number): Promise<{ workspaceId: string; id: string; since: Date }[]> {
  const found = await SaleModel.find({ [duty]: { $type: 'date', $lte: upTo } })
    .sort({ [duty]: 1 })
    .limit(limit)
    .lean();
  return found.map((sale) => ({ workspaceId: sale.workspaceId, id: sale.id, since: sale[duty] ?? upTo }));
}

/** Whether this is still to be worked out of any sale of a workspace. */
export async function isAnyDue(workspaceId: string, duty: Duty): Promise<boolean> {
  return (await SaleModel.exists({ workspaceId, [duty]: { $type: 'date' } })) !== null;
}

/** Since when this waits; null when it is worked out. */
export async function dueSince(workspaceId: string, id: string, duty: Duty): Promise<Date | null> {
  const found = await SaleModel.findById(keyOf(workspaceId, id)).lean();
  return found?.[duty] ?? null;
}

/** Notes that it is worked out, unless something has changed since it was begun. */
export async function settleSale(workspaceId: string, id: string, duty: Duty, since: Date): Promise<void> {
  const also = duty === 'accrueDue' ? { accrueWaits: '' } : {};
  await SaleModel.updateOne({ _id: keyOf(workspaceId, id), [duty]: since }, { $unset: { [duty]: '', ...also } });
}

/** What could not be worked out is tried again then, so that no number of such sales keeps others waiting. */
export async function putOffSale(
  workspaceId: string,
  id: string,
  duty: Duty,
  { since, until }: { since: Date; until: Date },
): Promise<void> {
  await SaleModel.updateOne({ _id: keyOf(workspaceId, id), [duty]: since }, { $set: { [duty]: until } });
}

/** Its commissions wait for a rate, until this time or until rates are brought. */
export async function waitForRate(
  workspaceId: string,
  id: string,
  { since, until, rate: { from, to, day } }: { since: Date; until: Date; rate: { from: string; to: string; day: string } },
): Promise<void> {
  const accrueWaits = `${from}>${to} ${day}`;
  await SaleModel.updateOne({ _id: keyOf(workspaceId, id), accrueDue: since }, { $set: { accrueDue: until, accrueWaits } });
}

/** Sales whose commissions wait for a rate, and for which: how many of each. */
export async function countWaitingForRates(workspaceId: string): Promise<{ from: string; to: string; day: string; sales: number }[]> {
  const found = await SaleModel.aggregate<{ _id: string; sales: number }>([
    { $match: { workspaceId, accrueDue: { $type: 'date' }, accrueWaits: { $type: 'string' } } },
    { $group: { _id: '$accrueWaits', sales: { $sum: 1 } } },
    { $sort: { _id: 1 } },
    { $limit: 100 },
  ]);
  return found.map(({ _id, sales }) => ({ from: _id.slice(0, 3), to: _id.slice(4, 7), day: _id.slice(8), sales }));
}

/** Rates were brought: what waited for some is worked out again. */
export async function endWaitForRates(workspaceId: string, at: Date): Promise<void> {
  await SaleModel.updateMany({ workspaceId, accrueWaits: { $type: 'string' } }, { $set: { accrueDue: at } });
}

export async function settleSaleTrails(): Promise<number> {
  return settleTrail(SaleModel, {});
}

/** What a customer bought stays, without their name. */
export const saleData = keptData({
  model: SaleModel,
  noun: 'sale',
  kind: 'sale',
  isTheirs: ({ domain }, { key }) => key.kind === 'company' && domain === key.value,
  emptied: () => ({ customer: '', domain: null }),
});
