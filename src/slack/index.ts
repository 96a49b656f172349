/** Table of contents: every id Slack can send, and the listener that answers it. */
import type { App } from '@slack/bolt';
import {
  ACTIONS,
  type ActionId,
  CLOSED_VIEWS,
  type ClosedViewId,
  COMMANDS,
  EVENTS,
  SHORTCUTS,
  type ShortcutId,
  VIEWS,
  type ViewId,
} from '../../blocks/ids.ts';
import type { Deps } from '../deps.ts';
import { onUserChanged } from './actor.ts';
import { onFreezeWeights, onOpenWeights, onResetWeights, onSetWeights, onUnfreezeWeights } from './discover/change-weights.ts';
import { onShowDetails, onTurnList } from './discover/company-pages.ts';
import { onCorrectReading, onOpenReading } from './discover/correct-reading.ts';
import { onOpenLater, onOpenReject, onPutOff, onReconsider, onRejectCompany } from './discover/decide-company.ts';
import { onPostMore } from './discover/post-more.ts';
import { onCancelResearch, onGoOnResearch, onPauseResearch } from './discover/researches.ts';
import { onClearHold, onKeepOut, onRestoreHold } from './discover/rule-on-hold.ts';
import { onAskWhy, onOpenWhy } from './discover/why-page.ts';
import { type Installations, onTokensRevoked, onUninstalled } from './installations.ts';
import type { ButtonClick, ViewSubmission } from './listener.ts';
import {
  onAskExtension,
  onCloseWon,
  onDealLost,
  onGrantExtension,
  onLeaveAsItIs,
  onLogActivity,
  onOpenLog,
  onOpenRevoke,
  onOpenWon,
  onRevokeDeal,
  onWithdrawDeal,
} from './manage/act-on-deal.ts';
import { onSaleIsDeal, onSaleIsOther } from './manage/ask-sale.ts';
import {
  onMoveFieldDown,
  onMoveFieldUp,
  onOpenAsked,
  onOpenField,
  onRemoveField,
  onSaveAsked,
  onSaveField,
} from './manage/change-deal-form.ts';
import { onChangeRules } from './manage/change-rules.ts';
import { onDryRunCrm, onImportCrmFile, onOpenCrmUpload, onReadCrmFile, onSyncCrm } from './manage/crm.ts';
import { onNameOwner, onNameOwners, onNextOwners, onOpenOwners } from './manage/crm-owners.ts';
import { type MessageShortcutArgs, onDealFromMessage, onDealPartner } from './manage/hear-deal.ts';
import { onExportDeals, onTurnDeals } from './manage/list-deals.ts';
import { onCloseDeal, onKeepDeal, onMyDeals, onOpenDeal, onRegisterDeal, type ViewClosed } from './manage/register-deal.ts';
import { onAnswerDeal, onAppealDeal, onOpenAnswer, onOpenAppeal } from './manage/reply-deal.ts';
import {
  onApproveDeal,
  onAskPartner,
  onOpenAskPartner,
  onOpenRejectDeal,
  onRejectDeal,
  onReviewDeal,
  onTakeDeal,
  onWhyDeal,
} from './manage/review-deal.ts';
import { onOpenShare, onShareDeal, onUnshareDeal } from './manage/share-deal.ts';
import { onShowDeal } from './manage/show-deal.ts';
import { onOpenMoney, onOpenMoneyFile, onReadMoneyFile, onRecordMoney, onRecordMoneyFile } from './measure/bring-money.ts';
import { onBringCosts, onExportCosts, onOpenCost, onOpenCostFile, onReadCostFile, onSaveCost, onTakeBackCost } from './measure/costs.ts';
import { onShowEarnings, onTurnEarnings, onWhyEarned } from './measure/earnings.ts';
import {
  onChangeLinkRules,
  onDecideReferral,
  onKeepStripeSecret,
  onMakeWebhookSecret,
  onOpenCount,
  onOpenLinkRules,
  onOpenNotCount,
  onOpenWebhook,
} from './measure/link-rules.ts';
import { onEndLink, onMakeLink, onNewLink, onPutConversionAside, onShowLinks } from './measure/links.ts';
import { onChangeMeasureRules, onOpenMeasureRules } from './measure/measure-rules.ts';
import { onLetCount, onNoteTouch, onOpenLate, onOpenTouch } from './measure/note-touch.ts';
import { onExportPayout, onExportStatement, onMakeBankFile, onOpenBankFile } from './measure/payout-files.ts';
import {
  onApprovePayout,
  onMakePayout,
  onMarkPaid,
  onOpenPaid,
  onOpenTakeBack,
  onShowPayout,
  onTakeBackPayout,
  onTurnPayout,
} from './measure/payouts.ts';
import { onChangeTotalCap, onEditPlan, onOpenPlans, onPlanBack, onReplayPlan, onSavePlan } from './measure/plans.ts';
import { onExplainProgramme } from './measure/programme.ts';
import { onOpenGoal, onOpenQbr, onSendQbr, onSendTheirQbr, onSetGoal, onShareQbr } from './measure/qbr.ts';
import { onBringRates, onOpenTypeRate, onTypeRate } from './measure/rates.ts';
import { onWhyReturn } from './measure/return.ts';
import { onExportRevenue, onPictureRevenue, onTurnRevenue } from './measure/revenue.ts';
import { onOpenShareRevenue, onShareRevenue } from './measure/share-revenue.ts';
import { onShowSale, onWhyPartner, onWhyRevenue } from './measure/why-revenue.ts';
import { onMention, onMessage } from './mention.ts';
import { onAddPartner, onCompanyPartner, onMakePartner } from './onboard/add-partner.ts';
import {
  onAcceptAgreement,
  onGetAgreementCopy,
  onGetTerms,
  onListAgreements,
  onNewAgreement,
  onPublishAgreement,
  onReadAgreement,
  onWhoAccepted,
} from './onboard/agreement.ts';
import { onAsk, onOpenAsk } from './onboard/ask-question.ts';
import {
  onChannelChanged,
  onChannelIdChanged,
  onInviteAccepted,
  onInviteApproved,
  onInviteDeclined,
  onPinRemoved,
} from './onboard/channel-events.ts';
import { onOpenProof, onSendProof, onShowChecklist, onStepDone, onStepReopened, onStepWaived } from './onboard/checklist.ts';
import { onConfirmAccepter, onInvite, onOpenInvite, onSendAgain, onWithdraw } from './onboard/connect-channel.ts';
import { onEditPartner, onOpenEditPartner, onOpenNote, onOpenPerson, onSaveNote, onSavePerson } from './onboard/edit-partner.ts';
import { onEndPartner, onOpenEnd, onTakeBackPartner } from './onboard/end-partner.ts';
import { onAnswerQuiz, onGetCertificate, onGetCourseFile, onOpenQuiz, onShowLibrary, onTakeCourse } from './onboard/library.ts';
import { onMergePartners, onOpenMerge, onPreviewMerge } from './onboard/merge-partners.ts';
import { onExplainOnboarding } from './onboard/onboarding-report.ts';
import { onSendPageLink } from './onboard/page-links.ts';
import { onShowPapers } from './onboard/papers.ts';
import { onTurnPartners } from './onboard/partners-table.ts';
import { onConfirmPayment, onGivePayment, onOpenPayment, onReviewPayment, onTurnDownPayment } from './onboard/payment-details.ts';
import { onOpenPartner } from './onboard/show-partner.ts';
import {
  onAllTemplates,
  onFollowTemplate,
  onMoveStepDown,
  onMoveStepUp,
  onOpenStep,
  onOpenTemplate,
  onRemoveStep,
  onSaveStep,
} from './onboard/templates.ts';
import {
  onListCourses,
  onNewCourse,
  onOpenCourse,
  onOpenQuestion,
  onOpenSettings,
  onOpenUnit,
  onRemovePart,
  onSaveCourse,
  onSaveQuestion,
  onSaveUnit,
  onSwitchCourse,
  onTakeOverExample,
} from './onboard/training.ts';
import { onChangeRole } from './programme/change-role.ts';
import { onAddSilence, onLiftSilence, onLookSilence } from './programme/change-silence.ts';
import { onHomeOpened, onTurnHome } from './programme/home.ts';
import { onMapColumns, onOpenMapping, onReadImport, onStartImport } from './programme/import-companies.ts';
import { onImportFile } from './programme/offer-import.ts';
import { onOpenImport, onOpenSetup, onReadOwnWebsite, onSaveSetup } from './programme/open-setup.ts';
import { onDeletePrivacy, onExportPrivacy, onOpenPrivacyDelete } from './programme/privacy.ts';
import {
  onCorrectReply,
  onDraftAnswer,
  onOpenCorrectReply,
  onReplyLater,
  onShowReply,
  onSilenceCompany,
  onSilencePerson,
} from './recruit/act-on-reply.ts';
import {
  onAddReplacement,
  onDismissReplacement,
  onOpenExamples,
  onOpenLetterFacts,
  onRemoveReplacement,
  onSaveExamples,
  onSaveLetterFacts,
  onSaveStyle,
} from './recruit/change-style.ts';
import {
  onApproveDraft,
  onEditDraft,
  onMarkNotSent,
  onMarkSent,
  onOpenApproval,
  onOpenContact,
  onOpenEdit,
  onOtherAngle,
  onReject,
  onRelease,
  onShorter,
  onTakeBack,
  onWarmer,
  onWriteAgain,
} from './recruit/decide-draft.ts';
import { onTurnInbox } from './recruit/inbox.ts';
import { onOpenDraft } from './recruit/open-draft.ts';
import { onOpenOutreach, onPickContact, onSaveContact } from './recruit/open-outreach.ts';
import { onTurnPipeline } from './recruit/pipeline.ts';
import { onAllRecords, onExportRecords, onOpenRecord, onShowBytes, onTurnRecords } from './recruit/show-records.ts';
import { onPartners, onRunCommand } from './run-command.ts';

