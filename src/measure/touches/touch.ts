import { z } from 'zod';
import { DealRole } from '../../manage/deals/deal.ts';

/** What a partner did for a sale. `registration` is one that was approved; `influence` was noted in the CRM by a seller. */
export const TOUCH_TYPES = [
  'referral-click',
  'referral-accepted',
  'registration',
  'introduction',
  'demo',
  'co-sell-meeting',
  'event',
  'influence',
  'implementation',
] as const;
export const TouchType = z.enum(TOUCH_TYPES);
export type TouchType = z.infer<typeof TouchType>;

/** What a person can note. Clicks and registrations come by themselves. */
export const NOTED_TYPES = [
  'introduction',
  'demo',
  'co-sell-meeting',
  'event',
  'influence',
  'implementation',
  'referral-accepted',
] as const satisfies TouchType[];
export type NotedType = (typeof NOTED_TYPES)[number];

/** These begin a sale: whoever has the first one in time sourced it. */
export const ORIGINS: ReadonlySet<TouchType> = new Set(['referral-accepted', 'registration']);

/** One thing that a partner did, for good: append-only, as the ledger. */
export const Touch = z.object({
  workspaceId: z.string(),
  /** What it comes from, such as `deal:ID:approved`: the same source is recorded once. */
  source: z.string().min(1).max(200),
  saleId: z.string(),
  partnerId: z.string(),
  type: TouchType,
  /** What the partner does in the sale. */
  role: DealRole,
  /** When it happened. */
  at: z.date(),
  /** When it was claimed, by server time (of a registration, when it was submitted): what the claim deadline looks at. */
  recordedAt: z.date(),
  /** A Slack user id, `contact:` and an id, or what runs by itself: `crm`, `link`. */
  by: z.string(),
  /** In words, what says so. */
  evidence: z.string(),
  /** Whoever let a claim count that came after the deadline, and why; it stays marked for ever. Null where nobody did. */
  lateOverride: z.object({ by: z.string(), because: z.string().min(1), at: z.date() }).nullable(),
});
export type Touch = z.infer<typeof Touch>;
