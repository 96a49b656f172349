import { z } from 'zod';
import { getInvitation } from '../../src/onboard/channels/invitation-repository.ts';
import { sendInvitation } from '../../src/slack/onboard/invite-partner.ts';
import { defineJob } from '../job.ts';
import { checkChannelJob } from './check-channel.ts';

/** Brings an invitation to Slack; whoever asked for it is told what became of it. */
export const invitePartnerJob = defineJob({
  name: 'invite-partner',
  payload: z.object({ workspaceId: z.string(), invitationId: z.string() }),
  once: true,
  run: async ({ workspaceId, invitationId }, { enqueue, now, slackFor }) => {
    await sendInvitation(await slackFor(workspaceId), workspaceId, invitationId, { now });
    const { partnerId } = await getInvitation(workspaceId, invitationId);
    await enqueue(checkChannelJob, { workspaceId, partnerId });
  },
});
