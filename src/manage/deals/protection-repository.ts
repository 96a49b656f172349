import { listEndedPartners } from '../../onboard/partners/partner-repository.ts';
import { HOLDING_STATES } from './deal.ts';
import { DealModel } from './deal-repository.ts';

type Ref = { workspaceId: string; id: string };

/** Of all workspaces, the deals somebody must look at by then. */
export async function listNoticesDue(at: Date): Promise<Ref[]> {
  const found = await DealModel.find({ noticeAt: { $lte: at } }, { workspaceId: 1 })
    .sort({ noticeAt: 1 })
    .lean();
  return found.map(({ _id, workspaceId }) => ({ id: _id, workspaceId }));
}

/** Of all workspaces, the deals that hold an account for a partner that is one no more. */
export async function* listHeldByEnded(): AsyncGenerator<Ref> {
  for await (const { id: partnerId, workspaceId } of listEndedPartners()) {
    const theirs = { workspaceId, partnerId, status: { $in: HOLDING_STATES } };
    for (const { _id: id } of await DealModel.find(theirs, { _id: 1 }).lean()) yield { workspaceId, id };
  }
}

/** The deals that hold an account for one partner, the first to come first. */
export async function listHeld(workspaceId: string, partnerId: string): Promise<string[]> {
  const found = await DealModel.find({ workspaceId, partnerId, status: { $in: HOLDING_STATES } }, { _id: 1 })
    .sort({ submittedAt: 1, _id: 1 })
    .lean();
  return found.map(({ _id }) => _id);
}
