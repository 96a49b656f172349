import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { DELETED, isTheirAddress } from '../../programme/privacy/whom.ts';
import { moverOf } from '../partners/move-records.ts';
import { Progress } from './progress.ts';

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

const tryPart = new Schema({ at: date, right: whole, total: whole, passed: { type: Boolean, required: true } }, PART);
const certificatePart = new Schema(
  { id: text, courseTitle: text, name: text, right: whole, total: whole, at: date, until: { type: Date, default: null } },
  PART,
);

const progressSchema = new Schema(
  {
    ...{ workspaceId: text, partnerId: text, companyId: text, courseId: text, userId: text, email: { type: String, default: '' } },
    readUnits: [String],
    tries: [tryPart],
    certificates: [certificatePart],
    rev: whole,
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'attempts' },
);
progressSchema.index({ workspaceId: 1, partnerId: 1, courseId: 1, userId: 1 }, { unique: true });
progressSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const ProgressModel = mongoose.model('Progress', progressSchema);

function toProgress({ _id, trail, ...stored }: { _id: unknown } & Record<string, unknown>): Progress {
  return Progress.parse({ ...stored, id: String(_id) });
}

/** Whose progress, in which course. */
export type Learner = Pick<Progress, 'workspaceId' | 'partnerId' | 'companyId' | 'courseId' | 'userId' | 'email'>;

/** Of all their people, in all courses. */
export async function listProgress(workspaceId: string, partnerId: string): Promise<Progress[]> {
  const stored = await ProgressModel.find({ workspaceId, partnerId }).sort({ _id: 1 }).lean();
  return stored.map(toProgress);
}

/** Of one person in one course, begun when there is none. Safe to do twice at once. */
export async function beginProgress({ workspaceId, partnerId, companyId, courseId, userId, email }: Learner): Promise<Progress> {
  const key = { workspaceId, partnerId, courseId, userId };
  const fresh = { $setOnInsert: { companyId, email, readUnits: [], tries: [], certificates: [], rev: 1 } };
  await ProgressModel.updateOne(key, fresh, { upsert: true }).catch((error: unknown) => {
    // Two that begin at the same moment collide; the document is there then.
    if (!isDuplicateKey(error)) throw error;
  });
  return toProgress(await ProgressModel.findOne(key).orFail().lean());
}

/** Changes what the caller saw; null when something else changed it first. `entry` is recorded with it. */
export async function changeProgress(
  { id, workspaceId, rev }: Progress,
  change: Partial<Pick<Progress, 'readUnits' | 'tries' | 'certificates'>>,
  entry: AuditEntry | null,
): Promise<Progress | null> {
  const saved = await ProgressModel.findOneAndUpdate(
    { _id: id, workspaceId, rev },
    { $set: { ...change, rev: rev + 1 }, ...(entry ? { $push: { trail: entry } } : {}) },
    { returnDocument: 'after' },
  ).lean();
  if (!saved) return null;
  if (entry) await settleTrail(ProgressModel, { _id: saved._id });
  return toProgress(saved);
}

/** When two records of one partner become one, what their people learned counts for it. Of somebody who took a course for both, it stays what they
 *  did for the one that stays. Safe to repeat. */
export const moveProgress = moverOf(ProgressModel, 'userId', { $inc: { rev: 1 } });

export async function settleProgressTrails(): Promise<number> {
  return settleTrail(ProgressModel, {});
}

/** With the company it goes, and with the person whose it is; where it has no address of theirs, without their name. */
export const progressData = keptData({
  model: ProgressModel,
  noun: 'attempt',
  kind: 'attempt',
  isTheirs: ({ companyId, email, partnerId }, whom) =>
    whom.companyIds.includes(String(companyId)) ||
    whom.subjects.includes(`partner:${String(partnerId)}`) ||
    isTheirAddress(whom, String(email)),
  signed: ({ userId, certificates }, { userIds }) => {
    const list = userIds.includes(String(userId)) && Array.isArray(certificates) ? certificates : [];
    return Object.fromEntries(list.map((_one, place) => [`certificates.${place}.name`, DELETED]));
  },
});
