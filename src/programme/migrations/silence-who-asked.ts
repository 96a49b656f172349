import { hash, randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey } from '../../errors.ts';
import { readStored } from './read-stored.ts';

type Db = mongoose.mongo.Db;

const Asked = z.object({
  _id: z.unknown(),
  workspaceId: z.string(),
  domain: z.string(),
  decision: z.object({ by: z.string(), at: z.date() }),
});

/** Companies that had asked not to be contacted before there was a suppression list come onto it, so that the word outlives the company's own
 *  document. One that the list has known, in force or taken back, is left as it is. */
export async function silenceWhoAsked(db: Db): Promise<number> {
  const suppressions = db.collection<{ _id: string }>('suppressions');
  let added = 0;
  for await (const stored of db.collection('companies').find({ 'decision.reason': 'no-contact' })) {
    const { _id, workspaceId, domain, decision } = readStored(Asked, 'companies', stored);
    const key = hash('sha256', JSON.stringify([workspaceId, 'company', domain]), 'hex');
    if (await suppressions.findOne({ workspaceId, hash: key })) continue;
    const { by, at } = decision;
    const why = { reason: 'asked-us', via: 'card' };
    const after = { kind: 'company', ...why };
    const entry = { id: randomUUID(), workspaceId, by, at, action: 'suppression.add', subject: `suppression:${key}`, before: null, after };
    const entered = { workspaceId, kind: 'company', hash: key, ...why, by, at, inForce: true, trail: [entry] };
    try {
      // The id comes from the company: a second run at the same moment adds no second one.
      await suppressions.updateOne({ _id: `asked-${_id}` }, { $setOnInsert: entered }, { upsert: true });
      added += 1;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
  return added;
}
