import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey } from '../../errors.ts';

const name = { type: String, required: true } as const;

/** One person's click on one link on one day (`clickIdOf`); `day` in UTC, as the salt has it. */
export const Click = z.object({ id: z.string(), workspaceId: z.string(), code: z.string(), day: z.iso.date(), at: z.date() });
export type Click = z.infer<typeof Click>;

const clickSchema = new Schema(
  { _id: name, workspaceId: name, code: name, day: name, at: { type: Date, required: true } },
  { strict: 'throw', versionKey: false, collection: 'link_clicks' },
);
clickSchema.index({ workspaceId: 1, code: 1, day: 1 });
clickSchema.index({ day: 1 });

const ClickModel = mongoose.model('LinkClick', clickSchema);

/** How many people clicked a link on a day; what is left of clicks that are too old to count for a sale. */
const daySchema = new Schema(
  { _id: name, workspaceId: name, code: name, day: name, people: { type: Number, required: true } },
  { strict: 'throw', versionKey: false, collection: 'link_days' },
);
daySchema.index({ workspaceId: 1, code: 1, day: 1 });

const LinkDayModel = mongoose.model('LinkDay', daySchema);

/** Of those who clicked before on the same day, the first click stands. */
export async function saveClicks(clicks: readonly Click[]): Promise<void> {
  const documents = clicks.map(({ id, ...click }) => ({ _id: id, ...click }));
  await ClickModel.insertMany(documents, { ordered: false, lean: true }).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
  });
}

export async function findClick(workspaceId: string, id: string): Promise<Click | null> {
  const found = await ClickModel.findOne({ _id: id, workspaceId }).lean();
  if (!found) return null;
  const { _id, ...click } = found;
  return Click.parse({ ...click, id: _id });
}

type Day = { workspaceId: string; code: string; day: string; people: number };

async function countDays(match: Record<string, unknown>): Promise<Day[]> {
  return ClickModel.aggregate<Day>([
    { $match: match },
    { $group: { _id: { workspaceId: '$workspaceId', code: '$code', day: '$day' }, people: { $sum: 1 } } },
    { $project: { _id: 0, workspaceId: '$_id.workspaceId', code: '$_id.code', day: '$_id.day', people: 1 } },
  ]);
}

/** Keeps how many people clicked on a day, of all workspaces. A count only rises: repeated when some of the clicks are gone, it stays. */
export async function keepDayCounts(day: string): Promise<void> {
  const days = await countDays({ day });
  if (days.length === 0) return;
  await LinkDayModel.bulkWrite(
    days.map(({ people, ...of }) => ({
      updateOne: { filter: { _id: `${of.code}|${of.day}` }, update: { $max: { people }, $setOnInsert: of }, upsert: true },
    })),
    { ordered: false },
  );
}

/** The days, of all workspaces, of which there still are clicks, in order. */
export async function listClickDaysDue(): Promise<string[]> {
  return (await ClickModel.distinct('day')).sort();
}

/** Lets go of the clicks of a day in one workspace, whose counts are kept. */
export async function dropClicks(workspaceId: string, day: string): Promise<void> {
  await ClickModel.deleteMany({ workspaceId, day });
}

/** The workspaces that have clicks of a day. */
export async function listClickWorkspacesDue(day: string): Promise<string[]> {
  return ClickModel.distinct('workspaceId', { day });
}

/** How many people clicked each of these links, day by day added up. `recent`: days whose clicks are counted one by one, as others' are kept
 *  already. */
export async function countPeople(workspaceId: string, codes: readonly string[], recent: readonly string[]): Promise<Map<string, number>> {
  const of = { workspaceId, code: { $in: [...codes] } };
  const [now, kept] = await Promise.all([countDays({ ...of, day: { $in: [...recent] } }), LinkDayModel.find(of).lean()]);
  const byDay = new Map(kept.map(({ code, day, people }) => [`${code}|${day}`, { code, people }]));
  for (const { code, day, people } of now) {
    const key = `${code}|${day}`;
    byDay.set(key, { code, people: Math.max(people, byDay.get(key)?.people ?? 0) });
  }
  const sums = new Map<string, number>();
  for (const { code, people } of byDay.values()) sums.set(code, (sums.get(code) ?? 0) + people);
  return sums;
}
