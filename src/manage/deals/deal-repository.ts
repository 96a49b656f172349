import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import { moveTwins, type Twin } from '../../onboard/partners/move-records.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { PARTNER_TYPES } from '../../programme/setup/programme.ts';
import { matchKeys } from '../conflicts/match-keys.ts';
import { DEAL_ROLES, DEAL_STATUSES, Deal, DealDraft, type DealEvent, OPEN_STATES } from './deal.ts';
import {
  activityPart,
  checkPart,
  eventPart,
  extensionPart,
  linePart,
  moneyPart,
  name,
  notePart,
  partPart,
  salePart,
} from './deal-parts.ts';

const dealSchema = new Schema(
  {
    _id: name,
    workspaceId: name,
    partnerId: name,
    by: name,
    createdAt: { type: Date, required: true },
    status: { type: String, enum: DEAL_STATUSES, required: true },
    rev: Number,
    /** By field, also those that the workspace added. */
    typed: { type: Map, of: String, default: undefined },
    byName: String,
    company: String,
    domain: String,
    site: String,
    aliases: { type: [String], default: undefined },
    country: String,
    value: { type: moneyPart, default: undefined },
    closeOn: String,
    note: String,
    extra: { type: Map, of: String, default: undefined },
    lines: { type: [linePart], default: undefined },
    submittedAt: Date,
    check: { type: checkPart, default: undefined },
    history: { type: [eventPart], default: undefined },
    notes: { type: [notePart], default: undefined },
    sales: { type: [salePart], default: undefined },
    activities: { type: [activityPart], default: undefined },
    reviewer: String,
    dueAt: Date,
    escalateAt: Date,
    escalatedAt: Date,
    approvedAt: Date,
    protectedUntil: Date,
    notices: { type: [String], default: undefined },
    noticeAt: Date,
    extension: { type: extensionPart, default: undefined },
    appealedAt: Date,
    closedOn: String,
    partners: { type: [partPart], default: undefined },
    role: { type: String, enum: DEAL_ROLES },
    partnerType: { type: String, enum: [...PARTNER_TYPES, null] },
    showDue: Date,
    /** Since when a change of it waits to be followed by its sale. */
    measureDue: Date,
    announcedAt: { type: Date, default: null },
    /** What the conflict check finds it by. */
    keys: { type: [String], default: undefined },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'deals' },
);
dealSchema.index({ workspaceId: 1, partnerId: 1, status: 1, submittedAt: -1, _id: 1 });
dealSchema.index({ workspaceId: 1, status: 1, submittedAt: -1, _id: 1 });
dealSchema.index({ workspaceId: 1, keys: 1 });
dealSchema.index(
  { workspaceId: 1, 'partners.partnerId': 1, submittedAt: -1, _id: 1 },
  { partialFilterExpression: { 'partners.partnerId': { $exists: true } } },
);
dealSchema.index({ workspaceId: 1, status: 1, protectedUntil: 1 });
dealSchema.index({ workspaceId: 1, status: 1, dueAt: 1 });
dealSchema.index({ announcedAt: 1, submittedAt: 1 }, { partialFilterExpression: { submittedAt: { $type: 'date' }, announcedAt: null } });
dealSchema.index({ submittedAt: 1, check: 1 }, { partialFilterExpression: { status: 'submitted', check: null } });
dealSchema.index({ protectedUntil: 1 }, { partialFilterExpression: { status: 'approved' } });
dealSchema.index({ escalateAt: 1 }, { partialFilterExpression: { escalatedAt: null, escalateAt: { $type: 'date' } } });
dealSchema.index({ showDue: 1 }, { partialFilterExpression: { showDue: { $type: 'date' } } });
dealSchema.index({ measureDue: 1 }, { partialFilterExpression: { measureDue: { $type: 'date' } } });
dealSchema.index({ workspaceId: 1, 'history.at': 1 });
dealSchema.index({ noticeAt: 1 }, { partialFilterExpression: { noticeAt: { $type: 'date' } } });
dealSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

export const DealModel = mongoose.model('Deal', dealSchema);

type Stored = { _id: string } & Record<string, unknown>;

export function toDeal({ _id, trail, typed, keys, measureDue, ...stored }: Stored): Deal {
  return Deal.parse({ ...stored, id: _id });
}

