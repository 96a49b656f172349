import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../errors.ts';

/** Where a message of ours stands in Slack, by what it shows: `digest:<id>`, `company:<id>`, `draft:<id>`. */
const postSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    key: { type: String, required: true },
    claimedAt: { type: Date, required: true },
    channel: { type: String, default: null },
    ts: { type: String, default: null },
    /** When what it shows was last read from the database. */
    shownAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'posts' },
);
postSchema.index({ workspaceId: 1, key: 1 }, { unique: true });

const PostModel = mongoose.model('Post', postSchema);

export type Place = { channel: string; ts: string };

/** A worker that has not posted after this long is taken for dead. */
const CLAIM_MS = 3 * 60_000;

export async function findPost(workspaceId: string, key: string): Promise<Place | null> {
  const found = await PostModel.findOne({ workspaceId, key }).lean();
  return found?.channel && found.ts ? { channel: found.channel, ts: found.ts } : null;
}

/** True for the one worker that may post now. */
export async function claimPost(workspaceId: string, key: string, at: Date): Promise<boolean> {
  try {
    const free = { workspaceId, key, ts: null, claimedAt: { $lt: new Date(at.getTime() - CLAIM_MS) } };
    const claimed = await PostModel.updateOne(free, { $set: { claimedAt: at } }, { upsert: true });
    return claimed.modifiedCount + claimed.upsertedCount === 1;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Notes where the message stands; false when another worker took the claim over meanwhile and its message counts. */
export async function savePost(workspaceId: string, key: string, claimedAt: Date, place: Place): Promise<boolean> {
  const saved = await PostModel.updateOne({ workspaceId, key, ts: null, claimedAt }, { $set: place });
  return saved.modifiedCount === 1;
}

export async function markShown(workspaceId: string, key: string, at: Date): Promise<void> {
  await PostModel.updateOne({ workspaceId, key }, { $max: { shownAt: at } });
}

/** Whether a message shows what was true at `since`. */
export async function isShown(workspaceId: string, key: string, since: Date): Promise<boolean> {
  return (await PostModel.exists({ workspaceId, key, shownAt: { $gte: since } })) !== null;
}

/** Gives a claim back after Slack refused to post. */
export async function releasePost(workspaceId: string, key: string, claimedAt: Date): Promise<void> {
  await PostModel.deleteOne({ workspaceId, key, ts: null, claimedAt });
}

/** For a message that is gone from Slack. */
export async function forgetPost(workspaceId: string, key: string): Promise<void> {
  await PostModel.deleteOne({ workspaceId, key });
}
