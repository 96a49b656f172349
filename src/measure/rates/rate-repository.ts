import { format, subDays } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { inRounds } from '../../platform/in-rounds.ts';
import { PART } from '../../platform/stored-part.ts';
import { crossRate, DayRates } from './rate.ts';

const typedPart = new Schema(
  { by: { type: String, required: true }, at: { type: Date, required: true }, from: { type: String, required: true } },
  PART,
);

const rateSchema = new Schema(
  {
    /** Workspace and day. */
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    day: { type: String, required: true },
    perEuro: { type: Map, of: String, required: true },
    typed: { type: Map, of: typedPart, default: undefined },
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'rates' },
);
rateSchema.index({ workspaceId: 1, day: -1 });

const RateModel = mongoose.model('Rate', rateSchema);

/** Banks publish none on weekends and holidays; a gap longer than this is no holiday. */
const LONGEST_GAP_DAYS = 7;

type Day = Omit<DayRates, 'workspaceId'>;

/** Keeps the rates of some days; a rate that is on file stays, because sums were converted by it, and what is missing beside it is added. Returns of how
 *  many days something is new. */
export async function keepRates(workspaceId: string, days: readonly Day[]): Promise<number> {
  if (days.length === 0) return 0;
  const { upsertedCount } = await RateModel.bulkWrite(
    days.map(({ day, perEuro, typed }) => ({
      updateOne: {
        filter: { _id: keyOf(workspaceId, day) },
        update: { $setOnInsert: { workspaceId, day, perEuro, ...(typed ? { typed } : {}) } },
        upsert: true,
      },
    })),
    { ordered: false, throwOnValidationError: true },
  );
  const added = await inRounds(`rates of ${days.length} days`, () => addMissing(workspaceId, days));
  return upsertedCount + added;
}

/** Null when somebody else has added some of them meanwhile. */
async function addMissing(workspaceId: string, days: readonly Day[]): Promise<{ done: number } | null> {
  const known = await RateModel.find({ _id: { $in: days.map(({ day }) => keyOf(workspaceId, day)) } }).lean<Record<string, unknown>[]>();
  const byDay = new Map(known.map((stored) => DayRates.parse(stored)).map((rates) => [rates.day, rates.perEuro]));
  const changes = days.flatMap(({ day, perEuro, typed = {} }) => {
    const there = byDay.get(day) ?? {};
    const missing = Object.keys(perEuro).filter((currency) => !(currency in there));
    const [paths, rates, sources] = [
      missing.map((currency) => [`perEuro.${currency}`, { $exists: false }]),
      missing.map((currency) => [`perEuro.${currency}`, perEuro[currency]]),
      missing.flatMap((currency) => (typed[currency] ? [[`typed.${currency}`, typed[currency]]] : [])),
    ].map((entries) => Object.fromEntries(entries));
    if (missing.length === 0) return [];
    return [{ updateOne: { filter: { _id: keyOf(workspaceId, day), ...paths }, update: { $set: { ...rates, ...sources } } } }];
  });
  if (changes.length === 0) return { done: 0 };
  const { modifiedCount } = await RateModel.bulkWrite(changes, { ordered: false, throwOnValidationError: true });
  return modifiedCount === changes.length ? { done: modifiedCount } : null;
}

const keyOf = (workspaceId: string, day: string) => `${workspaceId}|${day}`;

/** The rate of a day; where the bank published none, that of the last day before it that has one, at most a week back. That it published none is known once
 *  a later day is on file: until then, and where there is no such day, null. One currency is worth itself. */
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
    if (!rate) continue;
    const isKnown = rates.day === day || (await RateModel.exists({ workspaceId, day: { $gt: day } })) !== null;
    return isKnown ? { rate, rateDay: rates.day } : null;
  }
  return null;
}

/** The last day of which rates are on file; null when there are none. */
export async function lastRateDay(workspaceId: string): Promise<string | null> {
  const found = await RateModel.findOne({ workspaceId }).sort({ day: -1 }).lean();
  return found?.day ?? null;
}
