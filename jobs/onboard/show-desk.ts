import { z } from 'zod';
import { showDesk } from '../../src/slack/onboard/partner-desk.ts';
import { defineJob } from '../job.ts';

/** Puts a partner's desk into its channel, or brings it up to date. */
export const showDeskJob = defineJob({
  name: 'show-desk',
  payload: z.object({ workspaceId: z.string(), partnerId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, partnerId }, { slackFor }) => showDesk(await slackFor(workspaceId), workspaceId, partnerId),
});
