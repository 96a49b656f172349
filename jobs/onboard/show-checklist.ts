import { z } from 'zod';
import { Refusal } from '../../src/errors.ts';
import { showChecklist } from '../../src/slack/onboard/show-checklist.ts';
import { defineJob } from '../job.ts';

/** Shows a partner's checklist in their channel as it is now. */
export const showChecklistJob = defineJob({
  name: 'show-checklist',
  payload: z.object({ workspaceId: z.string(), partnerId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, partnerId }, { log, now, slackFor }) => {
    try {
      await showChecklist(await slackFor(workspaceId), workspaceId, partnerId, now());
    } catch (error) {
      // Whoever set the channel up hears of it there; the next change tries again.
      if (!(error instanceof Refusal)) throw error;
      log.warn({ workspace: workspaceId, partner: partnerId, code: error.code }, 'checklist not shown');
    }
  },
});
