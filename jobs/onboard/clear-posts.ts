import { z } from 'zod';
import { clearPost, deskKey } from '../../src/slack/onboard/partner-desk.ts';
import { defineJob } from '../job.ts';

/** Takes away the desk and the checklist of a partner whose record became part of another that has its own: their buttons lead nowhere. */
export const clearPosts = defineJob({
  name: 'clear-posts',
  payload: z.object({ workspaceId: z.string(), partnerId: z.string() }),
  once: true,
  run: async ({ workspaceId, partnerId }, { slackFor }) => {
    const client = await slackFor(workspaceId);
    for (const key of [deskKey(partnerId), `checklist:${partnerId}`]) await clearPost(client, workspaceId, key);
  },
});
