import { settleWeightTrails } from '../../src/discover/learning/weights-repository.ts';
import { settleResearchTrails } from '../../src/discover/research/research-repository.ts';
import { settleReviewTrails } from '../../src/discover/reviews/review-repository.ts';
import { settleDealRulesTrails } from '../../src/manage/deal-rules/deal-rules-repository.ts';
import { settleDealTrails } from '../../src/manage/deals/deal-repository.ts';
import { settlePlanTrails } from '../../src/measure/commissions/plan-repository.ts';
import { settleConversionTrails } from '../../src/measure/conversions/conversion-repository.ts';
import { settleLinkTrails } from '../../src/measure/links/link-repository.ts';
import { settleLinkRulesTrails } from '../../src/measure/links/link-rules-repository.ts';
import { settleMeasureRulesTrails } from '../../src/measure/measure-rules/measure-rules-repository.ts';
import { settlePayoutTrails } from '../../src/measure/payouts/payout-repository.ts';
import { settleSaleTrails } from '../../src/measure/sales/sale-repository.ts';
import { settleAcceptanceTrails } from '../../src/onboard/agreements/acceptance-repository.ts';
import { settleAgreementTrails } from '../../src/onboard/agreements/agreement-repository.ts';
import { settleInvitationTrails } from '../../src/onboard/channels/invitation-repository.ts';
import { settleChecklistTrails } from '../../src/onboard/checklists/checklist-repository.ts';
import { settleTemplateTrails } from '../../src/onboard/checklists/template-repository.ts';
import { settlePartnerTrails } from '../../src/onboard/partners/partner-repository.ts';
import { settlePaymentTrails } from '../../src/onboard/payment-details/payment-repository.ts';
import { settleCourseTrails } from '../../src/onboard/training/course-repository.ts';
import { settleProgressTrails } from '../../src/onboard/training/progress-repository.ts';
import { settleCompanyTrails } from '../../src/programme/companies/company-repository.ts';
import { settleProgrammeTrails } from '../../src/programme/setup/programme-repository.ts';
import { settleSuppressionTrails } from '../../src/programme/suppression/suppression-repository.ts';
import { settleRoleTrails } from '../../src/programme/workspaces/role-repository.ts';
import { settleDraftTrails } from '../../src/recruit/outreach/draft-repository.ts';
import { settleThreadTrails } from '../../src/recruit/outreach/thread-repository.ts';
import { settleReplyTrails } from '../../src/recruit/replies/reply-repository.ts';
import { settleStyleTrails } from '../../src/recruit/style/style-repository.ts';
import { defineSweep } from '../job.ts';

/** By collection, of all stages. */
const TRAILS = {
  companies: settleCompanyTrails,
  partners: settlePartnerTrails,
  deals: settleDealTrails,
  sales: settleSaleTrails,
  conversions: settleConversionTrails,
  links: settleLinkTrails,
  'link-rules': settleLinkRulesTrails,
  'deal-rules': settleDealRulesTrails,
  commission_plans: settlePlanTrails,
  'measure-rules': settleMeasureRulesTrails,
  payments: settlePaymentTrails,
  payouts: settlePayoutTrails,
  agreements: settleAgreementTrails,
  acceptances: settleAcceptanceTrails,
  courses: settleCourseTrails,
  attempts: settleProgressTrails,
  checklists: settleChecklistTrails,
  checklist_templates: settleTemplateTrails,
  invitations: settleInvitationTrails,
  programmes: settleProgrammeTrails,
  roles: settleRoleTrails,
  suppressions: settleSuppressionTrails,
  weights: settleWeightTrails,
  researches: settleResearchTrails,
  reviews: settleReviewTrails,
  drafts: settleDraftTrails,
  threads: settleThreadTrails,
  replies: settleReplyTrails,
  styles: settleStyleTrails,
};

/** Moves the audit entries that a dead process left in their documents to the audit log. */
export const sweepTrails = defineSweep({
  name: 'sweep-trails',
  every: '1 minute',
  find: async () => Object.entries(TRAILS).map(([id, settle]) => ({ workspaceId: 'all', id, settle })),
  act: ({ settle }) => settle(),
});
