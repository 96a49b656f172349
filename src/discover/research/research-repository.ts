import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import { type AuditEntry, auditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import { factFields, originFields, originPart } from '../../programme/companies/company-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { PARTNER_TYPES } from '../../programme/setup/programme.ts';
import {
  type Amount,
  BROKEN_OFF,
  LOST_MS,
  less,
  RESEARCH_STATUSES,
  Research,
  type ResearchNote,
  type ResearchStatus,
  ResearchStep,
  SCHEDULE,
  STEP_STATUSES,
} from './research.ts';

const partnerPart = new Schema(
  {
    type: { type: String, enum: PARTNER_TYPES, required: true },
    why: { type: String, required: true },
    quote: { type: String, required: true },
    url: { type: String, required: true },
  },
  PART,
);

const foundPart = new Schema(
  {
    domain: { type: String, required: true },
    facts: { type: new Schema(factFields, PART), required: true },
    origin: { type: originPart, required: true },
    origins: originFields,
    partner: { type: partnerPart, default: undefined },
  },
  PART,
);

const stepPart = new Schema(
  {
    kind: { type: String, enum: ResearchStep.shape.kind.options, required: true },
    query: String,
    status: { type: String, enum: STEP_STATUSES, required: true },
    attempts: { type: Number, required: true },
    claimedAt: { type: Date, default: null },
    answeredAt: { type: Date, default: null },
    companies: [foundPart],
    added: { type: Number, required: true },
    dropped: { type: Number, required: true },
  },
  PART,
);

const amount = { searches: { type: Number, default: 0 }, tokens: { type: Number, default: 0 }, microUsd: { type: Number, default: 0 } };

const wantedPart = new Schema({ types: [{ type: String, enum: PARTNER_TYPES }], regions: { type: String, default: '' } }, PART);

const researchSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    words: { type: String, default: '' },
    wanted: { type: wantedPart, default: undefined },
    by: { type: String, required: true },
    status: { type: String, enum: RESEARCH_STATUSES, required: true },
    note: { type: String, default: '' },
    notBefore: { type: Date, default: null },
    steps: { type: [stepPart], required: true },
    spent: amount,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'researches', minimize: false },
);
// One run at a time: two would look for the same and spend twice.
researchSchema.index({ workspaceId: 1 }, { unique: true, partialFilterExpression: { status: 'running' } });
researchSchema.index({ status: 1, updatedAt: 1 });
researchSchema.index({ workspaceId: 1, createdAt: -1 });

const ResearchModel = mongoose.model('Research', researchSchema);

