import { z } from 'zod';

/** `internal` while only we read it, `pending` while an invitation to it is open, `shared` once it is for this partner and us alone, `mixed` where
 *  other companies read along, `closed` when it is archived, or gone for us. */
export const CHANNEL_STATES = ['internal', 'pending', 'shared', 'mixed', 'closed'] as const;
export const ChannelState = z.enum(CHANNEL_STATES);
export type ChannelState = z.infer<typeof ChannelState>;

/** What Slack last said of a partner's channel. */
export const PartnerChannel = z.object({
  workspaceId: z.string(),
  partnerId: z.string(),
  channel: z.string(),
  state: ChannelState,
  /** The other companies in it, by their Slack workspace. */
  teams: z.array(z.string()),
  /** Slack's reason why the desk is not pinned; empty when it is, or was never to be. */
  pinProblem: z.string(),
  checkedAt: z.date(),
});
export type PartnerChannel = z.infer<typeof PartnerChannel>;

/** What Slack says of a channel at one moment; null for one that is not there for us. `teams` are the other companies in it. */
export type ChannelFacts = { teams: readonly string[]; isShared: boolean; isPending: boolean; isClosed: boolean } | null;

export function channelStateOf(facts: ChannelFacts, ours: readonly string[]): ChannelState {
  if (!facts || facts.isClosed) return 'closed';
  const isOurs = (team: string) => ours.includes(team);
  if (facts.isShared && facts.teams.length > 0 && facts.teams.every(isOurs)) return facts.isPending ? 'pending' : 'shared';
  if (facts.teams.length > 0) return 'mixed';
  return facts.isPending || facts.isShared ? 'pending' : 'internal';
}
