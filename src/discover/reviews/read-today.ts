import { listAudit } from '../../programme/audit/audit-repository.ts';
import { spendingDay } from '../research/spending-repository.ts';
import { countReadSince } from './review-repository.ts';

/** Recorded once on a day (UTC) whose budget the second reader has used up. */
export function stopOf(day: string): { action: string; subject: string } {
  return { action: 'reader.stop', subject: `reader:${day}` };
}

/** What the second reader did on the day (UTC) of `at`; null when that is nothing. */
export async function readToday(workspaceId: string, at: Date): Promise<{ read: number; objected: number; isStopped: boolean } | null> {
  const day = spendingDay(at);
  const [counts, stops] = await Promise.all([
    countReadSince(workspaceId, new Date(`${day}T00:00:00Z`)),
    listAudit(workspaceId, stopOf(day), 1),
  ]);
  const isStopped = stops.length > 0;
  return counts.read > 0 || isStopped ? { ...counts, isStopped } : null;
}
