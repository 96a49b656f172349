import { beforeEach } from 'vitest';
import type { PartnerChannel } from '../../../src/onboard/channels/channel.ts';
import * as channels from '../../../src/onboard/channels/channel-repository.ts';
import type { Invitation } from '../../../src/onboard/channels/invitation.ts';
import * as invitations from '../../../src/onboard/channels/invitation-repository.ts';
import { invitePartner } from '../../../src/onboard/channels/invite-partner.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, ana, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Calls, entry, OTHER, refusal, testWalls } from '../../support/walls.ts';

useMongo();
let invitation: Invitation;
/** Ours as somebody of the other workspace would name it: every id right, the workspace theirs. */
let theirs: Invitation;
let channel: PartnerChannel;

beforeEach(async () => {
  const { id: partnerId } = await aPartner();
  const given = { partnerId, channel: 'C0OURS', newChannel: null, email: 'pia@quillmont.example', postOnly: false };
  const sent = await invitePartner(ana, given, AT);
  invitation = (await invitations.saveInvitation(sent, { inviteId: 'I0OURS' }, null)) ?? sent;
  theirs = { ...invitation, workspaceId: OTHER };
  channel = { workspaceId: HOME, partnerId, channel: 'C0OURS', state: 'pending', teams: [], pinProblem: '', checkedAt: AT };
  await channels.savePartnerChannel(channel);
});

const calls: Calls = {
  invitations: {
    insertInvitation: [
      () =>
        invitations.insertInvitation({ ...theirs, email: '', channel: 'C0EVE', inviteId: 'I0EVE' }, (id) => ({
          ...entry,
          subject: `invitation:${id}`,
        })),
      { workspaceId: OTHER, email: '' },
    ],
    getInvitation: [() => invitations.getInvitation(OTHER, invitation.id).catch((error) => error), refusal],
    findLatestInvitation: [async () => (await invitations.findLatestInvitation(OTHER, invitation.partnerId))?.email, ''],
    findInvitationBySlack: [() => invitations.findInvitationBySlack(OTHER, { inviteId: 'I0OURS', channel: 'C0OURS' }), null],
    listInvitedTo: [() => invitations.listInvitedTo(OTHER, 'C0OURS'), []],
    saveInvitation: [() => invitations.saveInvitation(theirs, { state: 'withdrawn' }, entry), null],
    moveInvitations: [() => invitations.moveInvitations(OTHER, 'C0OURS', 'C0EVE'), undefined],
    moveInvitationRecords: [() => invitations.moveInvitationRecords(OTHER, invitation.partnerId, 'p2'), undefined],
  },
  channels: {
    findPartnerChannel: [() => channels.findPartnerChannel(OTHER, channel.partnerId), null],
    savePartnerChannel: [
      () => channels.savePartnerChannel({ ...channel, workspaceId: OTHER, channel: 'C0EVE', state: 'mixed' }),
      undefined,
    ],
    savePinProblem: [() => channels.savePinProblem(OTHER, channel.partnerId, 'missing_scope'), undefined],
    listPartnersOf: [() => channels.listPartnersOf(OTHER, 'C0OURS'), []],
    moveChannels: [() => channels.moveChannels(OTHER, 'C0OURS', 'C0EVE'), undefined],
    moveChannelRecords: [() => channels.moveChannelRecords(OTHER, channel.partnerId, 'p2'), undefined],
  },
};

testWalls(calls, { invitations, channels });
