import { subHours } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { CHANNEL_STATES, PartnerChannel } from './channel.ts';

const name = { type: String, required: true } as const;

const channelSchema = new Schema(
  {
    workspaceId: name,
    partnerId: name,
    channel: name,
    state: { type: String, enum: CHANNEL_STATES, required: true },
    teams: [String],
    pinProblem: { type: String, default: '' },
    checkedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'channels' },
);
channelSchema.index({ workspaceId: 1, partnerId: 1 }, { unique: true });
channelSchema.index({ workspaceId: 1, channel: 1 });
channelSchema.index({ checkedAt: 1 });

const ChannelModel = mongoose.model('Channel', channelSchema);

function toChannel({ _id, ...stored }: { _id: unknown } & Record<string, unknown>): PartnerChannel {
  return PartnerChannel.parse(stored);
}

export async function findPartnerChannel(workspaceId: string, partnerId: string): Promise<PartnerChannel | null> {
  const stored = await ChannelModel.findOne({ workspaceId, partnerId }).lean();
  return stored && toChannel(stored);
}

export async function savePartnerChannel({ workspaceId, partnerId, ...facts }: Omit<PartnerChannel, 'pinProblem'>): Promise<void> {
  const save = () => ChannelModel.updateOne({ workspaceId, partnerId }, { $set: facts }, { upsert: true });
  await save().catch((error: unknown) => {
    // Another worker stored it first: then it is there.
    if (!isDuplicateKey(error)) throw error;
    return save();
  });
}

export async function savePinProblem(workspaceId: string, partnerId: string, pinProblem: string): Promise<void> {
  await ChannelModel.updateOne({ workspaceId, partnerId }, { $set: { pinProblem } });
}

/** The partners whose channel this is, or was when we last looked. */
export async function listPartnersOf(workspaceId: string, channel: string): Promise<string[]> {
  return (await ChannelModel.distinct('partnerId', { workspaceId, channel })).map(String);
}

/** Of every workspace, those that nobody has looked at for most of a day; the longest first. The id is the partner's. */
export async function listChannelsDue(at: Date): Promise<{ workspaceId: string; id: string }[]> {
  const found = await ChannelModel.find({ checkedAt: { $lt: subHours(at, 20) } }, { workspaceId: 1, partnerId: 1 })
    .sort({ checkedAt: 1 })
    .limit(1000)
    .lean();
  return found.map(({ workspaceId, partnerId }) => ({ workspaceId, id: partnerId }));
}

/** Slack gave a channel another id. */
export async function moveChannels(workspaceId: string, from: string, to: string): Promise<void> {
  await ChannelModel.updateMany({ workspaceId, channel: from }, { $set: { channel: to } });
}

/** Gives one partner's channel to another; one that has its own keeps it. */
export async function moveChannelRecords(workspaceId: string, from: string, to: string): Promise<void> {
  if (await ChannelModel.exists({ workspaceId, partnerId: to })) await ChannelModel.deleteOne({ workspaceId, partnerId: from });
  else await ChannelModel.updateOne({ workspaceId, partnerId: from }, { $set: { partnerId: to } });
}

/** It goes with the partner's record. */
export const channelData = keptData({
  model: ChannelModel,
  noun: 'channel',
  kind: 'channel',
  isTheirs: ({ partnerId }, { subjects }) => subjects.includes(`partner:${String(partnerId)}`),
});
