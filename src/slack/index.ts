/** Table of contents: every id Slack can send, and the listener that answers it. */
import type { App } from '@slack/bolt';
import { ACTIONS, type ActionId, COMMANDS, EVENTS, VIEWS, type ViewId } from '../../blocks/ids.ts';
import type { Deps } from '../deps.ts';
import { onDraftAnswer, onMakePartner, onReplyLater, onSilenceCompany, onSilencePerson } from './actions/act-on-reply.ts';
import { onCancelResearch } from './actions/cancel-research.ts';
import { onAddReplacement, onDismissReplacement, onRemoveReplacement } from './actions/change-style.ts';
import { onFreezeWeights, onOpenWeights, onResetWeights, onUnfreezeWeights } from './actions/change-weights.ts';
import { onLater, onOpenReject, onReconsider } from './actions/decide-company.ts';
import {
  onMarkNotSent,
  onMarkSent,
  onOpenApproval,
  onOpenContact,
  onOpenEdit,
  onReject,
  onRelease,
  onTakeBack,
} from './actions/decide-draft.ts';
import { onExportRecords } from './actions/export-records.ts';
import { onOpenImport, onOpenSetup } from './actions/open-forms.ts';
import { onOpenOutreach } from './actions/open-outreach.ts';
import { onOpenReading } from './actions/open-reading.ts';
import { onOpenCorrectReply, onShowReply } from './actions/open-reply.ts';
import { onOpenWhy } from './actions/open-why.ts';
import { onPostMore } from './actions/post-more.ts';
import { onOtherAngle, onShorter, onWarmer, onWriteAgain } from './actions/rewrite-draft.ts';
import { onShowDetails } from './actions/show-details.ts';
import { onAllRecords, onOpenRecord, onShowBytes, onTurnRecords } from './actions/show-records.ts';
import { onTurnList } from './actions/turn-list.ts';
import { onPartners } from './commands/partners.ts';
import { onHomeOpened } from './events/home-opened.ts';
import { onMention, onMessage } from './events/mention.ts';
import { onTokensRevoked, onUninstalled } from './events/uninstalled.ts';
import type { Installations } from './installations.ts';
import type { ButtonClick, ViewSubmission } from './listener.ts';
import { onApproveDraft } from './views/approve-draft.ts';
import { onAskWhy } from './views/ask-why.ts';
import { onChangeRole } from './views/change-role.ts';
import { onAddSilence, onLiftSilence, onLookSilence } from './views/change-silence.ts';
import { onCorrectReading } from './views/correct-reading.ts';
import { onCorrectReply } from './views/correct-reply.ts';
import { onEditDraft } from './views/edit-draft.ts';
import { onReadImport, onStartImport } from './views/import-companies.ts';
import { onRejectCompany } from './views/reject-company.ts';
import { onSaveContact } from './views/save-contact.ts';
import { onSaveSetup } from './views/save-setup.ts';
import { onSaveStyle } from './views/save-style.ts';
import { onSetWeights } from './views/set-weights.ts';

export const actionListeners: Record<ActionId, (deps: Deps) => (args: ButtonClick) => Promise<void>> = {
  [ACTIONS.setupOpen]: onOpenSetup,
  [ACTIONS.importOpen]: onOpenImport,
  [ACTIONS.digestMore]: onPostMore,
  [ACTIONS.listNext]: onTurnList,
  [ACTIONS.listBack]: onTurnList,
  [ACTIONS.companyDetails]: onShowDetails,
  [ACTIONS.companyDraft]: onOpenOutreach,
  [ACTIONS.companyReject]: onOpenReject,
  [ACTIONS.companyLater]: onLater,
  [ACTIONS.companyReconsider]: onReconsider,
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
  [ACTIONS.replyAnswer]: onDraftAnswer,
  [ACTIONS.replyPartner]: onMakePartner,
  [ACTIONS.replyLater]: onReplyLater,
  [ACTIONS.replySilencePerson]: onSilencePerson,
  [ACTIONS.replySilenceCompany]: onSilenceCompany,
  [ACTIONS.replyCorrect]: onOpenCorrectReply,
  [ACTIONS.replyShow]: onShowReply,
  [ACTIONS.researchCancel]: onCancelResearch,
  [ACTIONS.weightsOpen]: onOpenWeights,
  [ACTIONS.weightsFreeze]: onFreezeWeights,
  [ACTIONS.weightsUnfreeze]: onUnfreezeWeights,
  [ACTIONS.weightsReset]: onResetWeights,
  [ACTIONS.readingOpen]: onOpenReading,
  [ACTIONS.whyOpen]: onOpenWhy,
  [ACTIONS.recordsShow]: onTurnRecords,
  [ACTIONS.recordsBack]: onTurnRecords,
  [ACTIONS.recordsNext]: onTurnRecords,
  [ACTIONS.recordsAll]: onAllRecords,
  [ACTIONS.recordsOpen]: onOpenRecord,
  [ACTIONS.recordsBytes]: onShowBytes,
  [ACTIONS.recordsExport]: onExportRecords,
};

export const viewListeners: Record<ViewId, (deps: Deps) => (args: ViewSubmission) => Promise<void>> = {
  [VIEWS.setup]: onSaveSetup,
  [VIEWS.roles]: onChangeRole,
  [VIEWS.import]: onReadImport,
  [VIEWS.importConfirm]: onStartImport,
  [VIEWS.companyReject]: onRejectCompany,
  [VIEWS.contact]: onSaveContact,
  [VIEWS.draftApprove]: onApproveDraft,
  [VIEWS.draftEdit]: onEditDraft,
  [VIEWS.style]: onSaveStyle,
  [VIEWS.replyCorrect]: onCorrectReply,
  [VIEWS.weights]: onSetWeights,
  [VIEWS.reading]: onCorrectReading,
  [VIEWS.why]: onAskWhy,
  [VIEWS.silenceLook]: onLookSilence,
  [VIEWS.silenceAdd]: onAddSilence,
  [VIEWS.silenceLift]: onLiftSilence,
};

export function registerListeners(app: App, deps: Deps, installations: Installations): void {
  app.command(COMMANDS.partners, onPartners(deps));
  for (const [id, listener] of Object.entries(actionListeners)) app.action<ButtonClick['body']>(id, listener(deps));
  for (const [id, listener] of Object.entries(viewListeners)) app.view<ViewSubmission['body']>(id, listener(deps));
  app.event(EVENTS.homeOpened, onHomeOpened(deps));
  app.event(EVENTS.mention, onMention(deps));
  app.event(EVENTS.message, onMessage(deps));
  app.event(EVENTS.uninstalled, onUninstalled(deps, installations));
  app.event(EVENTS.tokensRevoked, onTokensRevoked(deps, installations));
}