/** Starts a run; false while another of the workspace is under way, or where its id is taken. The audit entry is part of the same write. */
export async function insertResearch({ id, ...research }: Research, entry: AuditEntry): Promise<boolean> {
  try {
    await ResearchModel.create({ _id: id, ...research, note: '', trail: [entry] });
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  await settleTrail(ResearchModel, { _id: id });
  return true;
}

/** Refuses with `research-unknown`. */
export async function getResearch(workspaceId: string, id: string): Promise<Research> {
  const found = await ResearchModel.findOne({ _id: id, workspaceId }).lean();
  if (!found) throw new Refusal('research-unknown');
  const { _id, trail, ...rest } = found;
  return Research.parse({ id: _id, ...rest });
}

/** The run under way; null when there is none. */
export async function findRunning(workspaceId: string): Promise<Research | null> {
  const found = await ResearchModel.findOne({ workspaceId, status: 'running' }, { _id: 1 }).lean();
  return found && getResearch(workspaceId, found._id);
}

/** The latest standing runs, newest first, without what they found. */
export async function listStanding(workspaceId: string, limit: number): Promise<Pick<Research, 'status' | 'note' | 'createdAt'>[]> {
  const found = await ResearchModel.find({ workspaceId, by: SCHEDULE }, { status: 1, note: 1, createdAt: 1 })
    .sort({ createdAt: -1 })
    .limit(limit)
    .lean();
  return found.map((run) => Research.pick({ status: true, note: true, createdAt: true }).parse(run));
}

/** What was searched for in the latest runs, newest first. */
export async function listSearched(workspaceId: string, limit: number): Promise<string[]> {
  const found = await ResearchModel.find({ workspaceId }, { 'steps.kind': 1, 'steps.query': 1 })
    .sort({ createdAt: -1 })
    .limit(limit)
    .lean<{ steps: { kind: string; query: string }[] }[]>();
  return found.flatMap(({ steps }) => steps.flatMap(({ kind, query }) => (kind === 'search' ? query : [])));
}

/** Takes a step for one worker and sets aside what it may cost; null when another has it or the run has ended. A worker that has not
 *  come back long after its time is taken for dead, and what it may have spent stays spent. */
export async function claimStep(research: Research, index: number, aside: Amount, at: Date): Promise<Date | null> {
  const path = `steps.${index}`;
  const free = [
    { [`${path}.status`]: 'waiting' },
    { [`${path}.status`]: 'asking', [`${path}.claimedAt`]: { $lt: new Date(at.getTime() - LOST_MS) } },
  ];
  const claimed = await ResearchModel.updateOne(
    { ...running(research), $or: free },
    {
      $set: { [`${path}.status`]: 'asking', [`${path}.claimedAt`]: at, notBefore: null, note: null, updatedAt: at },
      $inc: { [`${path}.attempts`]: 1, ...increments(aside) },
    },
  );
  return claimed.modifiedCount === 1 ? at : null;
}

/** What is known after a question: the step as it now is, steps that follow from it, what it cost in place of what was set aside. */
export type StepOutcome = { step: ResearchStep; more?: ResearchStep[]; spent: Amount; wait?: { until: Date; note: ResearchNote } };

/** Notes the outcome for the worker that holds the claim; false when the run was cancelled or the claim lost meanwhile. What was spent
 *  counts in any case. */
export async function settleStep(
  research: Research,
  index: number,
  claim: Date,
  aside: Amount,
  outcome: StepOutcome,
  at: Date,
): Promise<boolean> {
  const { step, more = [], spent, wait } = outcome;
  const held = { [`steps.${index}.status`]: 'asking', [`steps.${index}.claimedAt`]: claim };
  // A plan is the first and only step until it is settled, with its searches in one write.
  const steps = more.length > 0 ? { steps: [step, ...more] } : { [`steps.${index}`]: step };
  const change = {
    $set: { ...steps, updatedAt: at, ...(wait ? { notBefore: wait.until, note: wait.note } : {}) },
    $inc: increments(less(spent, aside)),
  };
  const settled = await ResearchModel.updateOne({ ...running(research), ...held }, change);
  if (settled.modifiedCount === 1) return true;
  await ResearchModel.updateOne(ours(research), { $inc: increments(less(spent, aside)) });
  return false;
}

/** Notes that the companies of an answer have been taken over. */
export async function finishStep(research: Research, index: number, added: number, at: Date): Promise<void> {
  const path = `steps.${index}`;
  const done = { [`${path}.status`]: 'done', [`${path}.added`]: added, updatedAt: at };
  await ResearchModel.updateOne({ ...ours(research), [`${path}.status`]: 'answered' }, { $set: done });
}

/** Ends a run for good; null when it has ended already. */
export async function endResearch(
  research: Research,
  to: Exclude<ResearchStatus, 'running'>,
  note: ResearchNote | null,
  by: string,
  at: Date,
): Promise<Research | null> {
  const { id, workspaceId } = research;
  const entry = auditEntry({
    workspaceId,
    by,
    at,
    action: `research.${to}`,
    subject: `research:${id}`,
    after: { note, spent: research.spent },
  });
  const change = { $set: { status: to, note, notBefore: null, updatedAt: at }, $push: { trail: entry } };
  const ended = await ResearchModel.updateOne(running(research), change);
  if (ended.modifiedCount === 0) return null;
  await settleTrail(ResearchModel, { _id: id });
  return getResearch(workspaceId, id);
}

export async function isRunning({ id, workspaceId }: Pick<Research, 'id' | 'workspaceId'>): Promise<boolean> {
  return (await ResearchModel.exists({ _id: id, workspaceId, status: 'running' })) !== null;
}

/** Runs nobody works on: idle since `before`, or waiting for a time that has come. For the sweep. */
export async function listIdleResearches(before: Date, now: Date, limit = 200): Promise<{ workspaceId: string; id: string }[]> {
  const idle = { updatedAt: { $lt: before }, notBefore: null };
  const found = await ResearchModel.find({ status: 'running', $or: [idle, { notBefore: { $lte: now } }] }, { workspaceId: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id, workspaceId }) => ({ id: _id, workspaceId }));
}

/** Runs that ended lately, for the sweep: their cards may not say so yet. */
export async function listEndedResearches(since: Date, limit = 200): Promise<Pick<Research, 'workspaceId' | 'id' | 'updatedAt'>[]> {
  const shown = { status: { $ne: 'running' }, note: { $nin: [...BROKEN_OFF] } } as const;
  const found = await ResearchModel.find({ ...shown, updatedAt: { $gt: since } }, { workspaceId: 1, updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id, workspaceId, updatedAt }) => ({ id: _id, workspaceId, updatedAt }));
}

export async function settleResearchTrails(): Promise<number> {
  return settleTrail(ResearchModel, {});
}

function ours({ id, workspaceId }: Research) {
  return { _id: id, workspaceId };
}

function running(research: Research) {
  return { ...ours(research), status: 'running' } as const;
}

function increments({ searches, tokens, microUsd }: Amount) {
  return { 'spent.searches': searches, 'spent.tokens': tokens, 'spent.microUsd': microUsd };
}

/** A company leaves what was found. */
export const researchData = keptData({ model: ResearchModel, noun: 'research', kind: 'research' });
