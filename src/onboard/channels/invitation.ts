import { addDays, isAfter } from 'date-fns';
import { z } from 'zod';

/** `sending` until Slack has answered; `accepted` when somebody has accepted and Slack connects; `awaiting-admin` while an admin of either side is
 *  asked; `disconnected` when what was connected is so no more; `failed` when Slack refused, with its reason. */
export const INVITATION_STATES = [
  'sending',
  'sent',
  'accepted',
  'awaiting-admin',
  'connected',
  'declined',
  'expired',
  'withdrawn',
  'failed',
  'disconnected',
] as const;
export const InvitationState = z.enum(INVITATION_STATES);
export type InvitationState = z.infer<typeof InvitationState>;

/** While one of a partner is in these, there is no second. */
const OPEN = new Set<InvitationState>(['sending', 'sent', 'accepted', 'awaiting-admin', 'connected']);
/** A new one to the same person makes sense. */
const REPEATABLE = new Set<InvitationState>(['declined', 'expired', 'failed', 'disconnected']);

export const Accepter = z.object({ userId: z.string(), teamId: z.string(), name: z.string(), email: z.string() });
export type Accepter = z.infer<typeof Accepter>;

/** Somebody of a partner, asked into a Slack channel that both companies read. */
export const Invitation = z.object({
  id: z.string(),
  workspaceId: z.string(),
  partnerId: z.string(),
  state: InvitationState,
  stateAt: z.date(),
  /** Null until the channel is made. */
  channel: z.string().nullable(),
  /** The channel that is to be made for it; null where one was chosen. */
  newChannel: z.object({ name: z.string(), isPrivate: z.boolean() }).nullable(),
  /** As `contactAddress` gives it. Empty for nobody: the channel that was chosen is shared with them already. */
  email: z.string(),
  /** They may write messages and do nothing else. */
  postOnly: z.boolean(),
  /** Slack's id of it; null while Slack has not named it. */
  inviteId: z.string().nullable(),
  /** When Slack was last asked to send it; null when it never was. Slack does not say what became of a call whose answer got lost. */
  triedAt: z.date().nullable(),
  /** The other companies that were in the channel before. */
  teamsBefore: z.array(z.string()),
  acceptedBy: Accepter.nullable(),
  /** The sides whose admin has approved, by team. */
  approvedBy: z.array(z.string()),
  /** Slack's own code of a failure; `still-open` where it was withdrawn here and Slack keeps it; `team-taken` where their Slack workspace belongs to
   *  another partner; `other-person` where nobody has said that who accepted is of the partner; empty otherwise. */
  reason: z.string(),
  /** Slack user id of the colleague who asked for it. */
  by: z.string(),
  createdAt: z.date(),
  /** Rises with every change: the filter of the next one. */
  rev: z.number().int(),
});
export type Invitation = z.infer<typeof Invitation>;

/** What is heard of an invitation: from Slack's answer, from its events, from the facts of the channel, from a person, from the clock. */
export type Signal =
  | { kind: 'sent'; inviteId: string | null }
  | { kind: 'failed'; reason: string }
  | { kind: 'accepted'; by: Accepter }
  | { kind: 'approval-needed'; by: Accepter }
  | { kind: 'approved'; teamId: string }
  | { kind: 'declined' }
  | { kind: 'connected' }
  | { kind: 'disconnected' }
  | { kind: 'expired' }
  | { kind: 'withdrawn'; reason: '' | 'still-open' };

/** Where each signal leads from each state; what is missing changes nothing. Events come twice, late, in any order or never, so every state takes
 *  every later one, and none leads back. What was withdrawn stays so: who accepts it all the same comes into the channel and is bound to no partner. */
export const MOVES: Record<InvitationState, Partial<Record<Signal['kind'], InvitationState>>> = {
  sending: {
    sent: 'sent',
    failed: 'failed',
    accepted: 'accepted',
    'approval-needed': 'awaiting-admin',
    approved: 'awaiting-admin',
    declined: 'declined',
    connected: 'connected',
  },
  sent: {
    accepted: 'accepted',
    'approval-needed': 'awaiting-admin',
    approved: 'awaiting-admin',
    declined: 'declined',
    connected: 'connected',
    expired: 'expired',
    withdrawn: 'withdrawn',
  },
  accepted: { declined: 'declined', connected: 'connected', expired: 'expired', withdrawn: 'withdrawn' },
  'awaiting-admin': { declined: 'declined', connected: 'connected', expired: 'expired', withdrawn: 'withdrawn' },
  connected: { disconnected: 'disconnected', withdrawn: 'withdrawn' },
  // Accepted in the last minute, and we were told later.
  expired: { accepted: 'accepted', 'approval-needed': 'awaiting-admin', declined: 'declined', connected: 'connected' },
  declined: {},
  withdrawn: {},
  failed: {},
  disconnected: { connected: 'connected' },
};

/** Slack's sample of an invitation lives so long. Source: docs.slack.dev/reference/events/shared_channel_invite_accepted. */
export const INVITATION_DAYS = 14;

export function isOpenInvitation({ state }: Pick<Invitation, 'state'>): boolean {
  return OPEN.has(state);
}

export function maySendAgain({ state, email }: Pick<Invitation, 'state' | 'email'>): boolean {
  return REPEATABLE.has(state) && email !== '';
}

/** Who may still be waited for: whoever is invited, Slack, or an admin. Slack does not say when an admin's time is over. */
export const AWAITED = ['sent', 'accepted', 'awaiting-admin'] as const satisfies readonly InvitationState[];

export function isPastDue({ state, stateAt }: Pick<Invitation, 'state' | 'stateAt'>, at: Date): boolean {
  return AWAITED.some((one) => one === state) && !isAfter(addDays(stateAt, INVITATION_DAYS), at);
}

export type InvitationChange = Partial<
  Pick<Invitation, 'state' | 'stateAt' | 'inviteId' | 'acceptedBy' | 'approvedBy' | 'reason' | 'channel' | 'triedAt' | 'teamsBefore'>
>;

/** What a signal changes; null when it says nothing new. Who accepted and who approved is kept whatever the state, so that it does not matter in
 *  which order the events come. */
export function changeBy(invitation: Invitation, signal: Signal, at: Date): InvitationChange | null {
  const { state, acceptedBy, approvedBy, inviteId } = invitation;
  const next = MOVES[state][signal.kind];
  const change: InvitationChange = {
    ...(next ? { state: next, stateAt: at } : {}),
    ...('by' in signal && acceptedBy === null ? { acceptedBy: signal.by } : {}),
    ...('teamId' in signal && !approvedBy.includes(signal.teamId) ? { approvedBy: [...approvedBy, signal.teamId] } : {}),
    ...('inviteId' in signal && inviteId === null && signal.inviteId !== null ? { inviteId: signal.inviteId } : {}),
    ...('reason' in signal && next ? { reason: signal.reason } : {}),
  };
  return Object.keys(change).length > 0 ? change : null;
}

/** Whose admin is still asked: Slack does not say, so it is known only once the other side has approved. */
export function waitsFor({ approvedBy }: Pick<Invitation, 'approvedBy'>, home: string): 'ours' | 'theirs' | 'unknown' {
  if (approvedBy.length === 0) return 'unknown';
  if (approvedBy.includes(home)) return 'theirs';
  return 'ours';
}

/** A channel's name as Slack takes it, from a company's: lower case, no spaces, no full stops, at most 80 characters. */
export function channelNameFor(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `ext-${plain}`.slice(0, 80).replace(/-+$/, '');
}
