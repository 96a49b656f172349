import { listPartnerIdsOf, listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { type Inbox, listWaiting, type Waiting } from '../../recruit/pipeline/waiting.ts';
import type { Deal } from './deal.ts';
import { countOverdue, listInReview } from './deal-review-repository.ts';

/** What a person has to do next. `since` is when it is due: of a review its deadline, of what has none since when it waits. */
export type AnyWaiting = Waiting | { kind: 'deal'; since: Date; deal: Deal; partnerName: string };
/** `overdue`: reviews that should have been decided already. */
export type WholeInbox = Omit<Inbox, 'items'> & { items: AnyWaiting[]; deals?: number; overdue?: number };

/** All that waits for a person, what is due first first: drafts, replies, and registrations to review. `by`: only what is this person's: what they started
 *  or approved, the reviews they have taken, and those of the partners they look after. */
export async function listAllWaiting(
  workspaceId: string,
  { from, count, by }: { from: number; count: number; by: string | null },
  at: Date,
): Promise<WholeInbox> {
  const most = from + count;
  const whose = by === null ? null : { userId: by, partnerIds: await listPartnerIdsOf(workspaceId, by) };
  const [inbox, { deals, total }, overdue] = await Promise.all([
    listWaiting(workspaceId, { from: 0, count: most, by }),
    listInReview(workspaceId, { whose, count: most }),
    countOverdue(workspaceId, at),
  ]);
  const partners = await listPartnersByIds(workspaceId, [...new Set(deals.map(({ partnerId }) => partnerId))]);
  const names = new Map(partners.map(({ id, name }) => [id, name]));
  const reviews = deals.map((deal): AnyWaiting => {
    return { kind: 'deal', since: deal.dueAt ?? deal.submittedAt, deal, partnerName: names.get(deal.partnerId) ?? '' };
  });
  const sorted = [...inbox.items, ...reviews].sort((a, b) => a.since.getTime() - b.since.getTime());
  return { ...inbox, items: sorted.slice(from, most), deals: total, overdue };
}
