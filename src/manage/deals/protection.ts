import { addDays, subDays } from 'date-fns';
import { type Deal, type DealState, isProtected, lastActivityAt } from './deal.ts';

/** Days before the end on which both sides are warned; the longest first, from which on more time can be asked for. Source: domain rules, B1. */
export const WARN_DAYS = [14, 3] as const;
export const EXTENSION_DAYS = WARN_DAYS[0];
/** An approved deal about which nobody has said anything for so long stands still. */
export const STALL_DAYS = 30;
/** A question that is not answered for so long ends the registration: it keeps the account from others. */
export const ANSWER_DAYS = 14;
/** A registration whose protection ends within so many days is on its owner's Home tab, and in *expiring*. */
export const EXPIRING_DAYS = 14;

/** What both sides are told of a deal, once for each `id`. */
export type Notice = { kind: 'warned' | 'stalled' | 'ended' | 'extended' | 'left'; id: string; at: Date };

/** Every notice of a deal as it stands, told or not, with the time from which on it is due. One whose time was over before the protection began is
 *  none. */
function noticesOf(deal: Deal): Notice[] {
  const { status, approvedAt, protectedUntil: until, extension, history } = deal;
  const last = history.at(-1)?.at ?? deal.submittedAt;
  if (HAS_ENDED.has(status)) return [{ kind: 'ended', id: `ended:${status}`, at: last }];
  if (status !== 'approved' || !approvedAt || !until) return [];
  const since = history.findLast(({ move }) => move === 'extend')?.at ?? approvedAt;
  const warned = WARN_DAYS.map(
    (days): Notice => ({ kind: 'warned', id: `warned-${days}:${until.toISOString()}`, at: subDays(until, days) }),
  );
  const stalled: Notice = { kind: 'stalled', id: 'stalled', at: addDays(lastActivityAt(deal), STALL_DAYS) };
  const answered: Notice[] =
    extension?.answer === 'granted' || extension?.answer === 'left'
      ? [{ kind: extension.answer === 'left' ? 'left' : 'extended', id: `extension:${extension.answer}`, at: extension.at }]
      : [];
  return [...answered, ...warned.filter(({ at }) => at > since), ...(stalled.at < until ? [stalled] : [])];
}

const HAS_ENDED: ReadonlySet<DealState> = new Set(['won', 'lost', 'expired', 'withdrawn', 'revoked']);

/** What is to be told now. Of two warnings that are both late the nearer one alone is said, and a warning asks what a deal that stands still is asked: `ids`
 *  are all that are settled with it. */
export function dueNotices(deal: Deal, at: Date): (Notice & { ids: string[] })[] {
  const due = noticesOf(deal).filter((notice) => notice.at <= at && !deal.notices.includes(notice.id));
  const asks = due
    .filter(({ kind }) => kind === 'stalled' || kind === 'warned')
    .sort((a, b) => Number(a.kind === 'warned') - Number(b.kind === 'warned'));
  const nearest = asks.at(-1);
  const others = due.filter((notice) => !asks.includes(notice)).map((notice) => ({ ...notice, ids: [notice.id] }));
  return nearest ? [...others, { ...nearest, ids: asks.map(({ id }) => id) }] : others;
}

/** When somebody must look at the deal again: for the next notice, or for the end of its protection. Null when nothing is to come. */
export function nextNoticeAt(deal: Deal): Date | null {
  const times = noticesOf(deal).flatMap(({ id, at }) => (deal.notices.includes(id) ? [] : [at]));
  const end = endOf(deal);
  const all = [...times, ...(end ? [end] : [])].map(Number);
  return all.length > 0 ? new Date(Math.min(...all)) : null;
}

/** When it ends by itself: with its protection, or with a question that nobody answers. */
export function endOf({ status, protectedUntil, history }: Pick<Deal, 'status' | 'protectedUntil' | 'history'>): Date | null {
  if (status === 'approved') return protectedUntil;
  const asked = status === 'needs-info' && history.findLast(({ move }) => move === 'ask');
  return asked ? addDays(asked.at, ANSWER_DAYS) : null;
}

/** Approved, and nobody said anything for a month: an account that is held and not worked on. */
export function isStalled(deal: Deal, at: Date): boolean {
  return isProtected(deal, at) && addDays(lastActivityAt(deal), STALL_DAYS) <= at;
}

/** Why no more time can be asked for; null when it can. */
export function whyNoExtension(
  deal: Pick<Deal, 'status' | 'protectedUntil' | 'approvedAt' | 'extension' | 'activities' | 'history'>,
  at: Date,
): 'over' | 'too-early' | 'once' | 'no-activity' | null {
  const { approvedAt, protectedUntil, extension, activities, history } = deal;
  if (!isProtected(deal, at) || !approvedAt || !protectedUntil) return 'over';
  if (extension || history.some(({ move }) => move === 'extend')) return 'once';
  if (at < subDays(protectedUntil, EXTENSION_DAYS)) return 'too-early';
  return activities.some((activity) => activity.at >= approvedAt) ? null : 'no-activity';
}

/** The end with half of the window that was given at approval on top. */
export function extendedUntil({ approvedAt, protectedUntil }: Pick<Deal, 'approvedAt' | 'protectedUntil'>): Date | null {
  if (!approvedAt || !protectedUntil) return null;
  return new Date(protectedUntil.getTime() + Math.round((protectedUntil.getTime() - approvedAt.getTime()) / 2));
}
