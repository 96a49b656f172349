import { addDays, max } from 'date-fns';
import { z } from 'zod';
import { StoredContact } from './draft.ts';
import { ThreadEnd } from './draft-note.ts';

/** Touches of one thread and their distance from the first, in days. Source: README, "Caps, hours and follow-ups". */
export const TOUCH_DAYS = [0, 4, 10] as const;
export const MOST_TOUCHES = TOUCH_DAYS.length;

/** One conversation with one person at a company, from the first draft on. A company has one that is live. `replied` is live: a person
 *  answers, and nothing is planned any more. */
export const Thread = z.object({
  id: z.string(),
  workspaceId: z.string(),
  companyId: z.string(),
  companyName: z.string(),
  contact: StoredContact,
  status: z.enum(['open', 'replied', 'ended']),
  end: z.object({ because: ThreadEnd, by: z.string(), at: z.date() }).nullable(),
  /** Messages that left, oldest first. */
  touches: z.array(z.object({ draftId: z.string(), messageId: z.string(), touch: z.number().int(), at: z.date() })),
  /** When the next follow-up is to be drafted; null when none is planned. */
  nextTouchAt: z.date().nullable(),
  /** Nothing is planned before: they are away, says a reply of theirs. Null when none says so. */
  awayUntil: z.date().nullable(),
  openedAt: z.date(),
  updatedAt: z.date(),
});
export type Thread = z.infer<typeof Thread>;

/** When the next touch is due after these, by the day of the first; never sooner than the planned distance after the last. */
export function nextTouchAt(touches: Pick<Thread['touches'][number], 'touch' | 'at'>[]): Date | null {
  const counted = touches.filter(({ touch }) => touch > 0);
  const [first] = counted;
  const last = counted.at(-1);
  const next = TOUCH_DAYS[counted.length];
  const before = TOUCH_DAYS[counted.length - 1];
  if (!first || !last || next === undefined || before === undefined) return null;
  const planned = addDays(first.at, next);
  const soonest = addDays(last.at, next - before);
  return max([planned, soonest]);
}
