import { z } from 'zod';
import { checkChannelJob } from '../../../jobs/onboard/check-channel.ts';
import { showDeskJob } from '../../../jobs/onboard/show-desk.ts';
import type { Deps } from '../../deps.ts';
import { followChannel, partnersAround } from '../../onboard/channels/follow-channel.ts';
import type { Signal } from '../../onboard/channels/invitation.ts';
import { findInvitationBySlack } from '../../onboard/channels/invitation-repository.ts';
import { settleInvitation } from '../../onboard/channels/settle-invitation.ts';
import { type SlackEvent, workspaceOf } from '../listener.ts';
import { findPosts, movePosts } from '../post-repository.ts';
import { deskKey } from './partner-desk.ts';

const Named = z.object({ id: z.string() });
const InviteEvent = z.object({
  approval_required: z.boolean().optional(),
  invite: Named,
  channel: Named,
  accepting_user: z
    .object({
      id: z.string(),
      team_id: z.string(),
      name: z.string().catch(''),
      profile: z.object({ real_name: z.string().optional(), email: z.string().optional() }).catch({}),
    })
    .optional(),
  approving_team_id: z.string().optional(),
});
type InviteEvent = z.infer<typeof InviteEvent>;

type InviteName = 'shared_channel_invite_accepted' | 'shared_channel_invite_approved' | 'shared_channel_invite_declined';

/** What Slack tells of an invitation of ours is noted, and Slack then asked how things stand; of others' nothing is. Events come twice, late, in any
 *  order or never. */
const onInviteEvent =
  (signalIn: (event: InviteEvent) => Signal | null) =>
  ({ enqueue, now }: Deps) =>
  async ({ context, event }: SlackEvent<InviteName>): Promise<void> => {
    const workspaceId = workspaceOf(context);
    const { data: said } = InviteEvent.safeParse(event);
    const signal = said && signalIn(said);
    if (!said || !signal) return;
    const invitation = await findInvitationBySlack(workspaceId, { inviteId: said.invite.id, channel: said.channel.id });
    if (!invitation) return;
    await settleInvitation(workspaceId, invitation.id, signal, 'system', now());
    await enqueue(checkChannelJob, { workspaceId, partnerId: invitation.partnerId });
  };

export const onInviteAccepted = onInviteEvent(({ approval_required: isAsked, accepting_user: user }) => {
  if (!user) return null;
  const { id: userId, team_id: teamId, name, profile } = user;
  const by = { userId, teamId, name: profile.real_name || name, email: profile.email ?? '' };
  return { kind: isAsked ? 'approval-needed' : 'accepted', by };
});
export const onInviteApproved = onInviteEvent(({ approving_team_id: teamId }) => (teamId ? { kind: 'approved', teamId } : null));
export const onInviteDeclined = onInviteEvent(() => ({ kind: 'declined' }));

type ChannelName = 'channel_shared' | 'channel_unshared' | 'channel_archive' | 'group_archive';

/** Something changed about a channel: whoever it is for, Slack is asked how it stands. */
export const onChannelChanged =
  ({ enqueue }: Deps) =>
  async ({ context, event }: SlackEvent<ChannelName>): Promise<void> => {
    const workspaceId = workspaceOf(context);
    for (const partnerId of await partnersAround(workspaceId, event.channel)) await enqueue(checkChannelJob, { workspaceId, partnerId });
  };

export const onChannelIdChanged =
  ({ enqueue, now }: Deps) =>
  async ({ context, event }: SlackEvent<'channel_id_changed'>): Promise<void> => {
    const workspaceId = workspaceOf(context);
    const { old_channel_id: from, new_channel_id: to } = event;
    await followChannel(workspaceId, from, to, now());
    await movePosts(workspaceId, from, to);
    for (const partnerId of await partnersAround(workspaceId, to)) await enqueue(checkChannelJob, { workspaceId, partnerId });
  };

/** Somebody unpinned a desk: it is pinned again. */
export const onPinRemoved =
  ({ enqueue }: Deps) =>
  async ({ context, event }: SlackEvent<'pin_removed'>): Promise<void> => {
    const workspaceId = workspaceOf(context);
    const { channel_id: channel, item } = event;
    const partners = await partnersAround(workspaceId, channel);
    const desks = await findPosts(workspaceId, partners.map(deskKey));
    for (const partnerId of partners) {
      const desk = desks.get(deskKey(partnerId));
      if (desk?.channel === channel && desk.ts === item.message?.ts) await enqueue(showDeskJob, { workspaceId, partnerId });
    }
  };
