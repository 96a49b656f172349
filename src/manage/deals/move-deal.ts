import { addDays } from 'date-fns';
import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { type AuditEntry, auditEntry } from '../../programme/audit/audit.ts';
import { DEAL_MOVES, type Deal, type DealMove, type DealState, isAllowed } from './deal.ts';
import { changeDeal, type DealChange, getDeal } from './deal-repository.ts';
import { ANSWER_DAYS } from './protection.ts';

/** Who moves it, and what they say: `words` reach the partner. */
export type Told = { by: string; byName?: string; at: Date; code?: string; words?: string };
export type Moved = { deal: Deal; changed: boolean };

/** Moves a deal as the table of moves allows, whoever else moves it at the same time: one is first, the next finds the state that came of it. One that
 *  is where the move leads, by the same move, stays as it is, with `changed` false: two reviewers who say the same agree. `also` gives what else
 *  changes with it, from the deal as it is. Refuses `deal-unknown` and, with its state, `deal-moved-on` where the move is not allowed any more. */
export async function moveDeal(
  { workspaceId, dealId }: { workspaceId: string; dealId: string },
  move: DealMove,
  told: Told,
  also: (deal: Deal) => DealChange = () => ({}),
): Promise<Moved> {
  return inRounds<Moved>(`deal ${dealId}: ${move}`, async () => {
    const deal = await getDeal(workspaceId, dealId);
    if (!isAllowed(deal.status, move)) {
      if (deal.history.at(-1)?.move === move) return { done: { deal, changed: false } };
      throw new Refusal('deal-moved-on', { status: deal.status });
    }
    const to = DEAL_MOVES[move].to;
    const waits = to === 'needs-info' ? { noticeAt: addDays(told.at, ANSWER_DAYS) } : {};
    const change = { ...(isReviewed(to) ? {} : NO_REVIEW), ...waits, ...also(deal), status: to, showDue: told.at };
    const moved = await changeDeal(deal, change, recordOf(deal, move, told, change));
    return moved && { done: { deal: moved, changed: true } };
  });
}

/** Nothing waits for its review any more. */
const NO_REVIEW = { dueAt: null, escalateAt: null, escalatedAt: null } as const;

/** Whether it waits for us. */
export function isReviewed(status: DealState): boolean {
  return status === 'submitted' || status === 'in-review';
}

/** The audit entry of a change that is no move. */
export function entryOf(
  { id, workspaceId }: Deal,
  action: string,
  { by, at, code = '' }: Told,
  after: Record<string, unknown> = {},
): AuditEntry {
  return auditEntry({ workspaceId, by, at, action: `deal.${action}`, subject: `deal:${id}`, after: { code, ...after } });
}

function recordOf(
  deal: Deal,
  move: DealMove,
  { by, byName = '', at, code = '', words = '' }: Told,
  change: DealChange & { status: DealState },
) {
  const { workspaceId, status: from, protectedUntil: before } = deal;
  const until = change.protectedUntil === undefined ? before : change.protectedUntil;
  const isChanged = before?.getTime() !== until?.getTime();
  const [protectedBefore, protectedUntil] = isChanged ? [before, until] : [null, null];
  const event = { move, from, to: change.status, by, byName, at, code, words, protectedBefore, protectedUntil };
  const subject = `deal:${deal.id}`;
  const after = { status: change.status, code, ...(isChanged ? { protectedUntil: until } : {}) };
  return { event, entry: auditEntry({ workspaceId, by, at, action: `deal.${move}`, subject, before: { status: from }, after }) };
}
