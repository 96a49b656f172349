import type { AuditEntry } from '../audit/audit.ts';
import { settleTrail } from '../audit/audit-repository.ts';
import type { PartnerType } from '../setup/partner-type.ts';
import { type Company, CompanyDecision } from './company.ts';
import { CompanyModel, toCompany } from './company-model.ts';

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