export const actionListeners: Record<ActionId, (deps: Deps) => (args: ButtonClick) => Promise<void>> = {
  [ACTIONS.setupOpen]: onOpenSetup,
  [ACTIONS.importOpen]: onOpenImport,
  [ACTIONS.importFile]: onImportFile,
  [ACTIONS.importMap]: onOpenMapping,
  [ACTIONS.commandRun]: onRunCommand,
  [ACTIONS.digestMore]: onPostMore,
  [ACTIONS.listNext]: onTurnList,
  [ACTIONS.listBack]: onTurnList,
  [ACTIONS.companyDetails]: onShowDetails,
  [ACTIONS.companyDraft]: onOpenOutreach,
  [ACTIONS.companyReject]: onOpenReject,
  [ACTIONS.companyLater]: onOpenLater,
  [ACTIONS.companyReconsider]: onReconsider,
  [ACTIONS.holdKeepOut]: onKeepOut,
  [ACTIONS.holdClear]: onClearHold,
  [ACTIONS.holdSuggest]: onClearHold,
  [ACTIONS.holdRestore]: onRestoreHold,
  [ACTIONS.companyPartner]: onCompanyPartner,
  [ACTIONS.partnerOpen]: onOpenPartner,
  [ACTIONS.partnerEdit]: onOpenEditPartner,
  [ACTIONS.partnerNote]: onOpenNote,
  [ACTIONS.partnerPerson]: onOpenPerson,
  [ACTIONS.partnerPersonChange]: onOpenPerson,
  [ACTIONS.partnerEnd]: onOpenEnd,
  [ACTIONS.partnerTakeBack]: onTakeBackPartner,
  [ACTIONS.partnerMerge]: onOpenMerge,
  [ACTIONS.partnersBack]: onTurnPartners,
  [ACTIONS.partnersNext]: onTurnPartners,
  [ACTIONS.contactPick]: onPickContact,
  [ACTIONS.draftOpen]: onOpenDraft,
  [ACTIONS.draftApprove]: onOpenApproval,
  [ACTIONS.draftEdit]: onOpenEdit,
  [ACTIONS.draftReject]: onReject,
  [ACTIONS.draftContact]: onOpenContact,
  [ACTIONS.draftRelease]: onRelease,
  [ACTIONS.draftTakeBack]: onTakeBack,
  [ACTIONS.draftMarkSent]: onMarkSent,
  [ACTIONS.draftMarkNotSent]: onMarkNotSent,
  [ACTIONS.draftShorter]: onShorter,
  [ACTIONS.draftWarmer]: onWarmer,
  [ACTIONS.draftAngle]: onOtherAngle,
  [ACTIONS.draftAgain]: onWriteAgain,
  [ACTIONS.styleAdd]: onAddReplacement,
  [ACTIONS.styleDismiss]: onDismissReplacement,
  [ACTIONS.styleRemove]: onRemoveReplacement,
  [ACTIONS.letterFacts]: onOpenLetterFacts,
  [ACTIONS.letterExamples]: onOpenExamples,
  [ACTIONS.replyAnswer]: onDraftAnswer,
  [ACTIONS.replyPartner]: onMakePartner,
  [ACTIONS.replyLater]: onReplyLater,
  [ACTIONS.replySilencePerson]: onSilencePerson,
  [ACTIONS.replySilenceCompany]: onSilenceCompany,
  [ACTIONS.replyCorrect]: onOpenCorrectReply,
  [ACTIONS.replyShow]: onShowReply,
  [ACTIONS.researchCancel]: onCancelResearch,
  [ACTIONS.researchPause]: onPauseResearch,
  [ACTIONS.researchGoOn]: onGoOnResearch,
  [ACTIONS.weightsOpen]: onOpenWeights,
  [ACTIONS.weightsFreeze]: onFreezeWeights,
  [ACTIONS.weightsUnfreeze]: onUnfreezeWeights,
  [ACTIONS.weightsReset]: onResetWeights,
  [ACTIONS.readingOpen]: onOpenReading,
  [ACTIONS.whyOpen]: onOpenWhy,
  [ACTIONS.inboxBack]: onTurnInbox,
  [ACTIONS.inboxNext]: onTurnInbox,
  [ACTIONS.inboxAll]: onTurnInbox,
  [ACTIONS.inboxMine]: onTurnInbox,
  [ACTIONS.inboxRefresh]: onTurnInbox,
  [ACTIONS.pipelineShow]: onTurnPipeline,
  [ACTIONS.pipelineBack]: onTurnPipeline,
  [ACTIONS.pipelineNext]: onTurnPipeline,
  [ACTIONS.pipelineAll]: onTurnPipeline,
  [ACTIONS.pipelineWide]: onTurnPipeline,
  [ACTIONS.pipelineState]: onTurnPipeline,
  [ACTIONS.pipelineType]: onTurnPipeline,
  [ACTIONS.pipelineOwner]: onTurnPipeline,
  [ACTIONS.recordsShow]: onTurnRecords,
  [ACTIONS.recordsBack]: onTurnRecords,
  [ACTIONS.recordsNext]: onTurnRecords,
  [ACTIONS.recordsAll]: onAllRecords,
  [ACTIONS.recordsOpen]: onOpenRecord,
  [ACTIONS.recordsBytes]: onShowBytes,
  [ACTIONS.recordsExport]: onExportRecords,
  [ACTIONS.channelOpen]: onOpenInvite,
  [ACTIONS.channelAgain]: onSendAgain,
  [ACTIONS.channelWithdraw]: onWithdraw,
  [ACTIONS.channelConfirm]: onConfirmAccepter,
  [ACTIONS.deskAsk]: onOpenAsk,
  [ACTIONS.privacyExport]: onExportPrivacy,
  [ACTIONS.privacyDelete]: onOpenPrivacyDelete,
  [ACTIONS.dealOpen]: onOpenDeal,
  [ACTIONS.dealKeep]: onKeepDeal,
  [ACTIONS.dealMine]: onMyDeals,
  [ACTIONS.dealReview]: onReviewDeal,
  [ACTIONS.dealWhy]: onWhyDeal,
  [ACTIONS.dealTake]: onTakeDeal,
  [ACTIONS.dealApprove]: onApproveDeal,
  [ACTIONS.dealReject]: onOpenRejectDeal,
  [ACTIONS.dealAsk]: onOpenAskPartner,
  [ACTIONS.dealAnswer]: onOpenAnswer,
  [ACTIONS.dealAppeal]: onOpenAppeal,
  [ACTIONS.revenuePeriod]: onTurnRevenue,
  [ACTIONS.revenueBy]: onTurnRevenue,
  [ACTIONS.revenueKind]: onTurnRevenue,
  [ACTIONS.revenueModel]: onTurnRevenue,
  [ACTIONS.revenueStage]: onTurnRevenue,
  [ACTIONS.measureRules]: onOpenMeasureRules,
  [ACTIONS.linksShow]: onShowLinks,
  [ACTIONS.linkNew]: onNewLink,
  [ACTIONS.linkEnd]: onEndLink,
  [ACTIONS.linkRules]: onOpenLinkRules,
  [ACTIONS.webhookOpen]: onOpenWebhook,
  [ACTIONS.webhookSecret]: onMakeWebhookSecret,
  [ACTIONS.referralCount]: onOpenCount,
  [ACTIONS.referralNot]: onOpenNotCount,
  [ACTIONS.conversionAside]: onPutConversionAside,
  [ACTIONS.revenueCompare]: onTurnRevenue,
  [ACTIONS.revenueExport]: onExportRevenue,
  [ACTIONS.revenuePicture]: onPictureRevenue,
  [ACTIONS.revenueWhy]: onWhyRevenue,
  [ACTIONS.revenueWhyPartner]: onWhyPartner,
  [ACTIONS.revenueSale]: onShowSale,
  [ACTIONS.revenueShare]: onOpenShareRevenue,
  [ACTIONS.touchNote]: onOpenTouch,
  [ACTIONS.touchCount]: onOpenLate,
  [ACTIONS.moneyFile]: onOpenMoneyFile,
  [ACTIONS.moneyOpen]: onOpenMoney,
  [ACTIONS.returnWhy]: onWhyReturn,
  [ACTIONS.qbrOpen]: onOpenQbr,
  [ACTIONS.qbrFile]: onSendQbr,
  [ACTIONS.qbrTheirs]: onSendTheirQbr,
  [ACTIONS.qbrShare]: onShareQbr,
  [ACTIONS.qbrGoal]: onOpenGoal,
  [ACTIONS.programmeExplain]: onExplainProgramme,
  [ACTIONS.costAdd]: onOpenCost,
  [ACTIONS.costTakeBack]: onTakeBackCost,
  [ACTIONS.costImport]: onOpenCostFile,
  [ACTIONS.costExport]: onExportCosts,
  [ACTIONS.dealShow]: onShowDeal,
  [ACTIONS.dealLog]: onOpenLog,
  [ACTIONS.dealWithdraw]: onWithdrawDeal,
  [ACTIONS.fieldOpen]: onOpenField,
  [ACTIONS.fieldUp]: onMoveFieldUp,
  [ACTIONS.fieldDown]: onMoveFieldDown,
  [ACTIONS.fieldRemove]: onRemoveField,
  [ACTIONS.fieldAsked]: onOpenAsked,
  [ACTIONS.dealExtend]: onAskExtension,
  [ACTIONS.dealGrant]: onGrantExtension,
  [ACTIONS.dealLeave]: onLeaveAsItIs,
  [ACTIONS.dealRevoke]: onOpenRevoke,
  [ACTIONS.dealShare]: onOpenShare,
  [ACTIONS.dealUnshare]: onUnshareDeal,
  [ACTIONS.dealSaleYes]: onSaleIsDeal,
  [ACTIONS.dealSaleNo]: onSaleIsOther,
  [ACTIONS.dealWin]: onOpenWon,
  [ACTIONS.dealLose]: onDealLost,
  [ACTIONS.dealsAll]: onTurnDeals,
  [ACTIONS.dealsOpen]: onTurnDeals,
  [ACTIONS.dealsReview]: onTurnDeals,
  [ACTIONS.dealsProtected]: onTurnDeals,
  [ACTIONS.dealsExpiring]: onTurnDeals,
  [ACTIONS.dealsEnded]: onTurnDeals,
  [ACTIONS.dealsMine]: onTurnDeals,
  [ACTIONS.dealsBack]: onTurnDeals,
  [ACTIONS.dealsNext]: onTurnDeals,
  [ACTIONS.dealsExport]: onExportDeals,
  [ACTIONS.libraryShow]: onShowLibrary,
  [ACTIONS.agreementList]: onListAgreements,
  [ACTIONS.agreementNew]: onNewAgreement,
  [ACTIONS.agreementWho]: onWhoAccepted,
  [ACTIONS.agreementRead]: onReadAgreement,
  [ACTIONS.agreementTurn]: onReadAgreement,
  [ACTIONS.agreementFile]: onGetTerms,
  [ACTIONS.agreementCopy]: onGetAgreementCopy,
  [ACTIONS.trainingList]: onListCourses,
  [ACTIONS.trainingNew]: onNewCourse,
  [ACTIONS.trainingExample]: onTakeOverExample,
  [ACTIONS.trainingOpen]: onOpenCourse,
  [ACTIONS.trainingSettings]: onOpenSettings,
  [ACTIONS.trainingUnit]: onOpenUnit,
  [ACTIONS.trainingQuestion]: onOpenQuestion,
  [ACTIONS.trainingRemove]: onRemovePart,
  [ACTIONS.trainingSwitch]: onSwitchCourse,
  [ACTIONS.courseTake]: onTakeCourse,
  [ACTIONS.courseTurn]: onTakeCourse,
  [ACTIONS.courseFile]: onGetCourseFile,
  [ACTIONS.courseQuiz]: onOpenQuiz,
  [ACTIONS.papersShow]: onShowPapers,
  [ACTIONS.certificateCopy]: onGetCertificate,
  [ACTIONS.pageSend]: onSendPageLink,
  [ACTIONS.checklistShow]: onShowChecklist,
  [ACTIONS.checklistDone]: onStepDone,
  [ACTIONS.checklistWaive]: onStepWaived,
  [ACTIONS.checklistReopen]: onStepReopened,
  [ACTIONS.checklistFile]: onOpenProof,
  [ACTIONS.templateAll]: onAllTemplates,
  [ACTIONS.crmSync]: onSyncCrm,
  [ACTIONS.crmDryRun]: onDryRunCrm,
  [ACTIONS.crmUpload]: onOpenCrmUpload,
  [ACTIONS.crmOwners]: onOpenOwners,
  [ACTIONS.crmOwnersNext]: onNextOwners,
  [ACTIONS.crmOwnerName]: onNameOwner,
  [ACTIONS.templateOpen]: onOpenTemplate,
  [ACTIONS.templateStep]: onOpenStep,
  [ACTIONS.templateUp]: onMoveStepUp,
  [ACTIONS.templateDown]: onMoveStepDown,
  [ACTIONS.templateRemove]: onRemoveStep,
  [ACTIONS.templateFollow]: onFollowTemplate,
  [ACTIONS.onboardingExplain]: onExplainOnboarding,
  [ACTIONS.homeBack]: onTurnHome,
  [ACTIONS.homeNext]: onTurnHome,
  [ACTIONS.homeAll]: onTurnHome,
  [ACTIONS.homeMine]: onTurnHome,
  [ACTIONS.earningsShow]: onShowEarnings,
  [ACTIONS.earningsWhy]: onWhyEarned,
  [ACTIONS.earningsOlder]: onTurnEarnings,
  [ACTIONS.earningsNewer]: onTurnEarnings,
  [ACTIONS.planList]: onOpenPlans,
  [ACTIONS.planEdit]: onEditPlan,
  [ACTIONS.planBack]: onPlanBack,
  [ACTIONS.paymentOpen]: onOpenPayment,
  [ACTIONS.paymentReview]: onReviewPayment,
  [ACTIONS.paymentConfirm]: onConfirmPayment,
  [ACTIONS.paymentTurnDown]: onTurnDownPayment,
  [ACTIONS.rateType]: onOpenTypeRate,
  [ACTIONS.payoutMake]: onMakePayout,
  [ACTIONS.payoutShow]: onShowPayout,
  [ACTIONS.payoutBack]: onTurnPayout,
  [ACTIONS.payoutNext]: onTurnPayout,
  [ACTIONS.payoutApprove]: onApprovePayout,
  [ACTIONS.payoutPay]: onOpenPaid,
  [ACTIONS.payoutTakeBack]: onOpenTakeBack,
  [ACTIONS.payoutBank]: onOpenBankFile,
  [ACTIONS.payoutCsv]: onExportPayout,
  [ACTIONS.payoutStatement]: onExportStatement,
};

