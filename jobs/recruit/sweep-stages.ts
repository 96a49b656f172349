import { type CompanyRef, listCompaniesDue } from '../../src/programme/companies/company-stage-repository.ts';
import { listStagesDueByDrafts } from '../../src/recruit/outreach/draft-repository.ts';
import { listStagesDueByThreads } from '../../src/recruit/outreach/thread-repository.ts';
import { listStagesDueByReplies } from '../../src/recruit/replies/reply-repository.ts';
import { defineSweep } from '../job.ts';
import { noteStageJob } from './note-stage.ts';

/** Finds the companies whose stage has not followed what happened, because a process died in between or a *Later* is over. */
export const sweepStages = defineSweep({
  name: 'sweep-stages',
  every: '30 seconds',
  find: async (at) => {
    const due: CompanyRef[] = [
      ...(await listCompaniesDue(at)),
      ...(await listStagesDueByDrafts()),
      ...(await listStagesDueByThreads()),
      ...(await listStagesDueByReplies()),
    ];
    const byId = new Map(due.map((one) => [`${one.workspaceId} ${one.companyId}`, one]));
    return [...byId.values()].map(({ workspaceId, companyId }) => ({ workspaceId, id: companyId }));
  },
  act: ({ workspaceId, id }, { enqueue }) => enqueue(noteStageJob, { workspaceId, companyId: id, anew: true }),
});
