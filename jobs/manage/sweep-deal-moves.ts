import { subMinutes } from 'date-fns';
import { listUncheckedDue } from '../../src/manage/deals/deal-repository.ts';
import { listShowsDue } from '../../src/manage/deals/deal-review-repository.ts';
import { defineSweep } from '../job.ts';
import { tellDeal } from './tell-deal.ts';

/** Finds decisions, questions and answers of which a crash kept the others from hearing, and what nothing was compared with yet. */
export const sweepDealMoves = defineSweep({
  name: 'sweep-deal-moves',
  every: '1 minute',
  find: async (at) => {
    const upTo = subMinutes(at, 1);
    return (await Promise.all([listShowsDue(upTo), listUncheckedDue(upTo)])).flat();
  },
  act: ({ workspaceId, id }, { enqueue }) => enqueue(tellDeal, { workspaceId, dealId: id }),
});
