import type mongoose from 'mongoose';

/** Fields that were one and are two now: whoever picked the old one meant both. */
const SPLIT: readonly [was: string, also: string][] = [
  ['property', 'construction'],
  ['hospitality', 'travel'],
  ['industry', 'vehicles'],
  ['food', 'agriculture'],
  ['games', 'fitness'],
];

/** Corrections of what we sell were picked from fields of which some are two now. Run again, it finds both there. */
export async function splitAreas(db: mongoose.mongo.Db): Promise<number> {
  const programmes = db.collection('programmes');
  let changed = 0;
  for (const [was, also] of SPLIT) {
    const before = { 'corrected.areas': { $all: [was], $ne: also } };
    changed += (await programmes.updateMany(before, { $addToSet: { 'corrected.areas': also } })).modifiedCount;
  }
  return changed;
}
