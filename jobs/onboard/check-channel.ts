import { z } from 'zod';
import { checkChannel } from '../../src/slack/onboard/check-channel.ts';
import { defineJob } from '../job.ts';
import { showChecklistJob } from './show-checklist.ts';

/** Asks Slack how a partner's channel stands and lets everything follow. */
export const checkChannelJob = defineJob({
  name: 'check-channel',
  payload: z.object({ workspaceId: z.string(), partnerId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, partnerId }, { enqueue, now, slackFor }) => {
    await checkChannel(await slackFor(workspaceId), workspaceId, partnerId, { now });
    await enqueue(showChecklistJob, { workspaceId, partnerId });
  },
});
