import mongoose from 'mongoose';
import { z } from 'zod';
import { PARTNER_TYPES, type PartnerType } from '../setup/programme.ts';
import { type Company, type CompanyDecision, type CompanyStage, isOptOut, StageState } from './company.ts';
import { CompanyModel, STAMPED, toCompany } from './company-repository.ts';
import { findDue, type StageDue, settleDue } from './stage-due.ts';

/** A stage before it is stored. */
export type NewStage = Omit<CompanyStage, 'rev'>;

/** What a decision alone says of the stage; null where that is for outreach to say. */
export function stageOfDecision(decision: CompanyDecision | null, at: Date): NewStage | null {
  if (!decision) return null;
  const stage = { at: decision.at, by: decision.by, how: '', until: null, post: '' };
  switch (decision.kind) {
    case 'pursued':
      return null;
    case 'partner':
      return { ...stage, state: 'partner' };
    case 'later':
      return decision.until > at ? { ...stage, state: 'later', until: decision.until } : null;
    case 'not-fit':
      return { ...stage, state: isOptOut(decision) ? 'silenced' : 'turned-down', how: decision.reason };
  }
}

/** Writes the stage the company stands at now; true when it is another than before. Null when it has changed since the caller read it: look
 *  again. Safe to repeat. */
export async function saveStage({ id, workspaceId, stage: seen }: Company, stage: NewStage): Promise<boolean | null> {
  if (isSame(seen, stage)) return false;
  const unchanged = seen ? { 'stage.rev': seen.rev } : { 'stage.rev': { $exists: false } };
  const change = { $set: { stage: { ...stage, rev: (seen?.rev ?? 0) + 1 } }, ...STAMPED };
  const saved = await CompanyModel.updateOne({ _id: id, workspaceId, ...unchanged }, change);
  return saved.matchedCount === 1 ? true : null;
}

/** A company to which nothing has happened needs no stage. */
function isSame(seen: CompanyStage | undefined, stage: NewStage): boolean {
  if (!seen) return stage.state === 'new';
  const keyOf = ({ state, at, by, how, until, post }: NewStage) => JSON.stringify([state, at, by, how, until, post]);
  return keyOf(seen) === keyOf(stage);
}

/** The stage of the company of a registrable domain is to follow what happened under this id. */
export async function markStageDue(workspaceId: string, domain: string, stageDue: string): Promise<void> {
  await CompanyModel.updateOne({ workspaceId, domain }, { $set: { stageDue }, ...STAMPED });
}

/** Whether the company's own document has a change that its stage has to follow. */
export async function findCompanyDue(workspaceId: string, id: string): Promise<StageDue[]> {
  return findDue(CompanyModel, { _id: new mongoose.Types.ObjectId(id), workspaceId });
}

export async function settleCompanyDue(workspaceId: string, due: readonly StageDue[]): Promise<void> {
  await settleDue(CompanyModel, workspaceId, due);
}

export type CompanyRef = { workspaceId: string; companyId: string };

/** The companies that due documents name, each once. */
export function companiesOf(due: readonly Record<'workspaceId' | 'companyId', unknown>[]): CompanyRef[] {
  const refs = new Map(due.map(({ workspaceId, companyId }) => [`${workspaceId} ${companyId}`, { workspaceId, companyId }]));
  return [...refs.values()].map(({ workspaceId, companyId }) => ({ workspaceId: String(workspaceId), companyId: String(companyId) }));
}

/** Companies of every workspace whose stage has to follow a change of their own, or whose *Later* is over at `at`; for the sweep. */
export async function listCompaniesDue(at: Date): Promise<CompanyRef[]> {
  const due = await findDue(CompanyModel, {}, ['workspaceId']);
  const over = await CompanyModel.find({ 'stage.state': 'later', 'stage.until': { $lte: at } }, { workspaceId: 1 })
    .limit(1000)
    .lean();
  const named = [...due, ...over.map(({ _id, workspaceId }) => ({ id: _id, workspaceId }))];
  return companiesOf(named.map(({ id, workspaceId }) => ({ companyId: id, workspaceId })));
}

/** Every company's domain, for those who know a company by a hash alone. */
export async function* eachDomain(workspaceId: string): AsyncGenerator<string> {
  for await (const { domain } of CompanyModel.find({ workspaceId }, { domain: 1 }).lean().cursor()) yield domain;
}

/** What of the pipeline is asked for; `type` as it was decided on. */
export type StageFilter = { state?: StageState; type?: PartnerType; by?: string };

function filterOf(workspaceId: string, { state, type, by }: StageFilter): object {
  return {
    workspaceId,
    'stage.state': state ? { $eq: state, $exists: true } : { $exists: true },
    ...(type ? { 'decision.snapshot.type': type } : {}),
    ...(by ? { 'stage.by': by } : {}),
  };
}

const Counted = z.array(z.object({ _id: StageState, count: z.number() }));

/** How many companies stand at each stage; new ones that nothing has ever happened to are not among them. */
export async function countStages(workspaceId: string, filter: Omit<StageFilter, 'state'>): Promise<Map<StageState, number>> {
  const found: unknown[] = await CompanyModel.aggregate([
    { $match: filterOf(workspaceId, filter) },
    { $group: { _id: '$stage.state', count: { $sum: 1 } } },
  ]);
  return new Map(Counted.parse(found).map(({ _id, count }) => [_id, count]));
}

/** Those of a stage, or of all, the latest change first; `oldestFirst` for what waits. `mine`: started by this person, or one of these companies. */
export async function listByStage(
  workspaceId: string,
  filter: StageFilter & { how?: readonly string[]; mine?: { by: string; companyIds: readonly string[] } },
  { from, count, oldestFirst = false }: { from: number; count: number; oldestFirst?: boolean },
): Promise<{ companies: (Company & { stage: CompanyStage })[]; total: number }> {
  const { how, mine } = filter;
  const ids = mine?.companyIds.map((id) => new mongoose.Types.ObjectId(id));
  const wanted = {
    ...filterOf(workspaceId, filter),
    ...(how ? { 'stage.how': { $in: [...how] } } : {}),
    ...(mine ? { $or: [{ 'stage.by': mine.by }, { _id: { $in: ids } }] } : {}),
  };
  const [found, total] = await Promise.all([
    CompanyModel.find(wanted, { trail: 0 })
      .sort({ 'stage.at': oldestFirst ? 1 : -1, _id: 1 })
      .skip(from)
      .limit(count)
      .lean(),
    CompanyModel.countDocuments(wanted),
  ]);
  const companies = found.map(toCompany).flatMap((company) => (company.stage ? [{ ...company, stage: company.stage }] : []));
  return { companies, total };
}

/** The types that companies were decided on as: what the pipeline can be narrowed to. */
export async function listDecidedTypes(workspaceId: string): Promise<PartnerType[]> {
  const found: unknown[] = await CompanyModel.aggregate([
    { $match: { workspaceId, 'decision.snapshot.type': { $exists: true } } },
    { $group: { _id: '$decision.snapshot.type' } },
  ]);
  const types = z
    .array(z.object({ _id: z.string() }))
    .parse(found)
    .map(({ _id }) => _id);
  return PARTNER_TYPES.filter((type) => types.includes(type));
}
