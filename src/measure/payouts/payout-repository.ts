import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { LEFT_OUT, PAYOUT_STATUSES, Payout } from './payout.ts';

const name = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

const linePart = new Schema(
  { source: name, day: name, saleId: { type: String, default: null }, product: String, minor: number, carried: Boolean },
  PART,
);
const statementPart = new Schema(
  {
    ...{ partnerId: name, entryId: name, lines: [linePart], carriedInMinor: number, leastMinor: number, netMinor: number },
    ...{ payoutMinor: number, carriedOutMinor: number },
  },
  PART,
);
const leftOutPart = new Schema(
  { partnerId: name, why: { ...name, enum: LEFT_OUT }, count: number, minor: number, until: { type: Date, default: null } },
  PART,
);
const limitPart = new Schema({ minor: number, currency: name, raisedBy: { type: String, default: null }, alsoRaisedBy: [String] }, PART);
const byPart = new Schema({ by: name, at: date }, PART);

const payoutSchema = new Schema(
  {
    ...{ _id: name, workspaceId: name, currency: name, status: { ...name, enum: PAYOUT_STATUSES } },
    ...{ statements: [statementPart], leftOut: [leftOutPart], by: name, at: date, needs: number, approvals: [byPart] },
    limit: { type: limitPart, default: null },
    reference: { type: String, default: '' },
    handedOut: { type: byPart, default: null },
    paid: { type: byPart, default: null },
    takenBack: { type: new Schema({ by: name, at: date, because: String }, PART), default: null },
    due: { type: Date, default: null },
    rev: number,
    /** The partners whose statement was put into their channel, or was about to be: a file is sent once. */
    filed: { type: [String], default: undefined },
    /** There while it is a draft or approved: of a workspace and a currency there is one such payout. */
    open: String,
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'payouts' },
);
payoutSchema.index({ open: 1 }, { unique: true, partialFilterExpression: { open: { $type: 'string' } } });
payoutSchema.index({ workspaceId: 1, currency: 1, at: -1 });
payoutSchema.index({ due: 1 }, { partialFilterExpression: { due: { $type: 'date' } } });
payoutSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const PayoutModel = mongoose.model('Payout', payoutSchema);

const openKey = ({ workspaceId, currency }: Pick<Payout, 'workspaceId' | 'currency'>) => `${workspaceId}|${currency}`;

function toPayout({ _id, open, trail, filed, ...stored }: { _id: string } & Record<string, unknown>): Payout {
  return Payout.parse({ ...stored, id: _id });
}

