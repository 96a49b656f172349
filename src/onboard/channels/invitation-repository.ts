import { subDays, subMinutes } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { isTheirAddress } from '../../programme/privacy/whom.ts';
import { AWAITED, INVITATION_DAYS, INVITATION_STATES, Invitation, type InvitationChange, isOpenInvitation } from './invitation.ts';

const name = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;

const accepterPart = new Schema({ userId: name, teamId: name, name: text, email: text }, PART);
const newChannelPart = new Schema({ name, isPrivate: { type: Boolean, required: true } }, PART);

const invitationSchema = new Schema(
  {
    workspaceId: name,
    partnerId: name,
    state: { type: String, enum: INVITATION_STATES, required: true },
    stateAt: { type: Date, required: true },
    /** One open invitation a partner. */
    open: { type: Boolean, required: true },
    channel: { type: String, default: null },
    newChannel: { type: newChannelPart, default: null },
    email: text,
    postOnly: { type: Boolean, required: true },
    inviteId: { type: String, default: null },
    triedAt: { type: Date, default: null },
    teamsBefore: [String],
    acceptedBy: { type: accepterPart, default: null },
    approvedBy: [String],
    reason: text,
    by: name,
    createdAt: { type: Date, required: true },
    rev: { type: Number, required: true },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'invitations' },
);
invitationSchema.index({ workspaceId: 1, partnerId: 1 }, { unique: true, partialFilterExpression: { open: true } });
invitationSchema.index({ workspaceId: 1, partnerId: 1, createdAt: -1 });
invitationSchema.index({ workspaceId: 1, inviteId: 1 });
invitationSchema.index({ workspaceId: 1, channel: 1 });
invitationSchema.index({ state: 1, stateAt: 1 });
invitationSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const InvitationModel = mongoose.model('Invitation', invitationSchema);

function toInvitation({ _id, open, trail, ...stored }: { _id: unknown } & Record<string, unknown>): Invitation {
  return Invitation.parse({ ...stored, id: String(_id) });
}

/** Refuses `invitation-open` while another one of the partner is under way or has led to a channel. */
export async function insertInvitation(invitation: Omit<Invitation, 'id' | 'rev'>, entry: (id: string) => AuditEntry): Promise<Invitation> {
  const _id = new mongoose.Types.ObjectId();
  try {
    await InvitationModel.create({ ...invitation, _id, open: isOpenInvitation(invitation), rev: 1, trail: [entry(String(_id))] });
  } catch (error) {
    if (isDuplicateKey(error)) throw new Refusal('invitation-open', {}, { cause: error });
    throw error;
  }
  await settleTrail(InvitationModel, { _id });
  return getInvitation(invitation.workspaceId, String(_id));
}

/** Refuses `invitation-unknown`. */
export async function getInvitation(workspaceId: string, id: string): Promise<Invitation> {
  const stored = mongoose.isObjectIdOrHexString(id) ? await InvitationModel.findOne({ _id: id, workspaceId }).lean() : null;
  if (!stored) throw new Refusal('invitation-unknown');
  return toInvitation(stored);
}

/** The partner's open one, else the newest. */
export async function findLatestInvitation(workspaceId: string, partnerId: string): Promise<Invitation | null> {
  const stored =
    (await InvitationModel.findOne({ workspaceId, partnerId, open: true }).lean()) ??
    (await InvitationModel.findOne({ workspaceId, partnerId }).sort({ createdAt: -1, _id: -1 }).lean());
  return stored && toInvitation(stored);
}

/** The one that Slack speaks of: by Slack's id, else the newest to this channel that Slack has not named yet. */
export async function findInvitationBySlack(
  workspaceId: string,
  { inviteId, channel }: { inviteId: string; channel: string },
): Promise<Invitation | null> {
  const stored =
    (await InvitationModel.findOne({ workspaceId, inviteId }).lean()) ??
    (await InvitationModel.findOne({ workspaceId, channel, inviteId: null, open: true }).lean());
  return stored && toInvitation(stored);
}

/** The partners that were ever invited to this channel. */
export async function listInvitedTo(workspaceId: string, channel: string): Promise<string[]> {
  return (await InvitationModel.distinct('partnerId', { workspaceId, channel })).map(String);
}

/** Changes the invitation that the caller saw; null when somebody changed it first. Refuses `invitation-open` when it cannot be opened again because the
 *  partner has another one. The audit entry is part of the same write. */
export async function saveInvitation(seen: Invitation, change: InvitationChange, entry: AuditEntry | null): Promise<Invitation | null> {
  const { id, workspaceId, rev } = seen;
  const open = isOpenInvitation({ state: change.state ?? seen.state });
  try {
    const saved = await InvitationModel.findOneAndUpdate(
      { _id: id, workspaceId, rev },
      { $set: { ...change, open, rev: rev + 1 }, ...(entry ? { $push: { trail: entry } } : {}) },
      { returnDocument: 'after' },
    ).lean();
    if (!saved) return null;
    await settleTrail(InvitationModel, { _id: saved._id });
    return toInvitation(saved);
  } catch (error) {
    if (isDuplicateKey(error)) throw new Refusal('invitation-open', {}, { cause: error });
    throw error;
  }
}

/** A worker that has not brought an invitation to Slack after this long is taken for dead. */
const STUCK_MINUTES = 10;

/** Of every workspace: those that a dead worker left behind, and those that nobody accepted or approved in time. */
export async function listInvitationsDue(at: Date): Promise<{ workspaceId: string; id: string }[]> {
  const due = [
    { state: 'sending' as const, stateAt: { $lt: subMinutes(at, STUCK_MINUTES) } },
    { state: { $in: [...AWAITED] }, stateAt: { $lte: subDays(at, INVITATION_DAYS) } },
  ];
  const found = await InvitationModel.find({ $or: due }, { workspaceId: 1 }).limit(1000).lean();
  return found.map(({ _id, workspaceId }) => ({ workspaceId, id: String(_id) }));
}

/** Slack gave a channel another id. */
export async function moveInvitations(workspaceId: string, from: string, to: string): Promise<void> {
  await InvitationModel.updateMany({ workspaceId, channel: from }, { $set: { channel: to } });
}

/** Gives one partner's invitations to another; of two open ones, the other's stays and this is closed. */
export async function moveInvitationRecords(workspaceId: string, from: string, to: string): Promise<void> {
  const hasOpen = await InvitationModel.exists({ workspaceId, partnerId: to, open: true });
  if (hasOpen) {
    const closed = { open: false, state: 'withdrawn' as const, reason: 'still-open' };
    await InvitationModel.updateMany({ workspaceId, partnerId: from, open: true }, { $set: closed, $inc: { rev: 1 } });
  }
  await InvitationModel.updateMany({ workspaceId, partnerId: from }, { $set: { partnerId: to }, $inc: { rev: 1 } });
}

export async function settleInvitationTrails(): Promise<number> {
  return settleTrail(InvitationModel, {});
}

export const invitationData = keptData({
  model: InvitationModel,
  noun: 'invitation',
  kind: 'invitation',
  isTheirs: ({ partnerId, email, acceptedBy }, whom) =>
    whom.subjects.includes(`partner:${String(partnerId)}`) ||
    isTheirAddress(whom, String(email)) ||
    isTheirAddress(whom, String((acceptedBy as { email?: unknown } | null)?.email ?? '')), // stored, so an object or null
});
