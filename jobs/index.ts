/** Table of contents: every job the product runs. */

import type { Job } from '../src/deps.ts';
import { learnWeightsJob } from './discover/learn-weights.ts';
import { postDigest } from './discover/post-digest.ts';
import { readCandidatesJob } from './discover/read-candidates.ts';
import { readWebsiteJob } from './discover/read-website.ts';
import { refreshWebsites } from './discover/refresh-websites.ts';
import { runResearch } from './discover/run-research.ts';
import { showDigestJob } from './discover/show-digest.ts';
import { sweepDigests } from './discover/sweep-digests.ts';
import { sweepResearch } from './discover/sweep-research.ts';
import { sweepResearchCards } from './discover/sweep-research-cards.ts';
import { sweepStandingResearch } from './discover/sweep-standing-research.ts';
import { sweepUnposted } from './discover/sweep-unposted.ts';
import { announceDeal } from './manage/announce-deal.ts';
import { dryRunCrmJob } from './manage/dry-run-crm.ts';
import { escalateDeal } from './manage/escalate-deal.ts';
import { followProtection } from './manage/follow-protection.ts';
import { importCrmFileJob } from './manage/import-crm-file.ts';
import { meetOpportunities } from './manage/meet-opportunities.ts';
import { pushDealJob } from './manage/push-deal.ts';
import { sweepCrm } from './manage/sweep-crm.ts';
import { sweepDealMoves } from './manage/sweep-deal-moves.ts';
import { sweepDeals } from './manage/sweep-deals.ts';
import { sweepEndedPartners } from './manage/sweep-ended-partners.ts';
import { sweepLateReviews } from './manage/sweep-late-reviews.ts';
import { sweepOpportunities } from './manage/sweep-opportunities.ts';
import { sweepProtection } from './manage/sweep-protection.ts';
import { syncCrmJob } from './manage/sync-crm.ts';
import { tellDeal } from './manage/tell-deal.ts';
import { accrueSales } from './measure/accrue-sales.ts';
import { checkLedger } from './measure/check-ledger.ts';
import { creditSales } from './measure/credit-sales.ts';
import { foldClicks } from './measure/fold-clicks.ts';
import { followSales } from './measure/follow-sales.ts';
import { postSummaries } from './measure/post-summaries.ts';
import { rollUpRevenue } from './measure/roll-up-revenue.ts';
import { settleConversions } from './measure/settle-conversions.ts';
import { settlePayouts } from './measure/settle-payouts.ts';
import { tellPayout } from './measure/tell-payout.ts';
import { askAgreement } from './onboard/ask-agreement.ts';
import { askPayment } from './onboard/ask-payment.ts';
import { checkChannelJob } from './onboard/check-channel.ts';
import { checkChannels } from './onboard/check-channels.ts';
import { clearPosts } from './onboard/clear-posts.ts';
import { fileAcceptance } from './onboard/file-acceptance.ts';
import { followTemplatesJob } from './onboard/follow-templates.ts';
import { invitePartnerJob } from './onboard/invite-partner.ts';
import { keepPartnersOut } from './onboard/keep-partners-out.ts';
import { mailReminder } from './onboard/mail-reminder.ts';
import { mergePartnersJob } from './onboard/merge-partners.ts';
import { remindPeople } from './onboard/remind-people.ts';
import { sendPageLink } from './onboard/send-page-link.ts';
import { sendPageLinks } from './onboard/send-page-links.ts';
import { showChecklistJob } from './onboard/show-checklist.ts';
import { showDeskJob } from './onboard/show-desk.ts';
import { sweepAgreements } from './onboard/sweep-agreements.ts';
import { sweepChecklists } from './onboard/sweep-checklists.ts';
import { sweepFilings } from './onboard/sweep-filings.ts';
import { sweepInvitations } from './onboard/sweep-invitations.ts';
import { sweepMerges } from './onboard/sweep-merges.ts';
import { sweepPartnerMails } from './onboard/sweep-partner-mails.ts';
import { sweepPayments } from './onboard/sweep-payments.ts';
import { sweepReminders } from './onboard/sweep-reminders.ts';
import { tellLostMail } from './onboard/tell-lost-mail.ts';
import { tellQuestion } from './onboard/tell-question.ts';
import { erasePersonalData } from './programme/erase-personal-data.ts';
import { importCompanies } from './programme/import-companies.ts';
import { sweepSilences } from './programme/sweep-silences.ts';
import { sweepTrails } from './programme/sweep-trails.ts';
import { noteStageJob } from './recruit/note-stage.ts';
import { postWeeklyNote } from './recruit/post-weekly-note.ts';
import { readMailboxJob } from './recruit/read-mailbox.ts';
import { rewriteDraftJob } from './recruit/rewrite-draft.ts';
import { sendDraft } from './recruit/send-draft.ts';
import { settleReplyJob } from './recruit/settle-reply.ts';
import { showDraftJob } from './recruit/show-draft.ts';
import { showReplyJob } from './recruit/show-reply.ts';
import { startFollowUpJob } from './recruit/start-follow-up.ts';
import { stopOutreach } from './recruit/stop-outreach.ts';
import { sweepDraftCards } from './recruit/sweep-draft-cards.ts';
import { sweepDrafts } from './recruit/sweep-drafts.ts';
import { sweepLapsed } from './recruit/sweep-lapsed.ts';
import { sweepLostSends } from './recruit/sweep-lost-sends.ts';
import { sweepReady } from './recruit/sweep-ready.ts';
import { sweepRecentCards } from './recruit/sweep-recent-cards.ts';
import { sweepReplies } from './recruit/sweep-replies.ts';
import { sweepReplyCards } from './recruit/sweep-reply-cards.ts';
import { sweepStages } from './recruit/sweep-stages.ts';
import { sweepThreads } from './recruit/sweep-threads.ts';
import { sweepTouches } from './recruit/sweep-touches.ts';
import { understandReplyJob } from './recruit/understand-reply.ts';
import { writeDraftJob } from './recruit/write-draft.ts';

