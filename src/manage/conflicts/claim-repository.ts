import { createHash } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';

const name = { type: String, required: true } as const;

const claimSchema = new Schema(
  { _id: name, workspaceId: name, dealId: name, at: Date },
  { strict: 'throw', versionKey: false, collection: 'deal-claims' },
);
claimSchema.index({ workspaceId: 1, dealId: 1 });

export const ClaimModel = mongoose.model('DealClaim', claimSchema);

/** Takes an account by one of its keys, a domain or a whole name, for a deal. The database lets one in, however many come at the same instant. Gives the
 *  deal that has it: the own one, or the one that was first. */
export async function claimKey(workspaceId: string, key: string, dealId: string): Promise<string> {
  const _id = claimId(workspaceId, key);
  return inRounds(`claim of ${dealId}`, async () => {
    try {
      await ClaimModel.updateOne({ _id, dealId }, { $setOnInsert: { workspaceId }, $currentDate: { at: true } }, { upsert: true });
      return { done: dealId };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Null where it was given back in between.
      const holder = await ClaimModel.findById(_id).lean();
      return holder && { done: holder.dealId };
    }
  });
}

/** Takes over a claim whose deal holds nothing any more; false when somebody else was faster. */
export async function takeOverClaim(workspaceId: string, key: string, { from, to }: { from: string; to: string }): Promise<boolean> {
  const taken = await ClaimModel.updateOne(
    { _id: claimId(workspaceId, key), dealId: from },
    { $set: { dealId: to }, $currentDate: { at: true } },
  );
  return taken.modifiedCount === 1;
}

/** Gives back all that a deal has taken. Safe to repeat. */
export async function releaseClaims(workspaceId: string, dealId: string): Promise<void> {
  await ClaimModel.deleteMany({ workspaceId, dealId });
}

/** A hash, so that nothing of a customer stays here when their data goes. */
function claimId(workspaceId: string, key: string): string {
  return createHash('sha256').update(`${workspaceId} ${key}`).digest('base64url');
}
