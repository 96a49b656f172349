import { OpportunityModel } from './crm-models.ts';
import { CrmOpportunity, type CrmOwner } from './crm-record.ts';

type Stored = { _id: string } & Record<string, unknown>;

function toOpportunity({ _id, ...stored }: Stored): CrmOpportunity {
  return CrmOpportunity.parse({ ...stored, id: _id });
}

/** Opportunities whose change waits to be compared with our deals, those that wait longest first; also ones that the CRM has deleted. */
export async function listToMeet(workspaceId: string, at: Date, limit: number): Promise<CrmOpportunity[]> {
  const found = await OpportunityModel.find({ workspaceId, meetDue: { $type: 'date', $lte: at } })
    .sort({ meetDue: 1, _id: 1 })
    .limit(limit)
    .lean<Stored[]>();
  return found.map(toOpportunity);
}

/** Notes that this state of it is compared, or is to be at `again`. One that changed since it was read still waits. */
export async function markMet(workspaceId: string, { id, meetDue }: CrmOpportunity, again: Date | null): Promise<void> {
  await OpportunityModel.updateOne({ _id: id, workspaceId, meetDue }, { $set: { meetDue: again } });
}

/** Lets the open opportunities of an owner be compared anew: who they are in Slack was said. */
export async function markSalesOf(
  workspaceId: string,
  { source, sourceId }: Pick<CrmOwner, 'source' | 'sourceId'>,
  at: Date,
): Promise<void> {
  await OpportunityModel.updateMany({ workspaceId, source, ownerId: sourceId, state: 'open', deletedAt: null }, { $set: { meetDue: at } });
}

/** Ties it to our deal, which it is; its sale then follows the deal, and a deal that is still open ends with it. */
export async function tieToDeal(workspaceId: string, id: string, dealId: string, at: Date): Promise<void> {
  await OpportunityModel.updateOne({ _id: id, workspaceId }, { $set: { partnerDealId: dealId, meetDue: at, measureDue: at } });
}

/** Of all workspaces: where a change has waited since before then. */
export async function listWorkspacesToMeet(upTo: Date): Promise<string[]> {
  return OpportunityModel.distinct('workspaceId', { meetDue: { $type: 'date', $lte: upTo } });
}

/** By our ids, in no order; what is not on file is left out. */
export async function listOpportunitiesByIds(workspaceId: string, ids: readonly string[]): Promise<CrmOpportunity[]> {
  const found = await OpportunityModel.find({ _id: { $in: ids }, workspaceId }).lean<Stored[]>();
  return found.map(toOpportunity);
}

/** The opportunities that a deal of ours is or became, those of the CRM first created first. */
export async function listOpportunitiesOfDeal(workspaceId: string, dealId: string): Promise<CrmOpportunity[]> {
  const found = await OpportunityModel.find({ workspaceId, partnerDealId: dealId, deletedAt: null })
    .sort({ createdAt: 1, _id: 1 })
    .lean<Stored[]>();
  return found.map(toOpportunity);
}

/** Of all workspaces: opportunities that changed up to then and whose sale has not followed yet. */
export async function listOpportunitiesToMeasure(upTo: Date, limit: number): Promise<CrmOpportunity[]> {
  const found = await OpportunityModel.find({ measureDue: { $type: 'date', $lte: upTo } })
    .sort({ measureDue: 1, _id: 1 })
    .limit(limit)
    .lean<Stored[]>();
  return found.map(toOpportunity);
}

/** Notes that its sale says what it says, unless it changed since it was read. */
export async function markOpportunityMeasured({ id, workspaceId, measureDue }: CrmOpportunity): Promise<void> {
  await OpportunityModel.updateOne({ _id: id, workspaceId, measureDue }, { $set: { measureDue: null } });
}
