import { z } from 'zod';
import { findCompanyByDomain } from '../../src/programme/companies/company-repository.ts';
import { SuppressionKind } from '../../src/programme/suppression/suppression.ts';
import { ThreadEnd } from '../../src/recruit/outreach/draft-note.ts';
import { stopCompany, stopSuppressed } from '../../src/recruit/outreach/stop-thread.ts';
import { defineJob } from '../job.ts';
import { noteStageJob } from './note-stage.ts';
import { showDraftJob } from './show-draft.ts';

/** Closes what was still to leave, after an opt-out or a decision of the team. The send path asks the same again by itself: this brings the
 *  cards up to date. */
export const stopOutreach = defineJob({
  name: 'stop-outreach',
  once: 'while-waiting',
  payload: z.object({
    workspaceId: z.string(),
    because: ThreadEnd,
    by: z.string(),
    what: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('decided'), companyId: z.string() }),
      z.object({ kind: SuppressionKind, value: z.string() }),
    ]),
  }),
  run: async ({ workspaceId, because, by, what }, { enqueue, now }) => {
    const stop = { because, by, at: now() };
    const closed =
      what.kind === 'decided' ? await stopCompany(workspaceId, what.companyId, stop) : await stopSuppressed(workspaceId, what, stop);
    // What was silenced may be a company to which nothing was to leave.
    const silenced = what.kind === 'company' || what.kind === 'domain' ? await findCompanyByDomain(workspaceId, what.value) : null;
    if (silenced) await enqueue(noteStageJob, { workspaceId, companyId: silenced.id, anew: false });
    for (const { id } of closed) await enqueue(showDraftJob, { workspaceId, draftId: id });
  },
});