/** False when another of this currency is open. The audit entry is part of the same write. */
export async function insertPayout({ id, ...payout }: Payout, entry: AuditEntry): Promise<boolean> {
  try {
    await PayoutModel.create({ _id: id, ...payout, open: openKey(payout), trail: [entry] });
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  await settleTrail(PayoutModel, { _id: id });
  return true;
}

/** Refuses `payout-unknown`. */
export async function getPayout(workspaceId: string, id: string): Promise<Payout> {
  const found = await PayoutModel.findOne({ _id: id, workspaceId }).lean();
  if (!found) throw new Refusal('payout-unknown');
  return toPayout(found);
}

/** The draft or approved one. */
export async function findOpenPayout(workspaceId: string, currency: string): Promise<Payout | null> {
  const found = await PayoutModel.findOne({ open: openKey({ workspaceId, currency }), workspaceId }).lean();
  return found && toPayout(found);
}

/** The one that was made last of those that are paid. */
export async function findLastPaid(workspaceId: string, currency: string): Promise<Payout | null> {
  const found = await PayoutModel.findOne({ workspaceId, currency, status: 'paid' }).sort({ at: -1, _id: 1 }).lean();
  return found && toPayout(found);
}

/** A payout without the lines of its statements, which may be many thousands, and without what it leaves out. */
const HEAD = { 'statements.lines': 0, leftOut: 0 } as const;
type Stored = { _id: string } & Record<string, unknown>;

function toHead({ statements, ...stored }: Stored): Payout {
  const without = z.array(z.record(z.string(), z.unknown())).parse(statements);
  return toPayout({ ...stored, statements: without.map((statement) => ({ ...statement, lines: [] })), leftOut: [] });
}

/** The newest first, without their lines. */
export async function listPayouts(workspaceId: string, most: number): Promise<Payout[]> {
  const found = await PayoutModel.find({ workspaceId }, HEAD).sort({ at: -1, _id: 1 }).limit(most).lean<Stored[]>();
  return found.map(toHead);
}

/** Without its lines. Refuses `payout-unknown`. */
export async function getPayoutHead(workspaceId: string, id: string): Promise<Payout> {
  const found = await PayoutModel.findOne({ _id: id, workspaceId }, HEAD).lean<Stored>();
  if (!found) throw new Refusal('payout-unknown');
  return toHead(found);
}

/** Those that were paid and are so no more. */
export async function listPaidAndTakenBack(workspaceId: string): Promise<string[]> {
  const found = await PayoutModel.find({ workspaceId, status: 'taken-back', paid: { $type: 'object' } }, { _id: 1 }).lean();
  return found.map(({ _id }) => _id);
}

/** Null when it is no longer as it was seen. The audit entry is part of the same write. */
export async function movePayout(
  { workspaceId, id, status, rev }: Payout,
  change: Partial<Pick<Payout, 'status' | 'approvals' | 'reference' | 'paid' | 'takenBack' | 'due'>>,
  entry: AuditEntry,
): Promise<Payout | null> {
  const isOver = change.status === 'paid' || change.status === 'taken-back';
  const moved = await PayoutModel.findOneAndUpdate(
    { _id: id, workspaceId, status, rev },
    { $set: { ...change, rev: rev + 1 }, $push: { trail: entry }, ...(isOver ? { $unset: { open: '' } } : {}) },
    { returnDocument: 'after' },
  ).lean();
  if (!moved) return null;
  await settleTrail(PayoutModel, { _id: id });
  return toPayout(moved);
}

/** Notes who is about to be given the files by which it is paid. Null when it is no longer approved. The audit entry is part of the same write. */
export async function noteHandedOut(
  { workspaceId, id }: Pick<Payout, 'workspaceId' | 'id'>,
  handedOut: NonNullable<Payout['handedOut']>,
  entry: AuditEntry,
): Promise<Payout | null> {
  const noted = await PayoutModel.findOneAndUpdate(
    { _id: id, workspaceId, status: 'approved' },
    { $set: { handedOut }, $push: { trail: entry } },
    { returnDocument: 'after' },
  ).lean();
  if (!noted) return null;
  await settleTrail(PayoutModel, { _id: id });
  return toPayout(noted);
}

/** Of all workspaces, those with something that is to be done by now, and since when. */
export async function listPayoutsDue(upTo: Date, most: number): Promise<{ workspaceId: string; id: string; since: Date }[]> {
  const found = await PayoutModel.find({ due: { $type: 'date', $lte: upTo } }, { workspaceId: 1, due: 1 })
    .sort({ due: 1 })
    .limit(most)
    .lean();
  return found.map(({ _id, workspaceId, due }) => ({ id: _id, workspaceId, since: due ?? upTo }));
}

/** Whether the caller is the first to put this partner's statement into its channel. */
export async function claimFiledStatement(workspaceId: string, id: string, partnerId: string): Promise<boolean> {
  const { modifiedCount } = await PayoutModel.updateOne(
    { _id: id, workspaceId, filed: { $ne: partnerId } },
    { $push: { filed: partnerId } },
  );
  return modifiedCount === 1;
}

/** All is done that was decided up to the state that was seen. */
export async function settleDue({ workspaceId, id, rev }: Pick<Payout, 'workspaceId' | 'id' | 'rev'>): Promise<void> {
  await PayoutModel.updateOne({ _id: id, workspaceId, rev }, { $set: { due: null } });
}

/** What could not be done waits until then, unless something else was decided meanwhile. */
export async function putOffPayout(workspaceId: string, id: string, { since, until }: { since: Date; until: Date }): Promise<void> {
  await PayoutModel.updateOne({ _id: id, workspaceId, due: since }, { $set: { due: until } });
}

export async function settlePayoutTrails(): Promise<number> {
  return settleTrail(PayoutModel, {});
}