function toDraft({ _id, workspaceId, partnerId, by, createdAt, status, typed }: Stored): DealDraft {
  return DealDraft.parse({ id: _id, workspaceId, partnerId, by, createdAt, status, typed });
}

/** Of a deal that is submitted. */
export const SUBMITTED = { $ne: 'draft' } as const;

/** Keeps what was typed; null when this deal is submitted already, or is somebody else's. */
export async function keepDraft({ id, ...draft }: DealDraft): Promise<DealDraft | null> {
  const { workspaceId, partnerId, by, status, typed, createdAt } = draft;
  const mine = { _id: id, workspaceId, partnerId, by, status };
  try {
    const kept = await DealModel.findOneAndUpdate(
      mine,
      { $set: { typed }, $setOnInsert: { createdAt } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
    return kept && toDraft(kept);
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

/** The latest form that this person began for this partner and did not submit. */
export async function findDraft(workspaceId: string, { partnerId, by }: { partnerId: string; by: string }): Promise<DealDraft | null> {
  const found = await DealModel.findOne({ workspaceId, partnerId, status: 'draft', by }).sort({ createdAt: -1, _id: 1 }).lean();
  return found && toDraft(found);
}

/** Submits it once: the one that is there stands, with `changed` false. Null when the id belongs to somebody else. The audit entry is part of the
 *  same write. */
export async function submitDeal({ id, ...deal }: Deal, entry: AuditEntry): Promise<{ deal: Deal; changed: boolean } | null> {
  const { workspaceId, partnerId, by, createdAt, ...said } = deal;
  const mine = { _id: id, workspaceId, partnerId, by };
  const set = { ...said, keys: keysOf(deal), measureDue: deal.submittedAt };
  const change = { $set: set, $setOnInsert: { createdAt }, $unset: { typed: '' }, $push: { trail: entry } };
  try {
    const saved = await DealModel.findOneAndUpdate({ ...mine, status: 'draft' }, change, { upsert: true, returnDocument: 'after' }).lean();
    await settleTrail(DealModel, { _id: id });
    return saved && { deal: toDeal(saved), changed: true };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const known = await DealModel.findOne({ ...mine, status: SUBMITTED }).lean();
    return known && { deal: toDeal(known), changed: false };
  }
}

/** What a deal is found by when another is registered. */
export function keysOf({ company, domain, aliases }: Pick<Deal, 'company' | 'domain' | 'aliases'>): string[] {
  return matchKeys({ names: [company, ...aliases], domains: [...(domain ? [domain] : []), ...aliases] });
}

/** What may change of a deal. */
export type DealChange = Partial<Omit<Deal, 'id' | 'workspaceId' | 'by' | 'createdAt' | 'submittedAt' | 'rev' | 'history'>>;

/** Changes it unless somebody else has meanwhile, then null. `event` joins its history, the audit entry is part of the same write. */
export async function changeDeal(
  seen: Deal,
  change: DealChange,
  { event, entry }: { event?: DealEvent; entry: AuditEntry },
): Promise<Deal | null> {
  const next = { ...seen, ...change };
  const saved = await DealModel.findOneAndUpdate(
    // Deals from before there were changes have no number.
    { _id: seen.id, workspaceId: seen.workspaceId, status: seen.status, rev: seen.rev === 0 ? { $in: [0, null] } : seen.rev },
    {
      $set: { ...change, keys: keysOf(next), rev: seen.rev + 1, measureDue: entry.at },
      $push: { trail: entry, ...(event ? { history: event } : {}) },
    },
    { returnDocument: 'after' },
  ).lean();
  await settleTrail(DealModel, { _id: seen.id });
  return saved && toDeal(saved);
}

/** Null for a draft, and for what is not there. */
export async function findDeal(workspaceId: string, id: string): Promise<Deal | null> {
  const found = await DealModel.findOne({ _id: id, workspaceId, status: SUBMITTED }).lean();
  return found && toDeal(found);
}

/** Refuses `deal-unknown`. */
export async function getDeal(workspaceId: string, id: string): Promise<Deal> {
  const found = await findDeal(workspaceId, id);
  if (!found) throw new Refusal('deal-unknown');
  return found;
}

/** What one partner has submitted, newest first. */
export async function listDeals(workspaceId: string, partnerId: string, count: number): Promise<{ deals: Deal[]; total: number }> {
  const theirs = { workspaceId, partnerId, status: SUBMITTED };
  const [found, total] = await Promise.all([
    DealModel.find(theirs).sort({ submittedAt: -1, _id: 1 }).limit(count).lean(),
    DealModel.countDocuments(theirs),
  ]);
  return { deals: found.map(toDeal), total };
}

/** What others have submitted and in which this partner has a part, newest first. */
export async function listSharedDeals(workspaceId: string, partnerId: string, count: number): Promise<{ deals: Deal[]; total: number }> {
  const theirs = { workspaceId, 'partners.partnerId': partnerId, status: SUBMITTED };
  const [found, total] = await Promise.all([
    DealModel.find(theirs).sort({ submittedAt: -1, _id: 1 }).limit(count).lean(),
    DealModel.countDocuments(theirs),
  ]);
  return { deals: found.map(toDeal), total };
}

/** Registrations that wait for a decision and whose check met one of these records. */
export async function listOpenAgainst(workspaceId: string, recordIds: readonly string[]): Promise<Deal[]> {
  const found = await DealModel.find({ workspaceId, status: { $in: OPEN_STATES }, 'check.against.id': { $in: recordIds } }).lean();
  return found.map(toDeal);
}

/** How many were submitted, by one partner or in a time of which `to` is not part. One that was not accepted or was taken back is no registered deal. */
export async function countDeals(workspaceId: string, wanted: { partnerId: string } | { from: Date; to: Date }): Promise<number> {
  const which = 'partnerId' in wanted ? wanted : { submittedAt: { $gte: wanted.from, $lt: wanted.to } };
  return DealModel.countDocuments({ workspaceId, status: { $nin: ['draft', 'rejected', 'withdrawn'] }, ...which });
}

export async function markAnnounced(workspaceId: string, id: string, at: Date): Promise<void> {
  await DealModel.updateOne({ _id: id, workspaceId, announcedAt: null }, { $set: { announcedAt: at } });
}

/** Of all workspaces, those submitted up to then of which nobody was told. */
export async function listAnnouncementsDue(upTo: Date): Promise<{ workspaceId: string; id: string }[]> {
  return refsOf({ announcedAt: null, submittedAt: { $type: 'date', $lte: upTo } });
}

/** Of all workspaces, those submitted up to then that nothing was compared with: a process died, or they are from before there was a check. */
export async function listUncheckedDue(upTo: Date): Promise<{ workspaceId: string; id: string }[]> {
  return refsOf({ status: 'submitted', check: null, submittedAt: { $type: 'date', $lte: upTo } });
}

/** The first to be submitted first. */
async function refsOf(filter: Record<string, unknown>): Promise<{ workspaceId: string; id: string }[]> {
  const found = await DealModel.find(filter, { workspaceId: 1 }).sort({ submittedAt: 1 }).lean();
  return found.map(({ _id, workspaceId }) => ({ id: _id, workspaceId }));
}

/** Of two partner records that become one, what the other registered or has a part in belongs to the one that stays. */
export async function moveDeals(workspaceId: string, from: string, to: string, twins: readonly Twin[] = []): Promise<void> {
  await DealModel.updateMany({ workspaceId, partnerId: from }, { $set: { partnerId: to } });
  await moveParts(workspaceId, from, to);
  await moveTwins(DealModel, 'by', { workspaceId, partnerId: to }, twins);
}

/** Each partner is in a deal once: the part of the one that stays stands, and none beside its own registration. Each change counts, so that nobody
 *  who read the parts before writes them back. */
async function moveParts(workspaceId: string, from: string, to: string): Promise<void> {
  const part = 'partners.partnerId';
  const without = (ids: string[]) => ({ $pull: { partners: { partnerId: { $in: ids } } }, $inc: { rev: 1 } });
  await DealModel.updateMany({ workspaceId, partnerId: to, [part]: { $in: [from, to] } }, without([from, to]));
  await DealModel.updateMany({ workspaceId, [part]: { $all: [from, to] } }, without([from]));
  await DealModel.updateMany(
    { workspaceId, [part]: { $eq: from, $ne: to } },
    { $set: { 'partners.$[one].partnerId': to }, $inc: { rev: 1 } },
    { arrayFilters: [{ 'one.partnerId': from }] },
  );
}

export async function settleDealTrails(): Promise<number> {
  return settleTrail(DealModel, {});
}
