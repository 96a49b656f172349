import { z } from 'zod';
import { Refusal } from '../../src/errors.ts';
import { deskKey } from '../../src/slack/onboard/partner-desk.ts';
import { showChecklist } from '../../src/slack/onboard/show-checklist.ts';
import { findPost } from '../../src/slack/post-repository.ts';
import { defineJob } from '../job.ts';
import { showDeskJob } from './show-desk.ts';

/** Shows a partner's checklist in their channel as it is now. */
export const showChecklistJob = defineJob({
  name: 'show-checklist',
  payload: z.object({ workspaceId: z.string(), partnerId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, partnerId }, { enqueue, log, now, slackFor }) => {
    // Their desk says how far they are.
    if (await findPost(workspaceId, deskKey(partnerId))) await enqueue(showDeskJob, { workspaceId, partnerId });
    try {
      await showChecklist(await slackFor(workspaceId), workspaceId, partnerId, now());
    } catch (error) {
      // Whoever set the channel up hears of it there; the next change tries again.
      if (!(error instanceof Refusal)) throw error;
      log.warn({ workspace: workspaceId, partner: partnerId, code: error.code }, 'checklist not shown');
    }
  },
});
