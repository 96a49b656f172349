import { listPartnerIdsOf, listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import type { PaymentEntry } from '../../onboard/payment-details/payment-details.ts';
import { listPaymentsWaiting } from '../../onboard/payment-details/payment-repository.ts';
import { type Inbox, listWaiting, type Waiting } from '../../recruit/pipeline/waiting.ts';
import type { Deal } from './deal.ts';
import { countOverdue, listInReview } from './deal-review-repository.ts';

/** What a person has to do next. `since` is when it is due: of a review its deadline, of what has none since when it waits. */
export type AnyWaiting =
  | Waiting
  | { kind: 'deal'; since: Date; deal: Deal; partnerName: string }
  | { kind: 'payment'; since: Date; partnerId: string; entryId: string; partnerName: string };
/** `overdue`: reviews that should have been decided already. */
export type WholeInbox = Omit<Inbox, 'items'> & { items: AnyWaiting[]; deals?: number; overdue?: number; payments?: number };

/** All that waits for a person, what is due first first: drafts, replies, registrations to review, and payment details to confirm. `by`: only what is this person's: what they started
 *  or approved, the reviews they have taken, and those of the partners they look after. */
export async function listAllWaiting(
  workspaceId: string,
  { from, count, by }: { from: number; count: number; by: string | null },
  at: Date,
): Promise<WholeInbox> {
  const most = from + count;
  const whose = by === null ? null : { userId: by, partnerIds: await listPartnerIdsOf(workspaceId, by) };
  const [inbox, { deals, total }, { payments, total: paymentCount }, overdue] = await Promise.all([
    listWaiting(workspaceId, { from: 0, count: most, by }),
    listInReview(workspaceId, { whose, count: most }),
    listPaymentsWaiting(workspaceId, { whose, count: most }),
    countOverdue(workspaceId, at),
  ]);
  const partners = await listPartnersByIds(workspaceId, [...new Set([...deals, ...payments].map(({ partnerId }) => partnerId))]);
  const names = new Map(partners.map(({ id, name }) => [id, name]));
  const reviews = deals.map((deal): AnyWaiting => {
    return { kind: 'deal', since: deal.dueAt ?? deal.submittedAt, deal, partnerName: names.get(deal.partnerId) ?? '' };
  });
  const entries = payments.flatMap((details) => waitingEntry(details, names.get(details.partnerId) ?? ''));
  const sorted = [...inbox.items, ...reviews, ...entries].sort((a, b) => a.since.getTime() - b.since.getTime());
  return { ...inbox, items: sorted.slice(from, most), deals: total, overdue, payments: paymentCount };
}

function waitingEntry({ partnerId, pending }: { partnerId: string; pending: PaymentEntry | null }, partnerName: string): AnyWaiting[] {
  return pending ? [{ kind: 'payment', since: pending.at, partnerId, entryId: pending.id, partnerName }] : [];
}
