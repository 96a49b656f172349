import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import type { AuditEntry } from '../audit/audit.ts';
import { settleTrail, trailPath } from '../audit/audit-repository.ts';
import type { PartnerType } from '../setup/programme.ts';
import { cleanText } from './clean-text.ts';
import { COMPANY_STATUSES, Company, CompanyDecision, CompanyFacts, REJECTION_REASONS, SIZE_BANDS } from './company.ts';
import { registrableDomain } from './domain-name.ts';

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

/** Read at once: more would keep Slack waiting for its acknowledgement meanwhile. */
const PAGE = 100;
/** Far more than the product ranks; a reading that goes on for longer is at fault and ends with an error, not with a part. */
const MOST_PAGES = 1_000_000;
const TOO_MANY = `a workspace with more than ${MOST_PAGES} pages of companies`;
/** Longer search words are cut: no name is longer. */
const MAX_WORDS = 200;

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

/** In the order of `ids`; ids the workspace does not have are left out. */
export async function listCompaniesByIds(workspaceId: string, ids: string[]): Promise<Company[]> {
  const known = ids.filter((id) => mongoose.isObjectIdOrHexString(id));
  const stored = await CompanyModel.find({ workspaceId, _id: { $in: known } }).lean();
  const byId = new Map(stored.map((document) => [String(document._id), toCompany(document)]));
  return [...new Set(known)].flatMap((id) => byId.get(id) ?? []);
}

/** Companies a person may mean by `text`, in any case: first those whose name, domain or alias is exactly that, then those that contain it. */
export async function findCompaniesByName(workspaceId: string, text: string, limit: number): Promise<Company[]> {
  const words = cleanText(text).slice(0, MAX_WORDS).trim();
  if (words === '' || limit < 1) return [];
  const asDomain = registrableDomain(words);
  const exact = matching(`^${escapeRegex(words)}$`);
  const first = await findSorted({ workspaceId, $or: [...exact, ...('domain' in asDomain ? [{ domain: asDomain.domain }] : [])] }, limit);
  if (first.length === limit) return first;
  const contains = { workspaceId, $or: matching(escapeRegex(words)), _id: { $nin: first.map((company) => company.id) } };
  return [...first, ...(await findSorted(contains, limit - first.length))];
}

/** Companies whose name or other name is exactly one of these; at most 50. */
export async function findNamed(workspaceId: string, names: string[]): Promise<Pick<Company, 'id' | 'name' | 'aliases'>[]> {
  if (names.length === 0) return [];
  const filter = { workspaceId, $or: [{ name: { $in: names } }, { aliases: { $in: names } }] };
  const stored = await CompanyModel.find(filter, { name: 1, aliases: 1 }).limit(50).lean();
  return stored.map(({ _id, name, aliases }) => ({
    id: String(_id),
    ...CompanyFacts.pick({ name: true, aliases: true }).parse({ name, aliases }),
  }));
}

export async function countCompanies(workspaceId: string): Promise<number> {
  return CompanyModel.countDocuments({ workspaceId });
}

/** Every company of the workspace by domain, a page of up to 100 at a time, so that neither memory nor a slow reader matters. */
export async function* eachCompany(workspaceId: string): AsyncGenerator<Company[]> {
  let after = '';
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const stored = await CompanyModel.find({ workspaceId, domain: { $gt: after } })
      .sort({ domain: 1 })
      .limit(PAGE)
      .lean();
    const last = stored.at(-1);
    if (!last) return;
    yield stored.map(toCompany);
    if (stored.length < PAGE) return;
    after = last.domain;
  }
  throw new Error(TOO_MANY);
}

/** What tells a company from others; all that `gateOf` reads. */
export type Named = Pick<Company, 'name' | 'domain' | 'website' | 'aliases' | 'status'>;

/** As `eachCompany`, the names only: at 10,000 companies some hundred milliseconds instead of seconds. */
export async function* eachNamed(workspaceId: string): AsyncGenerator<Named[]> {
  const Stored = CompanyFacts.pick({ name: true, website: true, aliases: true, status: true }).extend({ domain: z.string() });
  let after = '';
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await CompanyModel.find({ workspaceId, domain: { $gt: after } }, { name: 1, domain: 1, website: 1, aliases: 1, status: 1 })
      .sort({ domain: 1 })
      .limit(PAGE)
      .lean();
    const named = page.map((stored) => Stored.parse(stored));
    const last = named.at(-1);
    if (!last) return;
    yield named;
    after = last.domain;
  }
  throw new Error(TOO_MANY);
}

async function findSorted(filter: mongoose.QueryFilter<unknown>, limit: number): Promise<Company[]> {
  const stored = await CompanyModel.find(filter).sort({ name: 1, domain: 1 }).limit(limit).lean();
  return stored.map(toCompany);
}

function matching(pattern: string): Record<string, RegExp>[] {
  const regex = new RegExp(pattern, 'i');
  return [{ name: regex }, { domain: regex }, { aliases: regex }];
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Replaces the decision the caller saw; null when somebody changed it first. The audit entry is part of the same write. */
export async function saveDecision(company: Company, decision: CompanyDecision | null, entry: AuditEntry): Promise<Company | null> {
  const { id, workspaceId } = company;
  const seen = company.decision ? { 'decision.at': company.decision.at } : { decision: null };
  const change = { $set: { decision }, $push: { trail: entry } };
  const saved = await CompanyModel.findOneAndUpdate({ _id: id, workspaceId, ...seen }, change, { returnDocument: 'after' }).lean();
  if (!saved) return null;
  await settleTrail(CompanyModel, { _id: saved._id });
  return toCompany(saved);
}

/** The decisions on companies that were judged as this type, newest first; with `since`, those taken after it. */
export async function listDecisions(workspaceId: string, type: PartnerType, since: Date | null, limit: number): Promise<CompanyDecision[]> {
  const filter = { workspaceId, 'decision.snapshot.type': type, ...(since ? { 'decision.at': { $gt: since } } : {}) };
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
