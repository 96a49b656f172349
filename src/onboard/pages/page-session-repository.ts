import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { moverOf } from '../partners/move-records.ts';
import { PageOwner } from './page-link-repository.ts';

const name = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const sessionSchema = new Schema(
  {
    /** The hash of the secret in the cookie. */
    _id: name,
    workspaceId: name,
    partnerId: name,
    contactId: name,
    createdAt: moment,
    expiresAt: moment,
  },
  { strict: 'throw', versionKey: false, collection: 'page-sessions' },
);
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const SessionModel = mongoose.model('PageSession', sessionSchema);

/** For the merge of two partner records. */
export const moveSessions = moverOf(SessionModel, 'contactId');

export const PageSession = PageOwner.extend({ createdAt: z.date(), expiresAt: z.date() });
export type PageSession = z.infer<typeof PageSession>;

export async function insertSession(hash: string, session: PageSession): Promise<void> {
  await SessionModel.create({ _id: hash, ...session });
}

/** Of any workspace: the cookie says which. */
export async function findSession(hash: string, at: Date): Promise<PageSession | null> {
  const found = await SessionModel.findOne({ _id: hash, expiresAt: { $gt: at } }).lean();
  return found && PageSession.parse(found);
}

/** Never makes it shorter. */
export async function extendSession(hash: string, expiresAt: Date): Promise<void> {
  await SessionModel.updateOne({ _id: hash }, { $max: { expiresAt } });
}

/** Wherever a person has their page open. */
export async function endSessionsOf({ workspaceId, partnerId, contactId }: PageOwner): Promise<void> {
  await SessionModel.deleteMany({ workspaceId, partnerId, contactId });
}

export async function endSession(hash: string): Promise<void> {
  await SessionModel.deleteOne({ _id: hash });
}
