import type { KnownBlock } from '@slack/types';
import { AWAITED, type Invitation, isOpenInvitation, maySendAgain, waitsFor } from '../../src/onboard/channels/invitation.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { actions, button, text } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { escaped, moment, plainTo, section } from '../mrkdwn.ts';

const INSTALL_AGAIN = 'Whoever manages apps installs Partnerships once more and grants what it asks for; then press *Send Again*.';
const IN_USE = 'A channel of that name exists already. Press *Connect a Channel* and choose it, or give another name.';

/** Slack's reasons, each with what to do. Source: docs.slack.dev/reference/methods/conversations.inviteShared and …/conversations.create. */
const FAILURES: Readonly<Record<string, string>> = {
  not_paid: 'Shared channels need a paid Slack plan here. Until then, give them a link by mail instead.',
  connection_limit_exceeded_pending:
    'Slack has another invitation to this channel open. Wait for its answer, or let an admin take it back in Slack under *Manage Slack Connect*; then press *Send Again*.',
  connection_limit_exceeded: 'This channel is shared with as many companies as Slack allows. Choose another one.',
  not_in_channel: 'I am not in that channel. Invite me there with `/invite @Partnerships`, then press *Send Again*.',
  channel_not_found: 'I cannot see that channel. Invite me there with `/invite @Partnerships`, then press *Send Again*.',
  channel_archived: 'That channel is archived. Choose another one.',
  is_archived: 'That channel is archived. Choose another one.',
  cannot_share_mandatory_channel: 'Slack does not let a channel be shared that everybody is in. Choose another one.',
  cannot_share_cross_workspace_channel: 'Slack does not let a channel of several workspaces of yours be shared. Choose another one.',
  invalid_channel_type: 'Slack does not let that kind of channel be shared. Choose another one.',
  user_not_found: 'Slack does not find that person. Check the address and press *Connect a Channel*.',
  invalid_email: 'Slack does not take that address. Check it and press *Connect a Channel*.',
  already_in_channel: 'That person is in the channel already. Press *Connect a Channel*, choose the channel and leave the person empty.',
  restricted_action:
    'The rules of your Slack workspace do not let me invite other companies or make channels. An admin of Slack can allow it; then press *Send Again*.',
  user_is_restricted: 'The rules of your Slack workspace do not let me make channels. An admin of Slack can allow it.',
  missing_scope: `Slack has not granted me shared channels yet. ${INSTALL_AGAIN}`,
  name_taken: IN_USE,
  invalid_name: 'Slack does not take that name for a channel. Use lower-case letters, digits and hyphens.',
  invalid_name_specials: 'Slack does not take that name for a channel. Use lower-case letters, digits and hyphens.',
  several_companies:
    'Several companies are in that channel, and I cannot tell which is this partner. Choose another one, or name the person.',
  nobody_there: 'That channel is not shared with anybody. Name the person to invite.',
  suppressed: 'That address gets nothing from us any more, so nothing was sent. Name another person.',
};

function failureWords(reason: string): string {
  return FAILURES[reason] ?? `Slack said \`${escaped(reason)}\`. Ask whoever runs Slack with you, then press *Send Again*.`;
}

const ADMIN_WORDS = {
  ours: 'An admin of your own Slack workspace has to approve it, under *Manage Slack Connect*.',
  theirs: 'An admin of their Slack workspace has to approve it. Tell your contact.',
  unknown: 'An admin has to approve it, of their side or of yours: look under *Manage Slack Connect* first.',
} as const;

type Named = Pick<Partner, 'name'>;

