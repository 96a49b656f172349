import { addDays } from 'date-fns';
import { listPartnerIdsOf } from '../../onboard/partners/partner-repository.ts';
import { DEAL_STATES, type Deal, type DealsView, HOLDING_STATES, OPEN_STATES } from './deal.ts';
import { DealModel, toDeal } from './deal-repository.ts';
import { isReviewed } from './move-deal.ts';
import { EXPIRING_DAYS, isStalled } from './protection.ts';

/** Which deals: a view, of one partner or of all. `me`: whose *mine* is. */
export type DealsWanted = { view: DealsView; partnerId: string | null; me: string; at: Date };

type Sort = Record<string, 1 | -1>;
const NEWEST: Sort = { submittedAt: -1, _id: 1 };
const BY_DEADLINE: Sort = { dueAt: 1, submittedAt: 1, _id: 1 };
const BY_END: Sort = { protectedUntil: 1, _id: 1 };

/** A page of what is asked for: reviews by their deadline, protections by their end, all else the newest first. */
export async function listDealPage(
  workspaceId: string,
  wanted: DealsWanted,
  { from, count }: { from: number; count: number },
): Promise<{ deals: Deal[]; total: number }> {
  const { filter, sort } = await queryOf(workspaceId, wanted);
  const [found, total] = await Promise.all([
    DealModel.find(filter).sort(sort).skip(from).limit(count).lean(),
    DealModel.countDocuments(filter),
  ]);
  return { deals: found.map(toDeal), total };
}

/** All that `listDealPage` has pages of, in the same order, without holding them all in memory. */
export async function* eachDeal(workspaceId: string, wanted: DealsWanted): AsyncGenerator<Deal> {
  const { filter, sort } = await queryOf(workspaceId, wanted);
  for await (const stored of DealModel.find(filter).sort(sort).lean().cursor()) yield toDeal(stored);
}

async function queryOf(workspaceId: string, { view, partnerId, me, at }: DealsWanted) {
  const theirs = { workspaceId, ...(partnerId ? { partnerId } : {}) };
  switch (view) {
    case 'all':
      return { filter: { ...theirs, status: { $in: DEAL_STATES } }, sort: NEWEST };
    case 'open':
      return { filter: { ...theirs, status: { $in: OPEN_STATES } }, sort: NEWEST };
    case 'review':
      return {
        filter: { ...theirs, status: { $in: OPEN_STATES.filter(isReviewed) } },
        sort: BY_DEADLINE,
      };
    case 'protected':
      return { filter: { ...theirs, status: 'approved' as const, protectedUntil: { $gt: at } }, sort: BY_END };
    case 'ended':
      return {
        filter: { ...theirs, status: { $in: DEAL_STATES.filter((state) => !HOLDING_STATES.some((one) => one === state)) } },
        sort: NEWEST,
      };
    case 'expiring':
      return {
        filter: { ...theirs, status: 'approved' as const, protectedUntil: { $gt: at, $lte: addDays(at, EXPIRING_DAYS) } },
        sort: BY_END,
      };
    case 'mine': {
      const partnerIds = await listPartnerIdsOf(workspaceId, me);
      const mine = { $or: [{ reviewer: me }, { partnerId: { $in: partnerIds } }] };
      return { filter: { ...theirs, status: { $in: HOLDING_STATES }, ...mine }, sort: NEWEST };
    }
  }
}

/** So many protected deals of one partner are looked at. */
const MOST_PROTECTED = 1_000;

/** How many accounts a partner holds under protection, and on how many of them nothing happens. */
export async function countStalled(workspaceId: string, partnerId: string, at: Date): Promise<{ held: number; stalled: number }> {
  const held = await DealModel.find({ workspaceId, partnerId, status: 'approved', protectedUntil: { $gt: at } })
    .limit(MOST_PROTECTED)
    .lean();
  return { held: held.length, stalled: held.filter((stored) => isStalled(toDeal(stored), at)).length };
}

/** Registrations of this partner since then that the conflict check turned away: many of them ask what others have rather than register. */
export async function countTurnedAway(workspaceId: string, partnerId: string, since: Date): Promise<number> {
  const turnedAway = { $elemMatch: { move: 'reject', by: 'rule' } };
  return DealModel.countDocuments({ workspaceId, partnerId, submittedAt: { $gte: since }, history: turnedAway });
}

/** Of all workspaces: deals that changed up to then and whose sale has not followed yet. `since`: what `markDealMeasured` takes. */
export async function listDealsToMeasure(upTo: Date, limit: number): Promise<{ workspaceId: string; id: string; since: Date }[]> {
  const found = await DealModel.find({ measureDue: { $type: 'date', $lte: upTo } }, { workspaceId: 1, measureDue: 1 })
    .sort({ measureDue: 1, _id: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id, workspaceId, measureDue }) => ({ workspaceId, id: _id, since: measureDue ?? upTo }));
}

/** Notes that its sale says what it says, unless it changed since. */
export async function markDealMeasured(workspaceId: string, id: string, since: Date): Promise<void> {
  await DealModel.updateOne({ _id: id, workspaceId, measureDue: since }, { $unset: { measureDue: '' } });
}

/** How registrations were decided that came from an instant to before another: the first decision of each counts. */
export async function listRegistered(
  workspaceId: string,
  { from, before }: { from: Date; before: Date },
): Promise<{ submittedAt: Date; decidedAt: Date | null; isApproved: boolean; isChecked: boolean; isConflict: boolean }[]> {
  const wanted = { workspaceId, status: { $in: DEAL_STATES }, submittedAt: { $gte: from, $lt: before } };
  const fields = { submittedAt: 1, 'check.outcome': 1, 'history.move': 1, 'history.at': 1 };
  const found = await DealModel.find(wanted, fields).lean<
    { submittedAt: Date; check?: { outcome: string } | null; history: { move: string; at: Date }[] }[]
  >();
  return found.map(({ submittedAt, check, history }) => {
    const decision = history.find(({ move }) => move === 'approve' || move === 'reject');
    const isApproved = history.some(({ move }) => move === 'approve');
    const checked = { isChecked: Boolean(check), isConflict: check !== null && check !== undefined && check.outcome !== 'clear' };
    return { submittedAt, decidedAt: decision?.at ?? null, isApproved, ...checked };
  });
}
