/** Every rule a person can run into. `blocks/refusals.ts` holds one sentence for each. */
export type RefusalCode =
  | 'internal-only'
  | 'person-unchecked'
  | 'role-needed'
  | 'last-admin'
  | 'person-external'
  | 'owner-external'
  | 'reader-external'
  | 'setup-incomplete'
  | 'channel-shared'
  | 'channel-unreachable'
  | 'channel-unclear'
  | 'channel-of-team'
  | 'channel-of-partner'
  | 'partner-unknown'
  | 'partner-exists'
  | 'partner-ended'
  | 'partner-moved-on'
  | 'partner-only'
  | 'partner-notes-full'
  | 'account-held'
  | 'deal-moved-on'
  | 'deal-appealed'
  | 'deal-sale-gone'
  | 'deal-unasked'
  | 'rules-changed'
  | 'deal-unknown'
  | 'sale-unknown'
  | 'day-to-come'
  | 'touch-in-time'
  | 'deal-form-full'
  | 'fields-full'
  | 'field-unknown'
  | 'deal-limit'
  | 'deals-turned-away'
  | 'plan-moved-on'
  | 'cap-below-plan'
  | 'revenue-unknown'
  | 'cost-unknown'
  | 'quarter-unknown'
  | 'qbr-shared'
  | 'refund-too-large'
  | 'link-not-for'
  | 'link-unknown'
  | 'link-code-wrong'
  | 'link-code-taken'
  | 'link-target-elsewhere'
  | 'coupon-wrong'
  | 'coupon-taken'
  | 'flag-settled'
  | 'flag-in-payout'
  | 'conversion-unknown'
  | 'extension-refused'
  | 'share-refused'
  | 'setting-missing'
  | 'crm-columns-missing'
  | 'second-person-needed'
  | 'payout-unknown'
  | 'payout-nothing'
  | 'payout-outdated'
  | 'payout-refunded'
  | 'rate-known'
  | 'rate-to-come'
  | 'rate-published'
  | 'payout-moved-on'
  | 'payout-second-needed'
  | 'payout-other-needed'
  | 'other-person-needed'
  | 'agreement-unknown'
  | 'agreement-replaced'
  | 'terms-unreadable'
  | 'file-not-sent'
  | 'course-unknown'
  | 'course-exists'
  | 'course-changed'
  | 'course-full'
  | 'course-empty'
  | 'course-unread'
  | 'tries-spent'
  | 'partner-person-known'
  | 'person-left'
  | 'too-many-links'
  | 'domain-needed'
  | 'step-unknown'
  | 'step-settled-by'
  | 'step-cycle'
  | 'template-full'
  | 'template-moved-on'
  | 'invitation-open'
  | 'invitation-unknown'
  | 'invitation-moved-on'
  | 'company-is-partner'
  | 'company-unknown'
  | 'company-gated'
  | 'company-closed'
  | 'company-decided'
  | 'address-closed'
  | 'address-suppressed'
  | 'country-blocked'
  | 'header-coded'
  | 'contact-follows'
  | 'contact-named'
  | 'suppression-unknown'
  | 'target-unclear'
  | 'files-not-granted'
  | 'draft-lapsed'
  | 'draft-unknown'
  | 'draft-no-other-text'
  | 'draft-moved-on'
  | 'style-full'
  | 'reply-unknown'
  | 'thread-unknown'
  | 'file-unreadable'
  | 'word-needed'
  | 'digest-of-another-day'
  | 'trigger-expired'
  | 'press-outdated'
  | 'too-busy'
  | 'research-needs-key'
  | 'research-running'
  | 'research-unknown'
  | 'workspace-unknown';

/** The rules say no: expected, safe to show to the person who asked. Anything else thrown is a bug or an outage. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** Values for the sentence; never secrets. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: RefusalCode, details: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(`refused: ${code}`, options);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** The model's endpoint wants to be left alone for `waitMs`. */
export class ModelBusy extends Error {
  readonly waitMs: number;

  constructor(waitMs: number, options?: ErrorOptions) {
    super('the model is busy', options);
    this.name = 'ModelBusy';
    this.waitMs = waitMs;
  }
}

/** The model answered, and not in the shape it was asked for. */
export class AnswerUnfit extends Error {}

/** MongoDB's answer when a unique index kept a double out; every other write error is a fault. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}

/** What an operator asked for cannot be done as typed. The message is a sentence that says what to change; exit code 2. */
export class CommandError extends Error {}
