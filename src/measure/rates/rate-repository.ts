import { format, subDays } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { crossRate, DayRates } from './rate.ts';

const rateSchema = new Schema(
  {
    /** Workspace and day. */
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    day: { type: String, required: true },
    perEuro: { type: Map, of: String, required: true },
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'rates' },
);
rateSchema.index({ workspaceId: 1, day: -1 });

const RateModel = mongoose.model('Rate', rateSchema);

/** Banks publish none on weekends and holidays; a gap longer than this is no holiday. */
const LONGEST_GAP_DAYS = 7;

/** Keeps the rates of some days; what is on file of a day stays: sums were converted by it. Returns how many days are new. */
export async function keepRates(workspaceId: string, days: readonly Omit<DayRates, 'workspaceId'>[]): Promise<number> {
  if (days.length === 0) return 0;
  const { upsertedCount } = await RateModel.bulkWrite(
    days.map(({ day, perEuro }) => ({
      updateOne: { filter: { _id: `${workspaceId}|${day}` }, update: { $setOnInsert: { workspaceId, day, perEuro } }, upsert: true },
    })),
    { ordered: false, throwOnValidationError: true },
  );
  return upsertedCount;
}

/** The rate of a day, or of the last one before it that has one, at most a week back; null when there is none. One currency is worth itself. */
export async function findRate(
  workspaceId: string,
  from: string,
  to: string,
  day: string,
): Promise<{ rate: string; rateDay: string } | null> {
  if (from === to) return { rate: '1', rateDay: day };
  const earliest = format(subDays(new Date(`${day}T12:00:00Z`), LONGEST_GAP_DAYS), 'yyyy-MM-dd');
  const found = await RateModel.find({ workspaceId, day: { $lte: day, $gte: earliest } })
    .sort({ day: -1 })
    .lean<Record<string, unknown>[]>();
  for (const stored of found) {
    const rates = DayRates.parse(stored);
    const rate = crossRate(rates, from, to);
    if (rate) return { rate, rateDay: rates.day };
  }
  return null;
}

/** The last day of which rates are on file; null when there are none. */
export async function lastRateDay(workspaceId: string): Promise<string | null> {
  const found = await RateModel.findOne({ workspaceId }).sort({ day: -1 }).lean();
  return found?.day ?? null;
}
