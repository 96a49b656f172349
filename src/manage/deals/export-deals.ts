import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { amountText } from '../../platform/money.ts';
import { csvLine } from '../../recruit/records/export-outreach.ts';
import type { Deal } from './deal.ts';
import { type DealsWanted, eachDeal } from './deal-list-repository.ts';
import { reviewerName } from './deal-words.ts';

const COLUMNS = [
  'id',
  'partner',
  'customer',
  'domain',
  'country',
  'value',
  'currency',
  'state',
  'registeredAt',
  'registeredBy',
  'decideBy',
  'reviewer',
  'approvedAt',
  'protectedUntil',
  'closeOn',
] as const;
/** Names of partners are looked up for so many rows at once. */
const PAGE = 100;

/** The deals that are asked for as CSV, in pieces, in the order of the list. Times are ISO 8601 in UTC. */
export async function* exportDeals(workspaceId: string, wanted: DealsWanted): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  let page: Deal[] = [];
  for await (const deal of eachDeal(workspaceId, wanted)) {
    page.push(deal);
    if (page.length < PAGE) continue;
    yield* linesOf(workspaceId, page);
    page = [];
  }
  yield* linesOf(workspaceId, page);
}

async function* linesOf(workspaceId: string, deals: readonly Deal[]): AsyncGenerator<string> {
  const names = await partnerNames(workspaceId, deals);
  for (const deal of deals) {
    const row: Record<(typeof COLUMNS)[number], string> = {
      id: deal.id,
      partner: names.get(deal.partnerId) ?? '',
      customer: deal.company,
      domain: deal.domain ?? '',
      country: deal.country ?? '',
      value: deal.value ? amountText(deal.value) : '',
      currency: deal.value?.currency ?? '',
      state: deal.status,
      registeredAt: deal.submittedAt.toISOString(),
      registeredBy: deal.byName || deal.by,
      decideBy: deal.dueAt?.toISOString() ?? '',
      reviewer: reviewerName(deal) || deal.reviewer,
      approvedAt: deal.approvedAt?.toISOString() ?? '',
      protectedUntil: deal.protectedUntil?.toISOString() ?? '',
      closeOn: deal.closeOn ?? '',
    };
    yield csvLine(COLUMNS.map((column) => row[column]));
  }
}

/** Of each partner that registered one of these. */
export async function partnerNames(workspaceId: string, deals: readonly Pick<Deal, 'partnerId'>[]): Promise<Map<string, string>> {
  const ids = [...new Set(deals.map(({ partnerId }) => partnerId))];
  return new Map((await listPartnersByIds(workspaceId, ids)).map(({ id, name }) => [id, name]));
}
