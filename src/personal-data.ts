import { digestData } from './discover/digest/digest-repository.ts';
import { researchData } from './discover/research/research-repository.ts';
import { reviewData } from './discover/reviews/review-repository.ts';
import { websiteData } from './discover/website/website-repository.ts';
import { crmAccountData, crmOpportunityData, crmOwnerData } from './manage/crm/crm-models.ts';
import { crmPushData } from './manage/crm/push-repository.ts';
import { dealData } from './manage/deals/deal-data.ts';
import { conversionData } from './measure/conversions/conversion-repository.ts';
import { referralLinkData } from './measure/links/link-repository.ts';
import { saleData } from './measure/sales/sale-repository.ts';
import { touchData } from './measure/touches/touch-repository.ts';
import { acceptanceData } from './onboard/agreements/acceptance-repository.ts';
import { channelData } from './onboard/channels/channel-repository.ts';
import { invitationData } from './onboard/channels/invitation-repository.ts';
import { checklistData } from './onboard/checklists/checklist-repository.ts';
import { templateData } from './onboard/checklists/template-repository.ts';
import { partnerData } from './onboard/partners/partner-repository.ts';
import { paymentData } from './onboard/payment-details/payment-repository.ts';
import { progressData } from './onboard/training/progress-repository.ts';
import { auditData } from './programme/audit/audit-repository.ts';
import { companyData } from './programme/companies/company-repository.ts';
import { contactData } from './programme/contacts/contact-repository.ts';
import type { PersonalData } from './programme/privacy/kept-data.ts';
import { settingData } from './programme/setup/programme-repository.ts';
import { silenceData } from './programme/suppression/suppression-repository.ts';
import { linkData } from './recruit/opt-out/opt-out-link-repository.ts';
import { draftData } from './recruit/outreach/draft-model.ts';
import { bytesData } from './recruit/outreach/sent-bytes-repository.ts';
import { threadData } from './recruit/outreach/thread-repository.ts';
import { replyData } from './recruit/replies/reply-repository.ts';
import { styleData } from './recruit/style/style-repository.ts';

/** Everything that keeps people and companies, of all stages. By a company's own record its people are found, by these their drafts, by the drafts
 *  the bytes of mails and the words of the audit log: what comes first is looked through first and deleted last. A test holds that no collection is
 *  missing. */
export const PERSONAL_DATA: readonly PersonalData[] = [
  companyData,
  partnerData,
  dealData,
  crmAccountData,
  crmOpportunityData,
  crmOwnerData,
  crmPushData,
  saleData,
  touchData,
  conversionData,
  referralLinkData,
  paymentData,
  acceptanceData,
  progressData,
  checklistData,
  templateData,
  invitationData,
  channelData,
  contactData,
  silenceData,
  settingData,
  websiteData,
  researchData,
  reviewData,
  digestData,
  threadData,
  draftData,
  replyData,
  linkData,
  styleData,
  bytesData,
  auditData,
];
