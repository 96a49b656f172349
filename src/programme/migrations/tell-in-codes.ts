import type mongoose from 'mongoose';
import { z } from 'zod';
import { BATCH, MOST_LOOKS, readStored } from './read-stored.ts';

type Db = mongoose.mongo.Db;

const OldDraft = z.object({ _id: z.string(), note: z.string() });
const OldReason = z.object({ points: z.number(), max: z.number(), text: z.string() });
const OldDigest = z.object({ _id: z.string(), items: z.array(z.looseObject({ reasons: z.array(z.unknown()) })) });

/** The notes of drafts and the reasons of digests were sentences; now they are codes and values, and what was written before stays as it was
 *  written, under a code of its own. */
export async function tellInCodes(db: Db): Promise<number> {
  return (await tellNotes(db)) + (await tellReasons(db));
}

async function tellNotes(db: Db): Promise<number> {
  const drafts = db.collection<{ _id: string }>('drafts');
  let changed = 0;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const batch = await drafts
      .find({ note: { $type: 'string' } }, { projection: { note: 1 } })
      .limit(BATCH)
      .toArray();
    if (batch.length === 0) return changed;
    for (const stored of batch) {
      const { _id, note } = readStored(OldDraft, 'drafts', stored);
      const told = note === '' ? null : { code: 'as-written', sentence: note };
      changed += (await drafts.updateOne({ _id, note: { $type: 'string' } }, { $set: { note: told } })).modifiedCount;
    }
  }
  throw new Error('there are more drafts than can be');
}

async function tellReasons(db: Db): Promise<number> {
  const digests = db.collection<{ _id: string }>('digests');
  const before = { 'items.reasons.text': { $type: 'string' } };
  let changed = 0;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const batch = await digests
      .find(before, { projection: { items: 1 } })
      .limit(BATCH)
      .toArray();
    if (batch.length === 0) return changed;
    for (const stored of batch) {
      const { _id, items } = readStored(OldDigest, 'digests', stored);
      const told = items.map((item) => ({ ...item, reasons: item.reasons.map(toldReason) }));
      changed += (await digests.updateOne({ _id, ...before }, { $set: { items: told } })).modifiedCount;
    }
  }
  throw new Error('there are more digests than can be');
}

function toldReason(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || !('text' in stored)) return stored;
  const { points, max, text } = OldReason.parse(stored);
  return { points, max, finding: { code: 'as-written', sentence: text }, asOf: null };
}
