import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { PARTNER_TYPES, type PartnerType } from '../../programme/setup/programme.ts';
import { stepFields } from './checklist-repository.ts';
import { DEFAULT_STEPS } from './default-steps.ts';
import type { Step } from './step.ts';
import { mergeSteps, Template } from './template.ts';

/** The steps of one type of partner in one workspace; only what was edited is stored. */
const templateSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    type: { type: String, enum: PARTNER_TYPES, required: true },
    steps: [new Schema(stepFields, PART)],
    rev: { type: Number, required: true },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'checklist_templates' },
);
templateSchema.index({ workspaceId: 1, type: 1 }, { unique: true });

const TemplateModel = mongoose.model('ChecklistTemplate', templateSchema);

export async function getTemplate(workspaceId: string, type: PartnerType): Promise<Template> {
  const stored = await TemplateModel.findOne({ workspaceId, type }).lean();
  return Template.parse(stored ?? { workspaceId, type, steps: DEFAULT_STEPS[type], rev: 0 });
}

/** Of every type, in the order of `PARTNER_TYPES`. */
export async function listTemplates(workspaceId: string): Promise<Template[]> {
  const stored = await TemplateModel.find({ workspaceId }).lean();
  const byType = new Map(stored.map((document) => [document.type, Template.parse(document)]));
  return PARTNER_TYPES.map((type) => byType.get(type) ?? { workspaceId, type, steps: [...DEFAULT_STEPS[type]], rev: 0 });
}

/** What a partner of these types has to go through. */
export async function stepsOfTypes(workspaceId: string, types: readonly PartnerType[]): Promise<Step[]> {
  const templates = await listTemplates(workspaceId);
  return mergeSteps(types.map((type) => templates.find((one) => one.type === type)?.steps ?? []));
}

/** Replaces the template the caller saw; false when somebody changed it first. The audit entry is part of the same write. */
export async function saveTemplate({ workspaceId, type, rev }: Template, steps: readonly Step[], entry: AuditEntry): Promise<boolean> {
  const change = { $set: { steps, rev: rev + 1 }, $push: { trail: entry } };
  try {
    // Only the first change may create the document; a later one that finds another revision must not.
    const saved = await TemplateModel.updateOne({ workspaceId, type, rev }, change, { upsert: rev === 0 });
    if (saved.modifiedCount + saved.upsertedCount === 0) return false;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  await settleTrail(TemplateModel, { workspaceId, type });
  return true;
}

export async function settleTemplateTrails(): Promise<number> {
  return settleTrail(TemplateModel, {});
}

/** A step may name a company or a person. */
export const templateData = keptData({ model: TemplateModel, noun: 'checklist-template', kind: 'checklist' });
