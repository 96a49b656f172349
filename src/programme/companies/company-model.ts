import mongoose, { Schema } from 'mongoose';
import { trailPath } from '../audit/audit-repository.ts';
import { COMPANY_STATUSES, Company, CompanyDecision, CompanyFacts, REJECTION_REASONS, SIZE_BANDS } from './company.ts';

const originFields = new Schema(
  { source: { type: String, required: true }, at: { type: Date, required: true } },
  { _id: false, strict: 'throw' },
);

const decisionFields = new Schema(
  {
    kind: { type: String, enum: CompanyDecision.options.map((option) => option.shape.kind.value), required: true },
    reason: { type: String, enum: REJECTION_REASONS },
    note: String,
    snapshot: Schema.Types.Mixed,
    until: Date,
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { _id: false, strict: 'throw' },
);

const text = { type: String, default: '' };
const list = { type: [String], default: [] };

const companyFields = new Schema(
  {
    workspaceId: { type: String, required: true },
    domain: { type: String, required: true },
    name: { type: String, required: true },
    website: text,
    oneLiner: text,
    description: text,
    industries: list,
    tags: list,
    teamSize: { type: Number, default: null },
    sizeBand: { type: String, enum: [...SIZE_BANDS, null], default: null },
    locations: list,
    founded: { type: Number, default: null },
    status: { type: String, enum: [...COMPANY_STATUSES, null], default: null },
    aliases: list,
    integrations: { type: [String], default: undefined },
    partnerPage: String,
    origin: { type: originFields, required: true },
    origins: Object.fromEntries(CompanyFacts.keyof().options.map((fact) => [fact, { type: originFields, default: undefined }])),
    decision: { type: decisionFields, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false },
);
companyFields.index({ workspaceId: 1, domain: 1 }, { unique: true });
companyFields.index({ workspaceId: 1, 'decision.kind': 1 }, { partialFilterExpression: { 'decision.kind': 'partner' } });
companyFields.index(
  { workspaceId: 1, 'decision.snapshot.type': 1, 'decision.at': -1 },
  { partialFilterExpression: { 'decision.snapshot.type': { $exists: true } } },
);

/** Stored companies. Only the repositories of this folder use the model; everyone else gets a plain `Company`. */
export const CompanyModel = mongoose.model('Company', companyFields, 'companies');

/** Reads a stored (lean) document: `_id` becomes `id`, everything is checked. */
export function toCompany({ _id, ...stored }: { _id: unknown }): Company {
  return Company.parse({ origins: {}, decision: null, ...stored, id: String(_id) });
}
