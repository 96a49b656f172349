import { announceDeal } from '../jobs/manage/announce-deal.ts';
import { askPayment } from '../jobs/onboard/ask-payment.ts';
import { fileAcceptance } from '../jobs/onboard/file-acceptance.ts';
import { showChecklistJob } from '../jobs/onboard/show-checklist.ts';
import type { Deps } from './deps.ts';
import { dealSection } from './manage/deals/deal-page.ts';
import { earningsSection } from './measure/commissions/earnings-page.ts';
import { linkSection } from './measure/links/link-page.ts';
import { agreementSection } from './onboard/agreements/agreement-page.ts';
import { checklistSection } from './onboard/checklists/checklist-page.ts';
import type { PageSection } from './onboard/pages/page-section.ts';
import { paymentSection } from './onboard/payment-details/payment-page.ts';
import { trainingSection } from './onboard/training/training-page.ts';

/** The parts of a partner's page, of all stages, in the order in which they are offered. */
export function pageSections(deps: Pick<Deps, 'enqueue' | 'dataKeys' | 'publicUrl'>): PageSection[] {
  const deals = dealSection(({ workspaceId, id: dealId }) => deps.enqueue(announceDeal, { workspaceId, dealId }));
  const agreement = agreementSection(({ workspaceId, id: acceptanceId }) => deps.enqueue(fileAcceptance, { workspaceId, acceptanceId }));
  const payment = paymentSection(
    () => deps.dataKeys,
    (partnerId, workspaceId, entryId) => deps.enqueue(askPayment, { workspaceId, partnerId, entryId }),
  );
  const checklist = checklistSection((workspaceId, partnerId) => deps.enqueue(showChecklistJob, { workspaceId, partnerId }));
  return [deals, checklist, agreement, trainingSection(), earningsSection(), linkSection(() => deps.publicUrl), payment];
}
