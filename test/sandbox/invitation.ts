/** An invitation to share a channel through Slack Connect, as both sides see it. */
export type Invitation = {
  id: string;
  channel: string;
  /** Whom it was sent to: an address, or somebody the app already knew. */
  email: string | null;
  userId: string | null;
  /** The guest may only post, Slack's default. Whether such a guest can press buttons is not documented; here they can. */
  externalLimited: boolean;
  /** Milliseconds, by the app's clock. */
  createdAt: number;
  expiresAt: number;
  step: 'sent' | 'accepted' | 'joined' | 'declined';
  acceptedBy: string | null;
  /** Whose admin still has to approve: the inviting company's or the guest's. */
  waitsFor: Side | null;
};

export type Side = 'ours' | 'theirs';

/** Source: the sample of docs.slack.dev/reference/events/shared_channel_invite_accepted. */
const LIFE_MS = 14 * 86_400_000;

export function newInvitation(given: Pick<Invitation, 'id' | 'channel' | 'email' | 'userId' | 'externalLimited'>, at: number): Invitation {
  return { ...given, createdAt: at, expiresAt: at + LIFE_MS, step: 'sent', acceptedBy: null, waitsFor: null };
}

/** Nobody has answered it, and nobody can any more. What was accepted in time waits for its admin without an end. */
export function isExpired({ step, expiresAt }: Invitation, now: number): boolean {
  return step === 'sent' && expiresAt <= now;
}

/** Something may still come of it, so that the channel counts as about to be shared. */
export function isOpen(invitation: Invitation, now: number): boolean {
  return invitation.step === 'accepted' || (invitation.step === 'sent' && !isExpired(invitation, now));
}
