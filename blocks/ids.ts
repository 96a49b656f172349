/** Every name that Slack sends back to us, written once. `manifest.yml` and `src/slack/index.ts` are tested against these. */
export const COMMANDS = { partners: '/partners' } as const;

export const ACTIONS = {
  setupOpen: 'setup.open',
  importOpen: 'import.open',
  digestMore: 'digest.more',
  listNext: 'list.next',
  listBack: 'list.back',
  companyDetails: 'company.details',
  companyDraft: 'company.draft',
  companyReject: 'company.reject',
  companyLater: 'company.later',
  companyReconsider: 'company.reconsider',
  draftApprove: 'draft.approve',
  draftEdit: 'draft.edit',
  draftReject: 'draft.reject',
  draftContact: 'draft.contact',
  draftRelease: 'draft.release',
  draftTakeBack: 'draft.take-back',
  draftMarkSent: 'draft.mark-sent',
  replyAnswer: 'reply.answer',
  replyPartner: 'reply.partner',
  replyLater: 'reply.later',
  replySilencePerson: 'reply.silence-person',
  replySilenceCompany: 'reply.silence-company',
  replyCorrect: 'reply.correct',
  replyShow: 'reply.show',
  researchCancel: 'research.cancel',
  weightsOpen: 'weights.open',
  weightsFreeze: 'weights.freeze',
  weightsUnfreeze: 'weights.unfreeze',
  weightsReset: 'weights.reset',
  readingOpen: 'reading.open',
  whyOpen: 'why.open',
} as const;
export type ActionId = (typeof ACTIONS)[keyof typeof ACTIONS];

export const VIEWS = {
  setup: 'setup.save',
  roles: 'role.change',
  import: 'import.read',
  importConfirm: 'import.start',
  companyReject: 'company.reject',
  contact: 'contact.save',
  draftApprove: 'draft.approve',
  draftEdit: 'draft.edit',
  replyCorrect: 'reply.correct',
  weights: 'weights.set',
  reading: 'reading.correct',
  why: 'why.ask',
} as const;
export type ViewId = (typeof VIEWS)[keyof typeof VIEWS];

export const EVENTS = {
  homeOpened: 'app_home_opened',
  mention: 'app_mention',
  message: 'message',
  uninstalled: 'app_uninstalled',
  tokensRevoked: 'tokens_revoked',
} as const;
