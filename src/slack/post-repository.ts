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
    /** Slack's permanent link to the message; absent until Slack has named it, also in what was stored before links were kept. */
    link: String,
    /** When what it shows was last read from the database. */
    shownAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'posts' },
);
postSchema.index({ workspaceId: 1, key: 1 }, { unique: true });

const PostModel = mongoose.model('Post', postSchema);

/** Where a message stands. `link` leads a person there; null while Slack has not named it. */
export type Place = { channel: string; ts: string; link: string | null };
type Message = Pick<Place, 'channel' | 'ts'>;

/** A worker that has not posted after this long is taken for dead. */
const CLAIM_MS = 3 * 60_000;

export async function findPost(workspaceId: string, key: string): Promise<Place | null> {
  return (await findPosts(workspaceId, [key])).get(key) ?? null;
}

/** The places of those that are posted, by key. */
export async function findPosts(workspaceId: string, keys: string[]): Promise<Map<string, Place>> {
  const found = await PostModel.find({ workspaceId, key: { $in: keys } }).lean();
  return new Map(found.flatMap(({ key, channel, ts, link }) => (channel && ts ? [[key, { channel, ts, link: link ?? null }]] : [])));
}

/** The messages that show one of these records, or tell somebody of it: `draft:<id>`, `reply-told:<id>:<user>`. */
export async function listPostsAbout(workspaceId: string, subjects: readonly string[]): Promise<(Place & { key: string })[]> {
  const ids = new Set(subjects.map((subject) => subject.slice(subject.indexOf(':') + 1)));
  const found: (Place & { key: string })[] = [];
  for await (const { key, channel, ts, link } of PostModel.find({ workspaceId, ts: { $ne: null } })
    .lean()
    .cursor()) {
    const isAbout = key.split(':').some((part) => ids.has(part));
    if (isAbout && channel && ts) found.push({ key, channel, ts, link: link ?? null });
  }
  return found;
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
export async function savePost(workspaceId: string, key: string, claimedAt: Date, { channel, ts }: Message): Promise<boolean> {
  const saved = await PostModel.updateOne({ workspaceId, key, ts: null, claimedAt }, { $set: { channel, ts } });
  return saved.modifiedCount === 1;
}

/** Notes the link to a message that still stands there. */
export async function keepLink(workspaceId: string, key: string, { channel, ts }: Message, link: string): Promise<void> {
  await PostModel.updateOne({ workspaceId, key, channel, ts }, { $set: { link } });
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

/** For a message that is gone from Slack, or stands where we cannot go any more. One that was posted since in its stead stays. */
export async function forgetPost(workspaceId: string, key: string, { channel, ts }: Message): Promise<void> {
  await PostModel.deleteOne({ workspaceId, key, channel, ts });
}

/** Of two partner records that become one, the desk and the checklist of the one that goes become those of the one that stays, unless it has its own.
 *  Safe to repeat. */
export async function movePartnerPosts(workspaceId: string, from: string, to: string): Promise<void> {
  for (const kind of ['desk', 'checklist']) {
    await PostModel.updateOne({ workspaceId, key: `${kind}:${from}` }, { $set: { key: `${kind}:${to}` } }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }
}

/** Slack gave a channel another id: its messages stand there under the same times. */
export async function movePosts(workspaceId: string, from: string, to: string): Promise<void> {
  await PostModel.updateMany({ workspaceId, channel: from }, { $set: { channel: to }, $unset: { link: '' } });
}
