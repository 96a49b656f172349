import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { subMilliseconds } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
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

const Installed = z.object({ team_id: z.string().nullish(), enterprise_id: z.string().nullish() });
const SentEvent = Installed.extend({ event_id: z.string(), authorizations: z.array(Installed).optional() });

/** Whether somebody has taken this event a short while ago and not answered it: they may still, or be dead. Until that is known it is not to
 *  be acknowledged, because Slack sends what was acknowledged no more. */
export async function isUnderWay(body: unknown, at: Date): Promise<boolean> {
  const { data: sent } = SentEvent.safeParse(body);
  if (!sent) return false;
  const named = [sent, ...(sent.authorizations ?? [])].flatMap(({ team_id, enterprise_id }) => [team_id, enterprise_id]);
  const workspaceId = { $in: named.filter((id) => typeof id === 'string') };
  const since = { $gte: subMilliseconds(at, TAKEN_MS) };
  return (await TakenEventModel.exists({ workspaceId, eventId: sent.event_id, isDone: false, takenAt: since })) !== null;
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
