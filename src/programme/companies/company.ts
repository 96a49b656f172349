import { z } from 'zod';
import { PartnerType } from '../setup/programme.ts';

/** Where a fact comes from and when it was read. `source` is a place a person can look up: a file and line, a URL, a CRM id. */
export const Origin = z.object({ source: z.string(), at: z.date() });
export type Origin = z.infer<typeof Origin>;

export const SIZE_BANDS = ['1-10', '11-50', '51-500', '500+'] as const;
export const COMPANY_STATUSES = ['Active', 'Acquired', 'Inactive', 'Public'] as const;

/** What is known of a company. Empty text, an empty list and null mean unknown, never "none". */
export const CompanyFacts = z.object({
  name: z.string(),
  website: z.string(),
  oneLiner: z.string(),
  description: z.string(),
  industries: z.array(z.string()),
  tags: z.array(z.string()),
  /** Number of people. At most one of `teamSize` and `sizeBand` is usually given. */
  teamSize: z.number().nullable(),
  sizeBand: z.enum(SIZE_BANDS).nullable(),
  locations: z.array(z.string()),
  /** Year. */
  founded: z.number().nullable(),
  status: z.enum(COMPANY_STATUSES).nullable(),
  aliases: z.array(z.string()),
  /** Products the company says its own works with. No file has this or the next: they are read on the web. */
  integrations: z.array(z.string()).optional(),
  /** Address of the page where it speaks to partners. */
  partnerPage: z.string().optional(),
});
export type CompanyFacts = z.infer<typeof CompanyFacts>;
export type FactName = keyof CompanyFacts;

export const NOTHING_KNOWN: CompanyFacts = {
  name: '',
  website: '',
  oneLiner: '',
  description: '',
  industries: [],
  tags: [],
  teamSize: null,
  sizeBand: null,
  locations: [],
  founded: null,
  status: null,
  aliases: [],
};

/** Why a person said no. After `no-contact` nothing is sent to the company until an admin takes it back. */
export const REJECTION_REASONS = [
  'wrong-market',
  'wrong-kind',
  'too-small',
  'too-large',
  'competitor',
  'known-already',
  'no-contact',
  'other',
] as const;
export const RejectionReason = z.enum(REJECTION_REASONS);
export type RejectionReason = z.infer<typeof RejectionReason>;

/** How a company stood when it was decided on: the type it was judged as, and the share (0–1) of each criterion that was known. The
 *  weights of the fit score are learned from it, whatever is imported later. */
export const Snapshot = z.object({ type: PartnerType, shares: z.record(z.string(), z.number().min(0).max(1)) });
export type Snapshot = z.infer<typeof Snapshot>;

/** What the team last decided about a candidate. `snapshot` is absent when it was decided before set-up was done. */
export const CompanyDecision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pursued'), snapshot: Snapshot.optional(), by: z.string(), at: z.date() }),
  z.object({
    kind: z.literal('not-fit'),
    reason: RejectionReason,
    note: z.string(),
    snapshot: Snapshot.optional(),
    by: z.string(),
    at: z.date(),
  }),
  z.object({ kind: z.literal('later'), until: z.date(), snapshot: Snapshot.optional(), by: z.string(), at: z.date() }),
  /** They agreed: from here on they are left out wherever partners are. */
  z.object({ kind: z.literal('partner'), snapshot: Snapshot.optional(), by: z.string(), at: z.date() }),
]);
export type CompanyDecision = z.infer<typeof CompanyDecision>;

/** Nothing is sent to the company until an admin takes it back. */
export function isOptOut(decision: CompanyDecision | null): boolean {
  return decision?.kind === 'not-fit' && decision.reason === 'no-contact';
}

export const STAGE_STATES = [
  'new',
  'drafted',
  'waiting',
  'leaving',
  'sent',
  'answered',
  'later',
  'turned-down',
  'silenced',
  'partner',
] as const;
export const StageState = z.enum(STAGE_STATES);
export type StageState = z.infer<typeof StageState>;

/** Where a company stands in the pipeline: one word for every card, list and search. A consequence of decisions, silence and outreach, written
 *  after each of them; nothing that is sent asks it. */
export const CompanyStage = z.object({
  state: StageState,
  /** Since when. */
  at: z.date(),
  /** Who decided or started it: a Slack user id, `system`, `recipient`; empty for nobody. */
  by: z.string(),
  /** More of the same: what was answered, why it was turned down or silenced; empty for nothing. */
  how: z.string(),
  /** For `later`. */
  until: z.date().nullable(),
  /** The message in Slack that shows it, as posts are named: `draft:<id>`, `reply:<id>`; empty for none. */
  post: z.string(),
  /** Rises with every change. */
  rev: z.number().int(),
});
export type CompanyStage = z.infer<typeof CompanyStage>;

/** A candidate company of one workspace; one per registrable domain. */
export const Company = CompanyFacts.extend({
  id: z.string(),
  workspaceId: z.string(),
  /** Registrable domain in lower case, such as `example.co.uk`; punycode where it has other letters. */
  domain: z.string(),
  /** Origin of every fact that `origins` does not name. */
  origin: Origin,
  /** Facts that a later row or import changed have their own origin here. */
  origins: z.partialRecord(CompanyFacts.keyof(), Origin),
  decision: CompanyDecision.nullable(),
  /** Absent while nothing has happened: the company is new. */
  stage: CompanyStage.optional(),
  createdAt: z.date(),
  /** Last change of a fact; decisions carry their own time. */
  updatedAt: z.date(),
});
export type Company = z.infer<typeof Company>;

/** Evidence older than this says what was, not what is. */
export const FRESH_DAYS = 180;
const DAY_MS = 86_400_000;

/** Whether a fact is too old to be counted as known. */
export function isStale({ at }: Pick<Origin, 'at'>, now: Date): boolean {
  return now.getTime() - at.getTime() > FRESH_DAYS * DAY_MS;
}
