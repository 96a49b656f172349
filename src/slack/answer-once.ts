import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { subMilliseconds } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import type { Deps } from '../deps.ts';
import { isDuplicateKey } from '../errors.ts';
import { workspaceOf } from './listener.ts';

/** Slack repeats an event at once, after one minute and after five, and where that is switched on each hour for a day. Source:
 *  docs.slack.dev/apis/events-api. */
const KEPT_S = 25 * 60 * 60;
/** A process that has not answered an event after this long is taken for dead: what Slack repeats after five minutes is answered again. */
const TAKEN_MS = 2 * 60_000;

const takenEventSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    eventId: { type: String, required: true },
    takenAt: { type: Date, required: true },
    isDone: { type: Boolean, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'taken-events' },
);
takenEventSchema.index({ workspaceId: 1, eventId: 1 }, { unique: true });
takenEventSchema.index({ takenAt: 1 }, { expireAfterSeconds: KEPT_S });

const TakenEventModel = mongoose.model('TakenEvent', takenEventSchema);

/** Answers each event once, however often Slack sends it and to however many processes. Runs after the acknowledgement, as Bolt gives it
 *  before any listener. */
export function answerOnce({ now }: Pick<Deps, 'now'>): Middleware<AnyMiddlewareArgs> {
  return async ({ body, context, next }) => {
    const eventId = 'event_id' in body && typeof body.event_id === 'string' ? body.event_id : null;
    if (body.type !== 'event_callback' || !eventId) return next();
    const workspaceId = workspaceOf(context);
    if (!(await takeEvent(workspaceId, eventId, now()))) return;
    await next();
    await TakenEventModel.updateOne({ workspaceId, eventId }, { $set: { isDone: true } });
  };
}

/** True for the one that may answer now. */
async function takeEvent(workspaceId: string, eventId: string, at: Date): Promise<boolean> {
  try {
    const free = { workspaceId, eventId, isDone: false, takenAt: { $lt: subMilliseconds(at, TAKEN_MS) } };
    const taken = await TakenEventModel.updateOne(free, { $set: { takenAt: at } }, { upsert: true });
    return taken.modifiedCount + taken.upsertedCount === 1;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
