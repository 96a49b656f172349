import type { Collection } from 'mongoose';

/** Moves what one collection keeps of a partner to another one, by its id, for the merge of two partner records. Safe to repeat. */
export type MovePartnerRecords = (workspaceId: string, from: string, to: string) => Promise<void>;

/** For collections of which a partner can have any number. */
export function moverOf({ collection }: { collection: Collection }): MovePartnerRecords {
  return async (workspaceId, from, to) => {
    await collection.updateMany({ workspaceId, partnerId: from }, { $set: { partnerId: to } });
  };
}
