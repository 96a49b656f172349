import type { Collection } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { userIdOfContact } from './person-of.ts';

/** Somebody who is in both records, by the ids of their contacts: the one that goes, and the one that stays. */
export type Twin = { goes: string; stays: string };

/** Moves what one collection keeps of a partner to another one, by its id, for the merge of two partner records, and what it keeps of the twins to
 *  the contact that stays. Safe to repeat. */
export type MovePartnerRecords = (workspaceId: string, from: string, to: string, twins?: readonly Twin[]) => Promise<void>;

/** Moves the records of one collection, of which a partner can have any number; `who` is the field that names a person of theirs, and `also` is
 *  changed with each. Where the partner that stays has the same already, the other's record stays under its own id. */
export function moverOf(records: Records, who: Who, also: Also = {}): MovePartnerRecords {
  return async (workspaceId, from, to, twins = []) => {
    await changeEach(records, { workspaceId, partnerId: from }, { ...also, $set: { partnerId: to } });
    await moveTwins(records, who, { workspaceId, partnerId: to }, twins);
  };
}

type Records = { collection: Collection };
type Who = 'contactId' | 'by' | 'userId';
type Also = { $inc?: { rev: 1 } };

/** What twins did, now under the contact that stays; where that one has done the same, both stand. */
export async function moveTwins(
  records: Records,
  who: Who,
  theirs: { workspaceId: string; partnerId: string },
  twins: readonly Twin[],
): Promise<void> {
  const nameOf = who === 'contactId' ? (id: string) => id : userIdOfContact;
  for (const { goes, stays } of twins) await changeEach(records, { ...theirs, [who]: nameOf(goes) }, { $set: { [who]: nameOf(stays) } });
}

async function changeEach(
  { collection }: Records,
  theirs: { workspaceId: string; partnerId: string },
  change: Also & { $set: Record<string, string> },
): Promise<void> {
  for (const { _id } of await collection.find(theirs, { projection: { _id: 1 } }).toArray())
    await collection.updateOne({ ...theirs, _id }, change).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
}
