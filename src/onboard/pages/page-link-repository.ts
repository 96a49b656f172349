import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { moverOf } from '../partners/move-records.ts';

/** Links are kept a day after they end: how many a person was sent is counted by them. */
const KEPT_S = 24 * 60 * 60;
const name = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const linkSchema = new Schema(
  {
    /** The hash of the secret in the link. */
    _id: name,
    workspaceId: name,
    partnerId: name,
    contactId: name,
    /** Who asked for it: a Slack user id, or `recipient`. */
    by: name,
    /** What asked for it: one link each. */
    wish: String,
    createdAt: moment,
    expiresAt: moment,
    usedAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'page-links' },
);
linkSchema.index({ workspaceId: 1, contactId: 1, createdAt: -1 });
linkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: KEPT_S });

const LinkModel = mongoose.model('PageLink', linkSchema);

/** For the merge of two partner records. */
export const moveLinks = moverOf(LinkModel, 'contactId');

/** Whose page it is. */
export const PageOwner = z.object({ workspaceId: z.string(), partnerId: z.string(), contactId: z.string() });
export type PageOwner = z.infer<typeof PageOwner>;

type NewLink = { by: string; wish?: string; createdAt: Date; expiresAt: Date };

/** In place of one that was made for the same wish. */
export async function insertLink(hash: string, owner: PageOwner, more: NewLink): Promise<void> {
  const { workspaceId, contactId } = owner;
  await LinkModel.create({ _id: hash, ...owner, ...more });
  if (more.wish) await LinkModel.deleteMany({ workspaceId, contactId, wish: more.wish, _id: { $ne: hash } });
}

/** None that a person was sent opens anything any more. */
export async function endLinksOf({ workspaceId, partnerId, contactId }: PageOwner): Promise<void> {
  await LinkModel.deleteMany({ workspaceId, partnerId, contactId });
}

/** How many a person was sent since then, at most a day ago: those that they asked for, or the team for them; without the one of this wish. */
export async function countLinks(
  { workspaceId, contactId }: PageOwner,
  { since, by, wish }: { since: Date; by: 'recipient' | 'team'; wish: string },
): Promise<number> {
  const asked = by === 'recipient' ? { by } : { by: { $ne: 'recipient' } };
  return LinkModel.countDocuments({ workspaceId, contactId, createdAt: { $gte: since }, ...asked, wish: { $ne: wish } });
}

/** Whose link it is while it may be used; of any workspace, because whoever has the link has nothing else yet. Changes nothing. */
export async function findOpenLink(hash: string, at: Date): Promise<PageOwner | null> {
  const found = await LinkModel.findOne({ _id: hash, usedAt: null, expiresAt: { $gt: at } }).lean();
  return found && PageOwner.parse(found);
}

/** Uses a link up: of two who do at once, one gets the owner and who asked for it, the other null. */
export async function takeLink(hash: string, at: Date): Promise<(PageOwner & { linkBy: string }) | null> {
  const taken = await LinkModel.findOneAndUpdate({ _id: hash, usedAt: null, expiresAt: { $gt: at } }, { $set: { usedAt: at } }).lean();
  return taken && { ...PageOwner.parse(taken), linkBy: taken.by };
}
