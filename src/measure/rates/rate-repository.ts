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
 *  a later day has these currencies: until then, and where there is no such day, null. One currency is worth itself. */
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
    const isKnown = rates.day === day || (await haveLaterDay(workspaceId, rates, [from, to], day));
    return isKnown ? { rate, rateDay: rates.day } : null;
  }
  return null;
}

/** Whether each of these currencies has a later day. Of one that the bank publishes it is a day of the bank: a rate that somebody typed says nothing of whether
 *  the bank's own is still to come. */
async function haveLaterDay(workspaceId: string, { typed = {} }: DayRates, currencies: readonly string[], day: string): Promise<boolean> {
  const later = await Promise.all(
    currencies
      .filter((currency) => currency !== 'EUR')
      .map((currency) => {
        const ofWhom = currency in typed ? { [`perEuro.${currency}`]: { $exists: true } } : banksOwn(currency);
        return RateModel.exists({ workspaceId, day: { $gt: day }, ...ofWhom });
      }),
  );
  return later.every((found) => found !== null);
}

const banksOwn = (currency: string) => ({ [`perEuro.${currency}`]: { $exists: true }, [`typed.${currency}`]: { $exists: false } });

/** The bank's last rate up to a day, however old it is; null where no day has both currencies of the bank. To compare by: nothing is converted for good by it.
 *  What a person typed does not count. */
export async function findLastBankRate(workspaceId: string, from: string, to: string, day: string): Promise<string | null> {
  const both = [from, to].filter((currency) => currency !== 'EUR').map(banksOwn);
  const found = await RateModel.findOne({ workspaceId, day: { $lte: day }, ...Object.assign({}, ...both) })
    .sort({ day: -1 })
    .lean<Record<string, unknown>>();
  return from === to ? '1' : found && crossRate(DayRates.parse(found), from, to);
}

/** Whether the bank's file on hand that is nearest to a day, before it rather than after it, has a currency. */
export async function isPublished(workspaceId: string, currency: string, day: string): Promise<boolean> {
  const file = (await bankDay(workspaceId, { $lte: day }, -1)) ?? (await bankDay(workspaceId, { $gt: day }, 1));
  return file !== null && isBanks(file, currency);
}

const isBanks = ({ perEuro, typed = {} }: DayRates, currency: string) => currency in perEuro && !(currency in typed);

/** The first of these days that a file of the bank has brought; null for none. */
async function bankDay(workspaceId: string, day: Record<string, string>, order: 1 | -1): Promise<DayRates | null> {
  for await (const stored of RateModel.find({ workspaceId, day }).sort({ day: order }).lean().cursor()) {
    const rates = DayRates.parse(stored);
    if (Object.keys(rates.perEuro).some((currency) => isBanks(rates, currency))) return rates;
  }
  return null;
}

/** The last day of which a file of the bank is here; null when there is none. */
export async function lastRateDay(workspaceId: string): Promise<string | null> {
  return (await bankDay(workspaceId, { $gt: '' }, -1))?.day ?? null;
}
