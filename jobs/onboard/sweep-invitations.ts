import { listInvitationsDue } from '../../src/onboard/channels/invitation-repository.ts';
import { defineSweep } from '../job.ts';
import { invitePartnerJob } from './invite-partner.ts';

/** Takes up invitations that a crash left behind, and lets those expire that nobody accepted in time. */
export const sweepInvitations = defineSweep({
  name: 'sweep-invitations',
  every: '10 minutes',
  find: listInvitationsDue,
  act: ({ workspaceId, id: invitationId }, { enqueue }) => enqueue(invitePartnerJob, { workspaceId, invitationId }),
});
