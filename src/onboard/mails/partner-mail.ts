import { z } from 'zod';

/** `open` waits to be sent, `claimed` is in one worker's hands, `handed-over` is with the mail server. `withheld` was not sent because it may not be;
 *  of `unknown` nobody can tell whether it left, and it is not tried again. */
export const MAIL_STATUSES = ['open', 'claimed', 'handed-over', 'sent', 'failed', 'withheld', 'unknown'] as const;

/** A step that waits for whoever reads the mail: until which day, and how many working days late it is. */
export const MailedStep = z.object({ title: z.string(), dueOn: z.string(), late: z.number() });
export type MailedStep = z.infer<typeof MailedStep>;

/** What a partner is told of a deal that it registered. */
export const DEAL_OUTCOMES = ['ask', 'approve', 'reject'] as const;

/** The fixed templates, each with what is put into it; `mail-words.ts` has the words. */
export type TemplateValues = {
  'page-link': { url: string; minutes: string };
  reminder: { url: string; partner: string; steps: readonly MailedStep[] };
  deal: { url: string; customer: string; outcome: (typeof DEAL_OUTCOMES)[number] };
  /** `until`: the day the protection ends, or ended, as `2027-02-26`; empty where it does not matter. `because`: a reason in somebody's words. */
  'deal-news': { url: string; partner: string; customer: string; news: DealNews; until: string; because: string };
  /** `part`: what the partner does there, in words. */
  'deal-part': { url: string; partner: string; customer: string; part: string };
  /** `day`: on which it was marked as paid, `2027-02-26`. `isBack`: that was taken back. */
  payout: { url: string; partner: string; sum: string; day: string; reference: string; isBack: boolean };
};
/** What a partner is told of a deal by mail. */
export const DEAL_NEWS = [
  'warned',
  'stalled',
  'extended',
  'left',
  'expired',
  'revoked',
  'partnership-ended',
  'withdrawn',
  'won',
  'lost',
] as const;
export type DealNews = (typeof DEAL_NEWS)[number];
export type PartnerTemplate = keyof TemplateValues;
/** Those that say what the partner's channel says, where there is one. */
export type NewsTemplate = 'deal' | 'deal-news' | 'deal-part' | 'payout';
export const PARTNER_TEMPLATES = [
  'page-link',
  'reminder',
  'deal',
  'deal-news',
  'deal-part',
  'payout',
] as const satisfies readonly PartnerTemplate[];

/** One mail to a partner's own person. What it said is not kept: a link in it is a key. */
export const PartnerMail = z.object({
  id: z.string(),
  workspaceId: z.string(),
  /** Once in a workspace: what is asked for twice under one key leaves once. */
  key: z.string(),
  partnerId: z.string(),
  contactId: z.string(),
  template: z.enum(PARTNER_TEMPLATES),
  status: z.enum(MAIL_STATUSES),
  /** The codes of what the mail server said, without its words, or the code of what held it back; empty while it goes well. */
  reason: z.string(),
  askedAt: z.date(),
  changedAt: z.date(),
  /** When the owner was told that it did not leave, or may not have. */
  toldAt: z.date().nullable(),
});
export type PartnerMail = z.infer<typeof PartnerMail>;
