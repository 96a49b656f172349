import { announceDeal } from '../jobs/manage/announce-deal.ts';
import type { Deps } from './deps.ts';
import { dealSection } from './manage/deals/deal-page.ts';
import { earningsSection } from './manage/deals/earnings-page.ts';
import type { PageSection } from './onboard/pages/page-section.ts';

/** The parts of a partner's page, of all stages, in the order in which they are offered. */
export function pageSections(deps: Pick<Deps, 'enqueue'>): PageSection[] {
  const deals = dealSection(({ workspaceId, id: dealId }) => deps.enqueue(announceDeal, { workspaceId, dealId }));
  return [deals, earningsSection()];
}