export const viewListeners: Record<ViewId, (deps: Deps) => (args: ViewSubmission) => Promise<void>> = {
  [VIEWS.setup]: onSaveSetup,
  [VIEWS.setupWebsite]: onReadOwnWebsite,
  [VIEWS.roles]: onChangeRole,
  [VIEWS.import]: onReadImport,
  [VIEWS.importConfirm]: onStartImport,
  [VIEWS.importMap]: onMapColumns,
  [VIEWS.companyReject]: onRejectCompany,
  [VIEWS.companyLater]: onPutOff,
  [VIEWS.partnerAdd]: onAddPartner,
  [VIEWS.partnerEdit]: onEditPartner,
  [VIEWS.partnerNote]: onSaveNote,
  [VIEWS.partnerPerson]: onSavePerson,
  [VIEWS.partnerEnd]: onEndPartner,
  [VIEWS.partnerMergeWith]: onPreviewMerge,
  [VIEWS.partnerMerge]: onMergePartners,
  [VIEWS.contact]: onSaveContact,
  [VIEWS.draftApprove]: onApproveDraft,
  [VIEWS.draftEdit]: onEditDraft,
  [VIEWS.style]: onSaveStyle,
  [VIEWS.letterFacts]: onSaveLetterFacts,
  [VIEWS.letterExamples]: onSaveExamples,
  [VIEWS.replyCorrect]: onCorrectReply,
  [VIEWS.weights]: onSetWeights,
  [VIEWS.reading]: onCorrectReading,
  [VIEWS.why]: onAskWhy,
  [VIEWS.silenceLook]: onLookSilence,
  [VIEWS.silenceAdd]: onAddSilence,
  [VIEWS.silenceLift]: onLiftSilence,
  [VIEWS.channelInvite]: onInvite,
  [VIEWS.deskAsk]: onAsk,
  [VIEWS.privacyDelete]: onDeletePrivacy,
  [VIEWS.checklistFile]: onSendProof,
  [VIEWS.crmUpload]: onReadCrmFile,
  [VIEWS.crmFile]: onImportCrmFile,
  [VIEWS.crmOwners]: onNameOwners,
  [VIEWS.templateStep]: onSaveStep,
  [VIEWS.deal]: onRegisterDeal,
  [VIEWS.dealReject]: onRejectDeal,
  [VIEWS.dealAsk]: onAskPartner,
  [VIEWS.dealAnswer]: onAnswerDeal,
  [VIEWS.dealAppeal]: onAppealDeal,
  [VIEWS.dealPartner]: onDealPartner,
  [VIEWS.dealField]: onSaveField,
  [VIEWS.dealAsked]: onSaveAsked,
  [VIEWS.dealRules]: onChangeRules,
  [VIEWS.dealWon]: onCloseWon,
  [VIEWS.plan]: onReplayPlan,
  [VIEWS.planSave]: onSavePlan,
  [VIEWS.planCap]: onChangeTotalCap,
  [VIEWS.measureRules]: onChangeMeasureRules,
  [VIEWS.link]: onMakeLink,
  [VIEWS.linkRules]: onChangeLinkRules,
  [VIEWS.webhook]: onKeepStripeSecret,
  [VIEWS.referral]: onDecideReferral,
  [VIEWS.rates]: onBringRates,
  [VIEWS.rateTyped]: onTypeRate,
  [VIEWS.cost]: onSaveCost,
  [VIEWS.costFile]: onReadCostFile,
  [VIEWS.costBring]: onBringCosts,
  [VIEWS.goal]: onSetGoal,
  [VIEWS.dealLog]: onLogActivity,
  [VIEWS.dealRevoke]: onRevokeDeal,
  [VIEWS.dealShare]: onShareDeal,
  [VIEWS.revenueShare]: onShareRevenue,
  [VIEWS.touchNote]: onNoteTouch,
  [VIEWS.touchCount]: onLetCount,
  [VIEWS.moneyFile]: onReadMoneyFile,
  [VIEWS.moneyFileRecord]: onRecordMoneyFile,
  [VIEWS.money]: onRecordMoney,
  [VIEWS.payment]: onGivePayment,
  [VIEWS.payoutPaid]: onMarkPaid,
  [VIEWS.payoutBack]: onTakeBackPayout,
  [VIEWS.payoutBank]: onMakeBankFile,
  [VIEWS.agreementPublish]: onPublishAgreement,
  [VIEWS.agreementAccept]: onAcceptAgreement,
  [VIEWS.trainingCourse]: onSaveCourse,
  [VIEWS.trainingUnit]: onSaveUnit,
  [VIEWS.trainingQuestion]: onSaveQuestion,
  [VIEWS.courseAnswer]: onAnswerQuiz,
};

