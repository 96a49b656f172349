import type { Collection } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { userIdOfContact } from './person-of.ts';

/** Somebody who is in both records, by the ids of their contacts: the one that goes, and the one that stays. */
export type Twin = { goes: string; stays: string };

/** Moves what one collection keeps of a partner to another one, by its id, for the merge of two partner records, and what it keeps of the twins to
 *  the contact that stays. Safe to repeat. */
export type MovePartnerRecords = (workspaceId: string, from: string, to: string, twins?: readonly Twin[]) => Promise<void>;

/** For collections of which a partner can have any number, each about one contact. */
export function moverOf({ collection }: { collection: Collection }): MovePartnerRecords {
  return async (workspaceId, from, to, twins = []) => {
    await collection.updateMany({ workspaceId, partnerId: from }, { $set: { partnerId: to } });
    for (const { goes, stays } of twins)
      await collection.updateMany({ workspaceId, partnerId: to, contactId: goes }, { $set: { contactId: stays } });
  };
}

/** What twins did by mail, now under the user id of the contact that stays; where that one has done the same, both stand. */
export async function moveTwins(
  { collection }: { collection: Collection },
  field: 'by' | 'userId',
  { workspaceId, partnerId }: { workspaceId: string; partnerId: string },
  twins: readonly Twin[],
): Promise<void> {
  for (const { goes, stays } of twins) {
    const theirs = { workspaceId, partnerId, [field]: userIdOfContact(goes) };
    for (const { _id } of await collection.find(theirs, { projection: { _id: 1 } }).toArray())
      await collection.updateOne({ ...theirs, _id }, { $set: { [field]: userIdOfContact(stays) } }).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
  }
}
