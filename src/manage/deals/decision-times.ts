import { subDays } from 'date-fns';
import type { WorkWeek } from '../../onboard/checklists/working-days.ts';
import type { Deal } from './deal.ts';
import { workingTimeBetween } from './working-time.ts';

/** Decisions of how many days back are counted. */
export const DECISION_DAYS = 90;
/** With fewer the figures would say more about chance. */
export const LEAST_DECISIONS = 5;

/** How fast people decide, in milliseconds of working time; null while there are too few decisions to say. */
export type DecisionTimes = { count: number; known: { medianMs: number; p90Ms: number } | null };

/** Of registrations whose first decision, an approval or a rejection by a person, fell into the 90 days before `at`: the working time from submitting to
 *  it, the partner's time for answering a question included. What a rule decides at once is left out. */
export function decisionTimes(deals: readonly Pick<Deal, 'submittedAt' | 'history'>[], week: WorkWeek, at: Date): DecisionTimes {
  const since = subDays(at, DECISION_DAYS);
  const times = deals
    .flatMap(({ submittedAt, history }) => {
      const first = history.find(({ move, by }) => (move === 'approve' || move === 'reject') && by !== 'rule' && by !== 'system');
      return first && first.at >= since && first.at <= at ? [workingTimeBetween(submittedAt, first.at, week)] : [];
    })
    .sort((a, b) => a - b);
  const count = times.length;
  if (count < LEAST_DECISIONS) return { count, known: null };
  return { count, known: { medianMs: quantile(times, 0.5), p90Ms: quantile(times, 0.9) } };
}

/** The least of the sorted values that at least this share of them does not exceed: one that was really measured, so "within" holds. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