export const closedListeners: Record<ClosedViewId, (deps: Deps) => (args: ViewClosed) => Promise<void>> = {
  [CLOSED_VIEWS.deal]: onCloseDeal,
};

export const shortcutListeners: Record<ShortcutId, (deps: Deps) => (args: MessageShortcutArgs) => Promise<void>> = {
  [SHORTCUTS.dealFromMessage]: onDealFromMessage,
};

export function registerListeners(app: App, deps: Deps, installations: Installations): void {
  app.command(COMMANDS.partners, onPartners(deps));
  for (const [id, listener] of Object.entries(actionListeners)) app.action<ButtonClick['body']>(id, listener(deps));
  for (const [id, listener] of Object.entries(viewListeners)) app.view<ViewSubmission['body']>(id, listener(deps));
  for (const [id, listener] of Object.entries(shortcutListeners))
    app.shortcut<MessageShortcutArgs['body']>({ callback_id: id, type: 'message_action' }, listener(deps));
  for (const [id, listener] of Object.entries(closedListeners))
    app.view<ViewClosed['body']>({ callback_id: id, type: 'view_closed' }, listener(deps));
  app.event(EVENTS.homeOpened, onHomeOpened(deps));
  app.event(EVENTS.mention, onMention(deps));
  app.event(EVENTS.message, onMessage(deps));
  app.event(EVENTS.uninstalled, onUninstalled(deps, installations));
  app.event(EVENTS.tokensRevoked, onTokensRevoked(deps, installations));
  app.event(EVENTS.userChanged, onUserChanged(deps));
  app.event(EVENTS.inviteAccepted, onInviteAccepted(deps));
  app.event(EVENTS.inviteApproved, onInviteApproved(deps));
  app.event(EVENTS.inviteDeclined, onInviteDeclined(deps));
  app.event(EVENTS.channelShared, onChannelChanged(deps));
  app.event(EVENTS.channelUnshared, onChannelChanged(deps));
  app.event(EVENTS.channelArchived, onChannelChanged(deps));
  app.event(EVENTS.groupArchived, onChannelChanged(deps));
  app.event(EVENTS.channelIdChanged, onChannelIdChanged(deps));
  app.event(EVENTS.pinRemoved, onPinRemoved(deps));
}
