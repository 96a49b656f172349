import mongoose, { Schema } from 'mongoose';
import { shareReads } from '../../platform/shared-reads.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../audit/audit.ts';
import { settleTrail, trailPath } from '../audit/audit-repository.ts';
import { keptData } from '../privacy/kept-data.ts';
import { PARTNER_TYPES, Programme, type ReadingCorrection, type SetupStep } from './programme.ts';

const name = { type: String, required: true } as const;

const companyPart = new Schema(
  { name, website: name, sells: name, customers: name, regions: name, partnerTypes: [{ type: String, enum: PARTNER_TYPES }] },
  PART,
);
const leaveOutPart = new Schema({ competitors: [String], customers: [String], existing: [String], largest: Number }, PART);
/** Names of the vocabulary of the day: one that is gone from it counts as none. */
const correctionPart = new Schema({ areas: { type: [String], default: undefined }, relation: String }, PART);
const digestPart = new Schema(
  {
    channel: name,
    hour: { type: Number, required: true },
    timeZone: name,
    weekdays: [Number],
    count: { type: Number, required: true },
  },
  PART,
);
const senderPart = new Schema({ name, address: name, postalAddress: name }, PART);

const programmeSchema = new Schema(
  {
    _id: { type: String, required: true },
    company: { type: companyPart, default: null },
    leaveOut: { type: leaveOutPart, default: { competitors: [], customers: [], existing: [] } },
    corrected: { type: correctionPart, default: null },
    digest: { type: digestPart, default: null },
    sender: { type: senderPart, default: null },
    researchPaused: Boolean,
    nextDigestAt: { type: Date, default: null },
    /** When the sweep looks again whether research is to start by itself; at once where it is absent. */
    nextResearchAt: Date,
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'programmes', minimize: false },
);
programmeSchema.index({ nextDigestAt: 1 });
programmeSchema.index({ nextResearchAt: 1 });

const ProgrammeModel = mongoose.model('Programme', programmeSchema);

/** The workspace's settings; all parts empty when nothing has been saved. */
export const getProgramme = shareReads(async (workspaceId): Promise<Programme> => {
  const found = await ProgrammeModel.findById(workspaceId).lean();
  return read(workspaceId, found ?? {});
});

export async function saveProgrammePart<Step extends SetupStep>(
  workspaceId: string,
  step: Step,
  part: NonNullable<Programme[Step]>,
  nextDigestAt: Date | null,
  entry: AuditEntry,
): Promise<Programme> {
  const saved = await ProgrammeModel.findOneAndUpdate(
    { _id: workspaceId },
    { $set: { [step]: part, nextDigestAt }, $unset: { nextResearchAt: 1 }, $push: { trail: entry } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  await settleTrail(ProgrammeModel, { _id: workspaceId });
  return read(workspaceId, saved);
}

/** Null goes back to what the texts of set-up say. */
export async function saveCorrection(workspaceId: string, corrected: ReadingCorrection | null, entry: AuditEntry): Promise<Programme> {
  const change = { $set: { corrected }, $push: { trail: entry } };
  const saved = await ProgrammeModel.findOneAndUpdate({ _id: workspaceId }, change, { upsert: true, returnDocument: 'after' }).lean();
  await settleTrail(ProgrammeModel, { _id: workspaceId });
  return read(workspaceId, saved);
}

export async function saveResearchPaused(workspaceId: string, researchPaused: boolean, entry: AuditEntry): Promise<void> {
  await ProgrammeModel.updateOne(
    { _id: workspaceId },
    { $set: { researchPaused }, $unset: { nextResearchAt: 1 }, $push: { trail: entry } },
  );
  await settleTrail(ProgrammeModel, { _id: workspaceId });
}

/** Workspaces whose turn it is to be looked at for research that nobody asks for, the longest waiting first; for the sweep. */
export async function listResearched(now: Date, limit: number): Promise<{ workspaceId: string; id: string }[]> {
  const found = await ProgrammeModel.find({ $or: [{ nextResearchAt: null }, { nextResearchAt: { $lte: now } }] }, { _id: 1 })
    .sort({ nextResearchAt: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id: id }) => ({ workspaceId: id, id }));
}

export async function setNextResearch(workspaceId: string, next: Date): Promise<void> {
  await ProgrammeModel.updateOne({ _id: workspaceId }, { $set: { nextResearchAt: next } });
}

/** Moves the clock on from what the caller saw; an hour saved meanwhile stays. */
export async function setNextDigest(workspaceId: string, seen: Date | null, next: Date): Promise<void> {
  await ProgrammeModel.updateOne({ _id: workspaceId, nextDigestAt: seen }, { $set: { nextDigestAt: next } });
}

/** Workspaces whose digest is due, the longest overdue first; for the sweep, which reads them one by one. */
export async function listDueProgrammes(now: Date, limit: number): Promise<{ workspaceId: string; id: string }[]> {
  const found = await ProgrammeModel.find({ nextDigestAt: { $lte: now } }, { _id: 1 })
    .sort({ nextDigestAt: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id: id }) => ({ workspaceId: id, id }));
}

export async function settleProgrammeTrails(): Promise<number> {
  return settleTrail(ProgrammeModel, {});
}

function read(workspaceId: string, found: Record<string, unknown>): Programme {
  const empty = {
    company: null,
    leaveOut: { competitors: [], customers: [], existing: [] },
    corrected: null,
    digest: null,
    sender: null,
    nextDigestAt: null,
  };
  const { _id, trail, ...parts } = found;
  return Programme.parse({ ...empty, ...parts, workspaceId });
}

/** Whoever is to be left out by name or domain is forgotten there too; silence leaves a company out without naming it. */
export const settingData = keptData({
  model: ProgrammeModel,
  noun: 'programme',
  kind: 'setting',
  ours: ({ workspaceId }) => ({ _id: workspaceId }),
  lists: /^leaveOut\.(?:competitors|customers|existing)$/,
});
