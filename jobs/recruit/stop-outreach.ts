import { z } from 'zod';
import { SuppressionKind } from '../../src/programme/suppression/suppression.ts';
import { ThreadEnd } from '../../src/recruit/outreach/draft-note.ts';
import { stopCompany, stopSuppressed } from '../../src/recruit/outreach/stop-thread.ts';
import { defineJob } from '../job.ts';
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
    for (const { id } of closed) await enqueue(showDraftJob, { workspaceId, draftId: id });
  },
});
