import { TZDate } from '@date-fns/tz';
import { format, formatISO, subDays } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PER_MAILBOX, PER_WORKSPACE } from './business-hours.ts';
import { APPROVAL_HOURS } from './draft.ts';

const slotsSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    /** The team's local day, `YYYY-MM-DD`. */
    day: { type: String, required: true },
    /** A sender's address, or `*` for the whole workspace. */
    mailbox: { type: String, required: true },
    /** Approvals that have a slot. */
    taken: { type: [String], required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'send-slots' },
);
slotsSchema.index({ workspaceId: 1, day: 1, mailbox: 1 }, { unique: true });

const SlotsModel = mongoose.model('SendSlots', slotsSchema);

export function slotDay(at: Date, timeZone: string): string {
  return format(new TZDate(at, timeZone), 'yyyy-MM-dd');
}

/** Takes a slot of the day for an approval, once however often it is asked, and gives back one it had of an earlier day: its mail did not leave
 *  then. `full` names what has none left. `isFree` takes one all the same: a person said so, and it is counted. */
export async function takeSlot(
  { workspaceId, day, mailbox, approvalId }: { workspaceId: string; day: string; mailbox: string; approvalId: string },
  isFree: boolean,
): Promise<{ full: 'mailbox-cap' | 'workspace-cap' | null }> {
  if (!(await take(workspaceId, day, mailbox, approvalId, isFree ? Number.MAX_SAFE_INTEGER : PER_MAILBOX))) return { full: 'mailbox-cap' };
  if (await take(workspaceId, day, '*', approvalId, isFree ? Number.MAX_SAFE_INTEGER : PER_WORKSPACE)) {
    // No approval is older: the days before need not be looked at.
    const recent = { $gte: formatISO(subDays(day, APPROVAL_HOURS / 24 + 1), { representation: 'date' }), $ne: day };
    await SlotsModel.updateMany({ workspaceId, day: recent, taken: approvalId }, { $pull: { taken: approvalId } });
    return { full: null };
  }
  await SlotsModel.updateOne({ workspaceId, day, mailbox }, { $pull: { taken: approvalId } });
  return { full: 'workspace-cap' };
}

/** Gives back what an approval has taken: its mail certainly did not leave, and will not. */
export async function releaseSlots(workspaceId: string, approvalId: string): Promise<void> {
  await SlotsModel.updateMany({ workspaceId, taken: approvalId }, { $pull: { taken: approvalId } });
}

/** How many slots of a day are taken, by mailbox; `*` is the workspace. */
export async function countSlots(workspaceId: string, day: string): Promise<Map<string, number>> {
  const found = await SlotsModel.find({ workspaceId, day }).lean();
  return new Map(found.map(({ mailbox, taken }) => [mailbox, taken.length]));
}

async function take(workspaceId: string, day: string, mailbox: string, approvalId: string, most: number): Promise<boolean> {
  const hasRoom = most === Number.MAX_SAFE_INTEGER ? {} : { $or: [{ taken: approvalId }, { [`taken.${most - 1}`]: { $exists: false } }] };
  const change = { $addToSet: { taken: approvalId } };
  try {
    await SlotsModel.updateOne({ workspaceId, day, mailbox, ...hasRoom }, change, { upsert: true });
    return true;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    // The day is there: it is full, or another worker opened it at the same moment and there may be room yet.
    const found = await SlotsModel.updateOne({ workspaceId, day, mailbox, ...hasRoom }, change);
    return found.matchedCount === 1;
  }
}
