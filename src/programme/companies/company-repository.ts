import mongoose, { Schema } from 'mongoose';
import { Refusal } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../audit/audit-repository.ts';
import { keptData } from '../privacy/kept-data.ts';
import { PARTNER_TYPES, type PartnerType } from '../setup/programme.ts';
import { COMPANY_STATUSES, Company, CompanyDecision, CompanyFacts, REJECTION_REASONS, SIZE_BANDS, STAGE_STATES } from './company.ts';
import { DUE, stageDuePath } from './stage-due.ts';

/** Where facts come from. */
export const originPart = new Schema({ source: { type: String, required: true }, at: { type: Date, required: true } }, PART);

const snapshotPart = new Schema(
  { type: { type: String, enum: PARTNER_TYPES, required: true }, shares: { type: Map, of: Number, required: true } },
  PART,
);

const decisionPart = new Schema(
  {
    kind: { type: String, enum: CompanyDecision.options.map((option) => option.shape.kind.value), required: true },
    reason: { type: String, enum: REJECTION_REASONS },
    note: String,
    snapshot: snapshotPart,
    until: Date,
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  PART,
);

const stagePart = new Schema(
  {
    state: { type: String, enum: STAGE_STATES, required: true },
    at: { type: Date, required: true },
    by: { type: String, default: '' },
    how: { type: String, default: '' },
    until: { type: Date, default: null },
    post: { type: String, default: '' },
    rev: { type: Number, required: true },
  },
  PART,
);

const text = { type: String, default: '' };
const list = { type: [String], default: [] };

/** Facts about a company as they are stored, here and in answers of the research. */
export const factFields = {
  name: text,
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
} as const;

/** The origin of each fact that has its own. */
export const originFields = Object.fromEntries(
  CompanyFacts.keyof().options.map((fact) => [fact, { type: originPart, default: undefined }]),
);

const companyFields = new Schema(
  {
    workspaceId: { type: String, required: true },
    domain: { type: String, required: true },
    ...factFields,
    name: { type: String, required: true },
    origin: { type: originPart, required: true },
    origins: originFields,
    decision: { type: decisionPart, default: null },
    stage: { type: stagePart, default: undefined },
    stageDue: stageDuePath,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    /** The database's own time of the last write of any kind, by which a process reads what others have changed. Every write sets it with
     *  `STAMPED`. */
    changedAt: Date,
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false },
);
companyFields.index({ workspaceId: 1, domain: 1 }, { unique: true });
companyFields.index({ workspaceId: 1, name: 1 });
companyFields.index({ workspaceId: 1, aliases: 1 });
companyFields.index({ workspaceId: 1, changedAt: 1 });
companyFields.index({ workspaceId: 1, createdAt: -1 });
companyFields.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });
companyFields.index({ workspaceId: 1, 'decision.kind': 1 }, { partialFilterExpression: { 'decision.kind': 'partner' } });
companyFields.index(
  { workspaceId: 1, 'decision.snapshot.type': 1, 'decision.at': -1 },
  { partialFilterExpression: { 'decision.snapshot.type': { $exists: true } } },
);
companyFields.index(
  { workspaceId: 1, 'stage.state': 1, 'stage.at': -1 },
  { partialFilterExpression: { 'stage.state': { $exists: true } } },
);
companyFields.index({ 'stage.until': 1 }, { partialFilterExpression: { 'stage.state': 'later' } });
companyFields.index({ stageDue: 1 }, { partialFilterExpression: DUE });

/** Part of every write to a company. */
export const STAMPED = { $currentDate: { changedAt: true } } as const;

/** Stored companies. Only the repositories of this folder use the model; everyone else gets a plain `Company`. */
export const CompanyModel = mongoose.model('Company', companyFields, 'companies');

/** Reads a stored (lean) document: `_id` becomes `id`, everything is checked. */
export function toCompany({ _id, ...stored }: { _id: unknown }): Company {
  return Company.parse({ origins: {}, decision: null, ...stored, id: String(_id) });
}

/** Refuses with `company-unknown` when the workspace has no such company. */
export async function getCompany(workspaceId: string, id: string): Promise<Company> {
  const [company] = await listCompaniesByIds(workspaceId, [id]);
  if (!company) throw new Refusal('company-unknown');
  return company;
}

/** `domain` as `registrableDomain` gives it. */
export async function findCompanyByDomain(workspaceId: string, domain: string): Promise<Company | null> {
  const stored = await CompanyModel.findOne({ workspaceId, domain }).lean();
  return stored && toCompany(stored);
}

