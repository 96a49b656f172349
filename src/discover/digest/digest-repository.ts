import { subHours } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { PARTNER_TYPES } from '../../programme/setup/programme.ts';
import { FINDING_CODES } from '../fit/finding.ts';
import { Digest } from './digest.ts';

const phrasePart = new Schema({ field: { type: String, required: true }, words: { type: String, default: null } }, PART);

/** Every value that some finding of `Finding` has. */
const findingPart = new Schema(
  {
    code: { type: String, enum: FINDING_CODES, required: true },
    area: String,
    to: String,
    because: String,
    phrase: { type: phrasePart, default: undefined },
    topic: { type: phrasePart, default: undefined },
    by: Number,
    near: Number,
    words: { type: [String], default: undefined },
    group: String,
    named: Boolean,
    people: Number,
    short: Number,
    listed: Boolean,
    shared: String,
    name: String,
    locations: { type: [String], default: undefined },
    founded: Number,
    sentence: String,
    example: String,
    how: String,
    since: Date,
  },
  PART,
);
const reasonPart = new Schema(
  {
    points: { type: Number, required: true },
    max: { type: Number, required: true },
    finding: { type: findingPart, required: true },
    asOf: { type: Date, default: null },
  },
  PART,
);

const itemPart = new Schema(
  {
    companyId: { type: String, required: true },
    name: String,
    domain: { type: String, required: true },
    oneLiner: String,
    type: { type: String, enum: PARTNER_TYPES, required: true },
    score: { type: Number, required: true },
    known: { type: Number, required: true },
    reasons: [reasonPart],
    shares: { type: Map, of: Number, default: undefined },
  },
  PART,
);

/** Yesterday's digest is no news. */
const POSTABLE_HOURS = 24;

const digestSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    number: { type: Number, required: true },
    day: { type: String, required: true },
    round: { type: Number, required: true },
    requestedBy: { type: String, required: true },
    candidates: { type: Number, required: true },
    items: { type: [itemPart], required: true },
    unserved: { type: [String], enum: PARTNER_TYPES, default: undefined },
    createdAt: { type: Date, required: true },
    postedAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'digests' },
);
digestSchema.index({ workspaceId: 1, day: 1, round: 1 }, { unique: true });
digestSchema.index({ workspaceId: 1, number: 1 }, { unique: true });
digestSchema.index({ postedAt: 1, createdAt: 1 });
digestSchema.index({ workspaceId: 1, 'items.companyId': 1 });

const DigestModel = mongoose.model('Digest', digestSchema);

/** Inserts the digest; false when the day and round, or the number, is taken. */
export async function insertDigest({ id, ...digest }: Digest): Promise<boolean> {
  try {
    await DigestModel.create({ _id: id, ...digest });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export async function findDigest(workspaceId: string, day: string, round: number): Promise<Digest | null> {
  const found = await DigestModel.findOne({ workspaceId, day, round }).lean();
  return found ? read(found) : null;
}

export async function getDigest(workspaceId: string, id: string): Promise<Digest> {
  const found = await DigestModel.findOne({ _id: id, workspaceId }).lean();
  if (!found) throw new Refusal('company-unknown');
  return read(found);
}

export async function findLatestDigest(workspaceId: string): Promise<Digest | null> {
  const found = await DigestModel.findOne({ workspaceId }).sort({ number: -1 }).lean();
  return found ? read(found) : null;
}

/** The digest that last showed a company, so that its line can be brought up to date. */
export async function findDigestOf(workspaceId: string, companyId: string): Promise<Digest | null> {
  const found = await DigestModel.findOne({ workspaceId, 'items.companyId': companyId, postedAt: { $ne: null } })
    .sort({ number: -1 })
    .lean();
  return found ? read(found) : null;
}

/** Every company posted so far, or about to be, and when. A digest that did not reach the channel within a day never will (see
 *  `listUnposted`), so its companies may be chosen again. */
export async function lastPosted(workspaceId: string, at: Date): Promise<Map<string, Date>> {
  const counts = [{ postedAt: { $ne: null } }, { createdAt: { $gt: subHours(at, POSTABLE_HOURS) } }];
  const posted = DigestModel.find({ workspaceId, $or: counts }, { 'items.companyId': 1, createdAt: 1 }).sort({ number: 1 });
  const found = await posted.lean<{ items: { companyId: string }[]; createdAt: Date }[]>();
  return new Map(found.flatMap(({ items, createdAt }) => items.map(({ companyId }) => [companyId, createdAt] as const)));
}

/** Digests that were made but never reached the channel; for the sweep. */
export async function listUnposted(at: Date, before: Date, limit = 200): Promise<{ workspaceId: string; id: string }[]> {
  const found = await DigestModel.find(
    { postedAt: null, createdAt: { $gt: subHours(at, POSTABLE_HOURS), $lt: before } },
    { workspaceId: 1 },
  )
    .limit(limit)
    .lean();
  return found.map(({ _id, workspaceId }) => ({ id: _id, workspaceId }));
}

/** Digests that reached the channel from `from` up to `to`, oldest first. */
export async function listPosted(workspaceId: string, from: Date, to: Date): Promise<Digest[]> {
  const found = await DigestModel.find({ workspaceId, postedAt: { $gte: from, $lt: to } })
    .sort({ number: 1 })
    .lean();
  return found.map(read);
}

/** Companies that digests have shown since a moment, by workspace; for the refresh of their evidence. */
export async function listShownSince(since: Date, limit = 1000): Promise<{ workspaceId: string; companyIds: string[] }[]> {
  const found = await DigestModel.find({ postedAt: { $gte: since } }, { workspaceId: 1, 'items.companyId': 1 })
    .sort({ postedAt: -1 })
    .limit(limit)
    .lean<{ workspaceId: string; items: { companyId: string }[] }[]>();
  const shown = new Map<string, Set<string>>();
  for (const { workspaceId, items } of found) {
    const ids = shown.get(workspaceId) ?? new Set();
    for (const { companyId } of items) ids.add(companyId);
    shown.set(workspaceId, ids);
  }
  return [...shown].map(([workspaceId, ids]) => ({ workspaceId, companyIds: [...ids] }));
}

export async function markPosted(workspaceId: string, id: string, at: Date): Promise<void> {
  await DigestModel.updateOne({ _id: id, workspaceId, postedAt: null }, { $set: { postedAt: at } });
}

function read({ _id, ...rest }: { _id: string } & Record<string, unknown>): Digest {
  return Digest.parse({ id: _id, ...rest });
}

/** A company leaves every digest that suggested it. */
export const digestData = keptData({ model: DigestModel, noun: 'digest', kind: 'digest' });
