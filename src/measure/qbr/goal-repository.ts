import mongoose, { Schema } from 'mongoose';
import { Goal } from './goal.ts';

const name = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

const goalSchema = new Schema(
  {
    /** Workspace, partner and quarter. */
    _id: name,
    ...{ workspaceId: name, partnerId: name, quarter: name, sourcedMinor: number, currency: name, registrations: number, by: name },
    at: { type: Date, required: true },
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'goals' },
);

const GoalModel = mongoose.model('Goal', goalSchema);

const idOf = (workspaceId: string, partnerId: string, quarter: string) => `${workspaceId}|${partnerId}|${quarter}`;

/** Of a partner by its id, or by that of a record that was merged into it: the first that there is. */
export async function findGoal(workspaceId: string, partnerIds: readonly string[], quarter: string): Promise<Goal | null> {
  const ids = partnerIds.map((partnerId) => idOf(workspaceId, partnerId, quarter));
  const found = await GoalModel.find({ _id: { $in: ids } }).lean();
  const goals = found.map(({ _id, ...stored }) => Goal.parse(stored));
  return partnerIds.flatMap((id) => goals.find(({ partnerId }) => partnerId === id) ?? [])[0] ?? null;
}

/** The last one said counts. */
export async function saveGoal(goal: Goal): Promise<void> {
  const { workspaceId, partnerId, quarter } = goal;
  await GoalModel.updateOne({ _id: idOf(workspaceId, partnerId, quarter) }, { $set: Goal.parse(goal) }, { upsert: true });
}
