import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { createPause } from '../../platform/slices.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import type { Company } from '../../programme/companies/company.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { PARTNER_TYPES, type PartnerType } from '../../programme/setup/programme.ts';
import { type About, type Claim, type Reading, Review, Ruling, VERDICTS } from './review.ts';

const text = { type: String, required: true } as const;
const rulingPart = new Schema({ kind: { ...text, enum: Ruling.shape.kind.options }, by: text, at: { type: Date, required: true } }, PART);
const readingPart = new Schema(
  {
    key: text,
    us: text,
    verdict: { type: String, enum: [...VERDICTS, null], default: null },
    other: { type: String, enum: [...PARTNER_TYPES, null], default: null },
    phrase: { type: new Schema({ field: text, words: { type: String, default: null } }, PART), default: null },
    at: { type: Date, required: true },
  },
  PART,
);
const claimPart = new Schema({ key: text, at: { type: Date, required: true }, tries: { type: Number, required: true } }, PART);

const reviewSchema = new Schema(
  {
    /** Workspace, company and what it is about, so that there is one of each. */
    _id: text,
    workspaceId: text,
    companyId: text,
    domain: text,
    about: { ...text, enum: ['rival', ...PARTNER_TYPES] },
    ruling: { type: rulingPart, default: null },
    reading: { type: readingPart, default: null },
    claim: { type: claimPart, default: null },
    /** The database's own time of the last ruling or reading, by which a process hears what others wrote. */
    changedAt: Date,
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'reviews', minimize: false },
);
reviewSchema.index({ workspaceId: 1, companyId: 1 });
reviewSchema.index({ workspaceId: 1, changedAt: 1 });
reviewSchema.index({ workspaceId: 1, 'reading.at': 1 });
reviewSchema.index({ workspaceId: 1, 'ruling.kind': 1 });

const ReviewModel = mongoose.model('Review', reviewSchema);

const STAMPED = { $currentDate: { changedAt: true } } as const;
type Of = Pick<Company, 'workspaceId' | 'id' | 'domain'>;

function idOf({ workspaceId, id }: Of, about: About): string {
  return `${workspaceId}:${id}:${about}`;
}

function born({ workspaceId, id: companyId, domain }: Of, about: About) {
  return { workspaceId, companyId, domain, about };
}

export async function listReviews(workspaceId: string, companyIds: readonly string[]): Promise<Review[]> {
  return (await ReviewModel.find({ workspaceId, companyId: { $in: companyIds } }).lean()).map((stored) => Review.parse(stored));
}

/** Domains of the companies that the team keeps out, by domain; for the gates of ranking and sending. */
export async function listKeptOut(workspaceId: string): Promise<string[]> {
  const found = await ReviewModel.find({ workspaceId, 'ruling.kind': 'keep-out' }, { domain: 1 }).sort({ domain: 1 }).lean();
  return found.map(({ domain }) => domain);
}

/** Seen no later than this after the moment it bears. */
const LATE_MS = 5_000;

/** Reviews that were written since somebody last asked, those of the last seconds before once more; `until` is what to ask with next. */
export async function listHeard(workspaceId: string, since: Date | null): Promise<{ until: Date | null; reviews: Review[] }> {
  const from = new Date((since?.getTime() ?? LATE_MS) - LATE_MS);
  const found = await ReviewModel.find({ workspaceId, changedAt: { $gte: from } })
    .sort({ changedAt: 1 })
    .lean();
  const reviews: Review[] = [];
  const pause = createPause();
  for (const stored of found) {
    const wait = pause();
    if (wait) await wait;
    reviews.push(Review.parse(stored));
  }
  return { until: found.at(-1)?.changedAt ?? since, reviews };
}

/** Replaces the ruling that the caller saw; false when somebody ruled meanwhile. The audit entry is part of the same write. */
export async function saveRuling(
  company: Of,
  about: About,
  { seen, next }: { seen: Ruling | null; next: Ruling | null },
  entry: AuditEntry,
): Promise<boolean> {
  const _id = idOf(company, about);
  const filter = { _id, ...(seen ? { 'ruling.at': seen.at, 'ruling.kind': seen.kind } : { ruling: null }) };
  const change = { $set: { ruling: next }, $setOnInsert: born(company, about), $push: { trail: entry }, ...STAMPED };
  const saved = await written(() => ReviewModel.updateOne(filter, change, { upsert: seen === null }));
  if (saved) await settleTrail(ReviewModel, { _id });
  return saved;
}

/** Takes one for reading; false when another has taken it since the caller looked, or has read the same already. */
export async function claimReading(company: Of, type: PartnerType, seen: Claim | null, claim: Claim): Promise<boolean> {
  const unclaimed = seen ? { 'claim.at': seen.at, 'claim.tries': seen.tries } : { claim: null };
  const filter = { _id: idOf(company, type), ...unclaimed, 'reading.key': { $ne: claim.key } };
  const change = { $set: { claim }, $setOnInsert: born(company, type) };
  return written(() => ReviewModel.updateOne(filter, change, { upsert: seen === null }));
}

/** Gives a claim back as if nobody had taken it; `seen` is what was there before. */
export async function unclaimReading(company: Of, type: PartnerType, claim: Claim, seen: Claim | null): Promise<boolean> {
  const filter = { _id: idOf(company, type), 'claim.at': claim.at, 'claim.key': claim.key };
  return written(() => ReviewModel.updateOne(filter, { $set: { claim: seen } }));
}

/** Writes down what the second reader made of one that was claimed. */
export async function settleReading(company: Of, type: PartnerType, claim: Claim, reading: Reading): Promise<boolean> {
  const filter = { _id: idOf(company, type), 'claim.at': claim.at, 'claim.key': claim.key };
  return written(() => ReviewModel.updateOne(filter, { $set: { reading, claim: null }, ...STAMPED }));
}

/** False also where a unique id kept a second one out. */
async function written(write: () => Promise<{ modifiedCount: number; upsertedCount: number }>): Promise<boolean> {
  try {
    const { modifiedCount, upsertedCount } = await write();
    return modifiedCount + upsertedCount > 0;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** How many were read as this type for the profile `us`, and how many of them since a moment. */
export async function countReadings(
  workspaceId: string,
  { type, us, since }: { type: PartnerType; us: string; since: Date },
): Promise<{ total: number; recent: number }> {
  const ofType = { workspaceId, about: type, 'reading.us': us };
  const [total, recent] = await Promise.all([
    ReviewModel.countDocuments(ofType),
    ReviewModel.countDocuments({ ...ofType, 'reading.at': { $gte: since } }),
  ]);
  return { total, recent };
}

/** How many were read since a moment, as whatever type, and against how many of them the second reader objected. */
export async function countReadSince(workspaceId: string, since: Date): Promise<{ read: number; objected: number }> {
  const recent = { workspaceId, 'reading.at': { $gte: since } };
  const [read, objected] = await Promise.all([
    ReviewModel.countDocuments(recent),
    ReviewModel.countDocuments({ ...recent, 'reading.verdict': { $nin: ['partner', null] } }),
  ]);
  return { read, objected };
}

export async function settleReviewTrails(): Promise<number> {
  return settleTrail(ReviewModel, {});
}

export const reviewData = keptData({
  model: ReviewModel,
  noun: 'review',
  kind: 'review',
  isTheirs: ({ domain }, { key }) => key.kind === 'company' && domain === key.value,
  also: STAMPED,
});
