import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { Amount, less, NOTHING } from './research.ts';

const zero = { type: Number, default: 0 };

/** What a workspace's research has used on one day, or set aside. */
const spendingSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    /** UTC, `YYYY-MM-DD`. */
    day: { type: String, required: true },
    spent: { searches: zero, tokens: zero, microUsd: zero },
  },
  { strict: 'throw', versionKey: false, collection: 'research-spending' },
);
spendingSchema.index({ workspaceId: 1, day: 1 }, { unique: true });

const SpendingModel = mongoose.model('ResearchSpending', spendingSchema);

/** The day research is counted on. */
export function spendingDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

export async function getSpending(workspaceId: string, day: string): Promise<Amount> {
  const found = await SpendingModel.findOne({ workspaceId, day }).lean();
  return found ? Amount.parse(found.spent) : NOTHING;
}

/** Sets an amount aside from the day's budget; false when not enough is left. Whoever dies with it has spent it. */
export async function reserveSpending(workspaceId: string, day: string, aside: Amount, most: Amount): Promise<boolean> {
  const left = less(most, aside);
  if (left.searches < 0 || left.tokens < 0 || left.microUsd < 0) return false;
  const room = {
    'spent.searches': { $lte: left.searches },
    'spent.tokens': { $lte: left.tokens },
    'spent.microUsd': { $lte: left.microUsd },
  };
  const setAside = { $inc: increments(aside) };
  try {
    await SpendingModel.updateOne({ workspaceId, day, ...room }, setAside, { upsert: true });
    return true;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    // The day is there: it has no room, or another worker opened it at the same moment and there may be room yet.
    const found = await SpendingModel.updateOne({ workspaceId, day, ...room }, setAside);
    return found.modifiedCount === 1;
  }
}

/** Puts what was spent in place of what was set aside. */
export async function correctSpending(workspaceId: string, day: string, aside: Amount, spent: Amount): Promise<void> {
  await SpendingModel.updateOne({ workspaceId, day }, { $inc: increments(less(spent, aside)) });
}

function increments({ searches, tokens, microUsd }: Amount) {
  return { 'spent.searches': searches, 'spent.tokens': tokens, 'spent.microUsd': microUsd };
}