/** The ids of those domains that the workspace has. */
export async function idsByDomain(workspaceId: string, domains: readonly string[]): Promise<Map<string, string>> {
  const stored = await CompanyModel.find({ workspaceId, domain: { $in: domains } }, { domain: 1 }).lean();
  return new Map(stored.map(({ _id, domain }) => [domain, String(_id)]));
}

/** Of the companies that came last, newest first. */
export async function listNewestDomains(workspaceId: string, limit: number): Promise<string[]> {
  const stored = await CompanyModel.find({ workspaceId }, { domain: 1 }).sort({ createdAt: -1 }).limit(limit).lean();
  return stored.map(({ domain }) => domain);
}

/** In the order of `ids`; ids the workspace does not have are left out. */
export async function listCompaniesByIds(workspaceId: string, ids: string[]): Promise<Company[]> {
  const known = ids.filter((id) => mongoose.isObjectIdOrHexString(id));
  const stored = await CompanyModel.find({ workspaceId, _id: { $in: known } }).lean();
  const byId = new Map(stored.map((document) => [String(document._id), toCompany(document)]));
  return [...new Set(known)].flatMap((id) => byId.get(id) ?? []);
}

type Named = Pick<Company, 'id' | 'name' | 'domain' | 'aliases'>;

/** Companies whose name or other name is exactly one of these; at most 50. */
export async function findNamed(workspaceId: string, names: string[]): Promise<Named[]> {
  if (names.length === 0) return [];
  const filter = { workspaceId, $or: [{ name: { $in: names } }, { aliases: { $in: names } }] };
  return (await CompanyModel.find(filter, NAMED).limit(50).lean()).map(toNamed);
}

/** How the companies of these domains are called. */
export async function listNamesByDomain(workspaceId: string, domains: readonly string[]): Promise<Named[]> {
  if (domains.length === 0) return [];
  return (await CompanyModel.find({ workspaceId, domain: { $in: domains } }, NAMED).lean()).map(toNamed);
}

const NAMED = { name: 1, domain: 1, aliases: 1 } as const;
const StoredName = Company.pick({ name: true, domain: true, aliases: true });

function toNamed({ _id, name, domain, aliases }: { _id: unknown; name: unknown; domain: unknown; aliases?: unknown }): Named {
  return { id: String(_id), ...StoredName.parse({ name, domain, aliases }) };
}

/** Replaces the decision the caller saw; null when somebody changed it first. The audit entry, and that the stage is to follow, are part of the
 *  same write. */
export async function saveDecision(company: Company, decision: CompanyDecision | null, entry: AuditEntry): Promise<Company | null> {
  const { id, workspaceId } = company;
  const seen = company.decision ? { 'decision.at': company.decision.at } : { decision: null };
  const change = { $set: { decision, stageDue: entry.id }, $push: { trail: entry }, ...STAMPED };
  const saved = await CompanyModel.findOneAndUpdate({ _id: id, workspaceId, ...seen }, change, { returnDocument: 'after' }).lean();
  if (!saved) return null;
  await settleTrail(CompanyModel, { _id: saved._id });
  return toCompany(saved);
}

/** The decisions for or against companies that were judged as this type, newest first; with `since`, those taken after it. */
export async function listDecisions(workspaceId: string, type: PartnerType, since: Date | null, limit: number): Promise<CompanyDecision[]> {
  // `$exists` says to every engine that the index, which has only these, will do.
  const judged = { $eq: type, $exists: true };
  const judgement = { 'decision.snapshot.type': judged, 'decision.kind': { $ne: 'later' as const } };
  const filter = { workspaceId, ...judgement, ...(since ? { 'decision.at': { $gt: since } } : {}) };
  const found = await CompanyModel.find(filter, { decision: 1 }).sort({ 'decision.at': -1, _id: 1 }).limit(limit).lean();
  return found.map(({ decision }) => CompanyDecision.parse(decision));
}

/** Domains and names of the companies that became partners, by domain; for the gates of ranking and sending. */
export async function listPartners(workspaceId: string): Promise<string[]> {
  const found = await CompanyModel.find({ workspaceId, 'decision.kind': 'partner' }, { domain: 1, name: 1 }).sort({ domain: 1 }).lean();
  return found.flatMap(({ domain, name }) => [domain, name]);
}

export async function settleCompanyTrails(): Promise<number> {
  return settleTrail(CompanyModel, {});
}

export const companyData = keptData({
  model: CompanyModel,
  noun: 'company',
  kind: 'company',
  isTheirs: ({ domain }, { key }) => key.kind === 'company' && domain === key.value,
  also: STAMPED,
});