/** How an invitation stands, in one or two sentences with the next step. `partner` and addresses are outside text. */
export function invitationWords(invitation: Invitation, partner: Named): string {
  const { state, email, stateAt, reason, channel, acceptedBy, workspaceId } = invitation;
  const who = email ? plainTo(email, 200) : plainTo(partner.name, 200);
  const where = channel ? `<#${channel}>` : 'the new channel';
  switch (state) {
    case 'sending':
      return `Inviting ${who} to ${where}.`;
    case 'sent':
      return `${who} was invited to ${where} ${moment(stateAt)}, and has 14 days to accept.`;
    case 'accepted':
      return `${accepterWords(invitation)} accepted the invitation to ${where}. Slack is connecting the channel.`;
    case 'awaiting-admin':
      return `${accepterWords(invitation)} accepted the invitation to ${where}. ${ADMIN_WORDS[waitsFor(invitation, workspaceId)]}`;
    case 'connected':
      if (reason === 'other-person')
        return `${where} is connected. ${accepterWords(invitation)} accepted, and I cannot tell whether they are of ${plainTo(partner.name, 200)}, so they see nothing of this partner. Ask your contact, then press *This Is Them* or *Disconnect*.`;
      return reason === 'team-taken'
        ? `${where} is connected, but their Slack workspace belongs to another partner of yours. Merge the two under \`/partners show\`; until then nothing of theirs is shown there.`
        : `${where} is connected.${acceptedBy ? ` ${accepterWords(invitation)} accepted.` : ''}`;
    case 'declined':
      return `The invitation of ${who} to ${where} was declined ${moment(stateAt)}. Ask them why before you send it again.`;
    case 'expired':
      if (acceptedBy)
        return `${accepterWords(invitation)} accepted the invitation to ${where}, but no admin has approved it within 14 days. Ask the admins of both sides, or send it again.`;
      return `${who} did not accept the invitation to ${where} within 14 days. Send it again, or ask another person there.`;
    case 'withdrawn':
      return reason === 'still-open'
        ? `The invitation of ${who} to ${where} was withdrawn here, but Slack lets only an admin take it back: under *Manage Slack Connect*. Whoever accepts it until then comes into the channel and sees nothing of this partner.`
        : `The invitation of ${who} to ${where} was withdrawn.`;
    case 'failed':
      return `${who} was not invited${channel ? ` to ${where}` : ''}. ${failureWords(reason)}`;
    case 'disconnected':
      return `${where} is not shared with ${plainTo(partner.name, 200)} any more. Ask them; then press *Send Again*.`;
  }
}

/** Who accepted, and by which address where it is not the one that was invited. */
function accepterWords({ acceptedBy, email }: Invitation): string {
  if (!acceptedBy) return 'Somebody there';
  const name = plainTo(acceptedBy.name || 'Somebody there', 100);
  const isOther = acceptedBy.email !== '' && email !== '' && acceptedBy.email.toLowerCase() !== email;
  return isOther ? `${name} (${plainTo(acceptedBy.email, 200)}, not ${plainTo(email, 200)})` : name;
}

const DISCONNECT = {
  title: text('Disconnect their Slack?'),
  text: text('Nobody acts for this partner in Slack from then on. The channel stays shared: remove them from it in Slack.'),
  confirm: text('Disconnect'),
  deny: text('Cancel'),
};

/** The buttons that an invitation takes as it stands; none while Slack or they have to act. */
export function invitationButtons(invitation: Invitation | null, partnerId: string): KnownBlock[] {
  const open = button(ACTIONS.channelOpen, 'Connect a Channel', partnerId);
  if (!invitation) return [actions(`channel:${partnerId}`, open)];
  const { id, rev, state, reason } = invitation;
  const buttons = [
    ...(maySendAgain(invitation) ? [button(ACTIONS.channelAgain, 'Send Again', id)] : []),
    ...(state === 'connected' && reason === 'other-person' ? [button(ACTIONS.channelConfirm, 'This Is Them', id)] : []),
    ...(AWAITED.some((one) => one === state) ? [button(ACTIONS.channelWithdraw, 'Withdraw', id)] : []),
    ...(state === 'connected' ? [button(ACTIONS.channelWithdraw, 'Disconnect', id, { confirm: DISCONNECT })] : []),
    ...(isOpenInvitation(invitation) ? [] : [open]),
  ];
  return buttons.length > 0 ? [actions(`channel:${id}:${rev}`, ...buttons)] : [];
}

/** For those who asked for it and who look after the partner, in their direct messages. */
export function invitationNews(invitation: Invitation, partner: Named): { text: string; blocks: KnownBlock[] } {
  const text = `*${plainTo(partner.name, 200)}*: ${invitationWords(invitation, partner)}`;
  return { text, blocks: [section(text), ...invitationButtons(invitation, invitation.partnerId)] };
}

/** They came by an invitation that had been taken back here. */
export function lateAccepterWords(invitation: Invitation, partner: Named): string {
  const { channel } = invitation;
  return `*${plainTo(partner.name, 200)}*: ${accepterWords(invitation)} accepted the withdrawn invitation, and is in ${channel ? `<#${channel}>` : 'the channel'} now. They see nothing of this partner. Remove them in Slack, or press *Connect a Channel* and choose that channel.`;
}