export const jobs: Job[] = [
  announceDeal,
  escalateDeal,
  tellDeal,
  sweepDealMoves,
  sweepLateReviews,
  askPayment,
  accrueSales,
  followSales,
  creditSales,
  foldClicks,
  settleConversions,
  checkLedger,
  postSummaries,
  rollUpRevenue,
  settlePayouts,
  tellPayout,
  askAgreement,
  fileAcceptance,
  sweepAgreements,
  sweepFilings,
  checkChannelJob,
  clearPosts,
  checkChannels,
  invitePartnerJob,
  showDeskJob,
  sweepInvitations,
  tellLostMail,
  tellQuestion,
  erasePersonalData,
  followTemplatesJob,
  importCompanies,
  keepPartnersOut,
  learnWeightsJob,
  mailReminder,
  mergePartnersJob,
  noteStageJob,
  postDigest,
  postWeeklyNote,
  readCandidatesJob,
  readMailboxJob,
  readWebsiteJob,
  refreshWebsites,
  remindPeople,
  rewriteDraftJob,
  runResearch,
  sendDraft,
  sendPageLink,
  sendPageLinks,
  settleReplyJob,
  showChecklistJob,
  showDigestJob,
  showDraftJob,
  showReplyJob,
  startFollowUpJob,
  stopOutreach,
  followProtection,
  meetOpportunities,
  sweepOpportunities,
  sweepDeals,
  sweepCrm,
  syncCrmJob,
  dryRunCrmJob,
  pushDealJob,
  importCrmFileJob,
  sweepEndedPartners,
  sweepProtection,
  sweepChecklists,
  sweepDigests,
  sweepDraftCards,
  sweepDrafts,
  sweepMerges,
  sweepPartnerMails,
  sweepReminders,
  sweepPayments,
  sweepReplies,
  sweepResearch,
  sweepSilences,
  sweepStages,
  sweepStandingResearch,
  sweepThreads,
  understandReplyJob,
  sweepResearchCards,
  sweepUnposted,
  sweepTrails,
  sweepReplyCards,
  sweepLapsed,
  sweepRecentCards,
  sweepTouches,
  sweepLostSends,
  sweepReady,
  writeDraftJob,
];
