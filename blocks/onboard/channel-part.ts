import type { KnownBlock } from '@slack/types';
import type { ChannelState, PartnerChannel } from '../../src/onboard/channels/channel.ts';
import type { Invitation } from '../../src/onboard/channels/invitation.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { context, escaped, moment, section } from '../mrkdwn.ts';
import { invitationButtons, invitationWords } from './invitation-words.ts';

const STATE_WORDS: Record<ChannelState, string> = {
  internal: 'only your company reads it so far',
  pending: 'an invitation to it is open',
  shared: 'your company and this partner read it',
  mixed: 'other companies read it too, so nothing of this partner is posted there',
  closed: 'it is archived, or I am not in it any more',
};

/** The channel's part of a partner's card: where it is, who reads it, how the invitation stands, and what can be done. */
export function channelBlocks(
  partner: Pick<Partner, 'id' | 'name' | 'status'>,
  channel: PartnerChannel | null,
  invitation: Invitation | null,
): KnownBlock[] {
  const lines = [
    ...(channel ? [`<#${channel.channel}>: ${STATE_WORDS[channel.state]}.`] : []),
    ...(invitation ? [invitationWords(invitation, partner)] : []),
    ...(channel || invitation ? [] : ['There is none yet. Connect one, so that they can register deals and ask from their own Slack.']),
    ...(channel?.pinProblem ? [pinWords(channel.pinProblem)] : []),
  ];
  return [
    section(`*Channel*\n${lines.join('\n')}`),
    ...(channel ? [context(`As Slack said ${moment(channel.checkedAt)}.`)] : []),
    ...(partner.status === 'ended' ? [] : invitationButtons(invitation, partner.id)),
  ];
}

/** Why the desk is not pinned, with the way out. */
export function pinWords(problem: string): string {
  if (problem === 'missing_scope')
    return 'Their desk is not pinned: Slack has not granted me `pins:write`. Whoever manages apps installs Partnerships once more, then type `/partners desk`; until then, pin it by hand.';
  return `Their desk is not pinned: Slack said \`${escaped(problem)}\`. Pin it by hand.`;
}
