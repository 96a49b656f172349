import type { Deal } from './deal.ts';
import { DealModel, SUBMITTED, toDeal } from './deal-repository.ts';

/** What waits for its review, by its deadline, the first due first; those from before there were deadlines by the day they came. `whose`: only what this
 *  person has taken, and what the partners they look after have registered. */
export async function listInReview(
  workspaceId: string,
  { whose, count }: { whose: { userId: string; partnerIds: readonly string[] } | null; count: number },
): Promise<{ deals: Deal[]; total: number }> {
  const theirs = whose ? { $or: [{ reviewer: whose.userId }, { partnerId: { $in: [...whose.partnerIds] } }] } : {};
  const waiting = { workspaceId, status: { $in: ['submitted', 'in-review'] as const }, ...theirs };
  const [found, total] = await Promise.all([
    DealModel.find(waiting).sort({ dueAt: 1, submittedAt: 1, _id: 1 }).limit(count).lean(),
    DealModel.countDocuments(waiting),
  ]);
  return { deals: found.map(toDeal), total };
}

/** How many should have been decided by then and are not. */
export async function countOverdue(workspaceId: string, at: Date): Promise<number> {
  return DealModel.countDocuments({ workspaceId, status: { $in: ['submitted', 'in-review'] }, dueAt: { $lt: at } });
}

/** Those that somebody said yes or no to since then, as far as the figures need them; the newest 2,000. */
export async function listDecidedSince(workspaceId: string, since: Date): Promise<Pick<Deal, 'submittedAt' | 'history'>[]> {
  const decided = { $elemMatch: { move: { $in: ['approve', 'reject'] }, by: { $nin: ['rule', 'system'] }, at: { $gte: since } } };
  const found = await DealModel.find({ workspaceId, status: SUBMITTED, 'history.at': { $gte: since }, history: decided })
    .sort({ submittedAt: -1 })
    .limit(2_000)
    .lean();
  return found.map(toDeal);
}

/** Of all workspaces: reviews whose time is nearly over, of which nobody was told. */
export async function listEscalationsDue(at: Date): Promise<{ workspaceId: string; id: string }[]> {
  const found = await DealModel.find({ escalatedAt: null, escalateAt: { $type: 'date', $lte: at } }, { workspaceId: 1 })
    .limit(1_000)
    .lean();
  return found.map(({ _id, workspaceId }) => ({ id: _id, workspaceId }));
}

/** Notes it for the review that ends at `dueAt`, not for a later one of the same deal. */
export async function markDealEscalated({ id, workspaceId, dueAt }: Deal, at: Date): Promise<void> {
  await DealModel.updateOne({ _id: id, workspaceId, dueAt, escalatedAt: null }, { $set: { escalatedAt: at } });
}

/** Of all workspaces: deals of which a move up to then is not shown yet. */
export async function listShowsDue(upTo: Date): Promise<{ workspaceId: string; id: string }[]> {
  const found = await DealModel.find({ showDue: { $type: 'date', $lte: upTo } }, { workspaceId: 1 })
    .limit(1_000)
    .lean();
  return found.map(({ _id, workspaceId }) => ({ id: _id, workspaceId }));
}

/** Unless it has moved on since it was read. */
export async function markDealShown({ id, workspaceId, showDue }: Deal): Promise<void> {
  await DealModel.updateOne({ _id: id, workspaceId, showDue }, { $set: { showDue: null } });
}
