import { subMinutes } from 'date-fns';
import { listShowsDue } from '../../src/manage/deals/deal-repository.ts';
import { defineSweep } from '../job.ts';
import { tellDeal } from './tell-deal.ts';

/** Finds decisions, questions and answers of which a crash kept the others from hearing. */
export const sweepDealMoves = defineSweep({
  name: 'sweep-deal-moves',
  every: '1 minute',
  find: async (at) => listShowsDue(subMinutes(at, 1)),
  act: ({ workspaceId, id }, { enqueue }) => enqueue(tellDeal, { workspaceId, dealId: id }),
});
