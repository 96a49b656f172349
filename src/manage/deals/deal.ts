import { z } from 'zod';
import { PartnerType } from '../../programme/setup/programme.ts';
import { Check } from '../conflicts/check.ts';

/** `submitted` waits for its review, `in-review` is with somebody, `needs-info` waits for the partner's answer; `approved` is protected. The rest are
 *  ends; a rejected one may be appealed once. */
export const DEAL_STATUSES = [
  'draft',
  'submitted',
  'in-review',
  'needs-info',
  'approved',
  'rejected',
  'won',
  'lost',
  'expired',
  'withdrawn',
  'revoked',
] as const;
export const DealStatus = z.enum(DEAL_STATUSES);
export type DealStatus = z.infer<typeof DealStatus>;
/** Of a deal that is submitted. */
export type DealState = Exclude<DealStatus, 'draft'>;
export const DEAL_STATES = DEAL_STATUSES.filter((status): status is DealState => status !== 'draft');

/** Somebody decides on these next. */
export const OPEN_STATES = ['submitted', 'in-review', 'needs-info'] as const satisfies DealState[];
/** These hold the account: nobody else gets it meanwhile. */
export const HOLDING_STATES = [...OPEN_STATES, 'approved'] as const satisfies DealState[];

/** Lists of deals that somebody asks for: all, not decided yet, to be reviewed, protected, protected for a short
 *  time only, over, or what this person looks after. */
export const DEALS_VIEWS = ['all', 'open', 'review', 'protected', 'expiring', 'ended', 'mine'] as const;
export const DealsView = z.enum(DEALS_VIEWS);
export type DealsView = z.infer<typeof DealsView>;

/** What can happen to a submitted deal: from which states, to which one. `extend` leaves the state as it is. */
export const DEAL_MOVES = {
  take: { from: ['submitted', 'in-review'], to: 'in-review' },
  ask: { from: ['submitted', 'in-review'], to: 'needs-info' },
  answer: { from: ['needs-info'], to: 'in-review' },
  approve: { from: OPEN_STATES, to: 'approved' },
  reject: { from: OPEN_STATES, to: 'rejected' },
  appeal: { from: ['rejected'], to: 'in-review' },
  withdraw: { from: HOLDING_STATES, to: 'withdrawn' },
  win: { from: ['approved'], to: 'won' },
  lose: { from: ['approved'], to: 'lost' },
  expire: { from: ['approved'], to: 'expired' },
  revoke: { from: ['approved'], to: 'revoked' },
  extend: { from: ['approved'], to: 'approved' },
} as const satisfies Record<string, { from: readonly DealState[]; to: DealState }>;
export type DealMove = keyof typeof DEAL_MOVES;

export function isAllowed(status: DealState, move: DealMove): boolean {
  return DEAL_MOVES[move].from.some((from) => from === status);
}

/** Each registration that the check turns away says a little of what others have. So many of one partner in so many days are no accident: a person is to
 *  be asked first. */
export const MOST_TURNED_AWAY = 10;
export const TURNED_AWAY_DAYS = 30;

export const MOVES = ['submit', ...(Object.keys(DEAL_MOVES) as DealMove[])] as const;

/** Why somebody said no, or took a protection back. Source: the grounds that published programmes give. */
export const REJECTION_CODES = [
  'already-engaged',
  'registered-before',
  'not-qualified',
  'below-minimum',
  'not-authorised',
  'tender',
  'incomplete',
  'no-activity',
  'other',
] as const;
export const RejectionCode = z.enum(REJECTION_CODES);
export type RejectionCode = z.infer<typeof RejectionCode>;

/** One step of a deal's history; the first is `submit`. */
export const DealEvent = z.object({
  move: z.enum(MOVES),
  from: DealStatus,
  to: DealStatus,
  /** A Slack user id, `contact:` and an id, `rule` for the conflict check, `system` for the calendar, `crm:` and the owner there. */
  by: z.string(),
  byName: z.string(),
  at: z.date(),
  /** A conflict's or a rejection's code; empty for none. */
  code: z.string(),
  /** A question, an answer, a reason: what the partner reads too. */
  words: z.string(),
  /** Until when it was protected, and is now; null where the move changes nothing of it. */
  protectedBefore: z.date().nullable(),
  protectedUntil: z.date().nullable(),
});
export type DealEvent = z.infer<typeof DealEvent>;

/** What a partner does in a deal. Source: domain rules on several partners in one sale. */
export const DEAL_ROLES = ['source', 'refer', 'influence', 'resell', 'implement', 'service'] as const;
export const DealRole = z.enum(DEAL_ROLES);
export type DealRole = z.infer<typeof DealRole>;

/** A partner that has a part in somebody else's registration, each once. `seesOthers`: whether it may see who else has; only a manager says so. */
export const DealPart = z.object({ partnerId: z.string(), role: DealRole, seesOthers: z.boolean().default(false) });
export type DealPart = z.infer<typeof DealPart>;

/** What was changed of a deal beside its state: who got, changed or lost a part, and that more time was asked for. */
export const DEAL_CHANGES = ['part-given', 'part-changed', 'part-removed', 'time-asked', 'sale-other'] as const;
export const DealNote = z.object({
  what: z.enum(DEAL_CHANGES),
  by: z.string(),
  byName: z.string().default(''),
  at: z.date(),
  /** Of a part. */
  partnerId: z.string().nullable().default(null),
  role: DealRole.nullable().default(null),
});
export type DealNote = z.infer<typeof DealNote>;

/** A closed sale in the CRM on its account, of which a colleague is asked whether it is this deal: not answered yet, this one, or another. */
export const SALE_ANSWERS = ['open', 'this', 'other'] as const;
export const DealSale = z.object({
  /** The opportunity's id in the mirror. */
  id: z.string(),
  answer: z.enum(SALE_ANSWERS),
  /** Who answered; empty until then. */
  by: z.string(),
});
export type DealSale = z.infer<typeof DealSale>;

/** Something done for the customer, told by whoever did it. */
export const DealActivity = z.object({
  by: z.string(),
  byName: z.string(),
  at: z.date(),
  words: z.string(),
  /** By a colleague: the partner does not read it. */
  isTeam: z.boolean().default(false),
});
export type DealActivity = z.infer<typeof DealActivity>;

/** `open` waits for a manager; `left`: the protection ends when it was to end. */
export const EXTENSION_ANSWERS = ['open', 'granted', 'left'] as const;
export const DealExtension = z.object({
  answer: z.enum(EXTENSION_ANSWERS),
  by: z.string(),
  byName: z.string(),
  at: z.date(),
});
export type DealExtension = z.infer<typeof DealExtension>;

export const Money = z.object({ minor: z.number().int().nonnegative(), currency: z.string() });

/** One product of a deal. */
export const DealLine = z.object({ product: z.string(), quantity: z.number().positive(), value: Money.nullable() });
export type DealLine = z.infer<typeof DealLine>;

/** A field's name, as the form and the workspace's own questions have them. */
const NAME = /^[a-z][a-zA-Z0-9-]{0,60}$/;
/** Neither Slack nor the page takes longer forms. */
const LONGEST_KEPT = 40_000;

/** As somebody typed it, finished or not, by field. What is no field's is left out. */
export const TypedDeal = z.record(z.string(), z.unknown()).transform((typed) => {
  const said = Object.entries(typed).flatMap(([name, text]) =>
    NAME.test(name) && typeof text === 'string' ? [[name, text] as const] : [],
  );
  return Object.fromEntries(said.slice(0, 50).map(([name, text]) => [name, text.slice(0, LONGEST_KEPT)]));
});
export type TypedDeal = z.infer<typeof TypedDeal>;

const whose = {
  id: z.string(),
  workspaceId: z.string(),
  partnerId: z.string(),
  /** Who entered it: a Slack user id, or `contact:` and the id of somebody who came by mail. */
  by: z.string(),
  createdAt: z.date(),
};

/** A form that was begun; its owner alone sees it again. */
export const DealDraft = z.object({ ...whose, status: z.literal('draft'), typed: TypedDeal });
export type DealDraft = z.infer<typeof DealDraft>;

/** A partner's claim on one customer. */
export const Deal = z.object({
  ...whose,
  status: DealStatus.exclude(['draft']),
  /** Rises with every change: the filter of the next one. */
  rev: z.number().int().default(0),
  /** The name of whoever entered it, where it is known. */
  byName: z.string(),
  company: z.string(),
  /** The customer's registrable domain; null while nobody knows it. */
  domain: z.string().nullable(),
  /** The domain, or the place of a unit in it as it was given: `health.example.com`, `example.com/nl`. */
  site: z.string().default(''),
  /** Further domains and names of the customer, from the companies that are known. */
  aliases: z.array(z.string()).default([]),
  /** ISO 3166-1 alpha-2. */
  country: z.string().nullable(),
  value: Money.nullable(),
  /** A day, as `2027-03-31`. */
  closeOn: z.string().nullable(),
  /** Empty for none. */
  note: z.string(),
  /** Answers to the workspace's own questions, by their id, as they are shown. */
  extra: z.record(z.string(), z.string()).default({}),
  lines: z.array(DealLine).default([]),
  /** Server time: the first to register wins. */
  submittedAt: z.date(),
  /** Null until the check has run. */
  check: Check.nullable().default(null),
  history: z.array(DealEvent).default([]),
  /** Changes that are no move, for the history that people read. */
  notes: z.array(DealNote).default([]),
  sales: z.array(DealSale).default([]),
  activities: z.array(DealActivity).default([]),
  /** Who has it; empty until somebody took it. */
  reviewer: z.string().default(''),
  /** When the review should be done; null when nothing waits for it. */
  dueAt: z.date().nullable().default(null),
  /** When most of that time is over. */
  escalateAt: z.date().nullable().default(null),
  /** When the owner and the reviewers were told that it is. */
  escalatedAt: z.date().nullable().default(null),
  approvedAt: z.date().nullable().default(null),
  protectedUntil: z.date().nullable().default(null),
  /** Which notices about its protection have gone out to both sides, by `Notice.id`. */
  notices: z.array(z.string()).default([]),
  /** When the next of them may be due: then somebody looks. Null when none is to come. */
  noticeAt: z.date().nullable().default(null),
  /** More time that the partner asked for, once; null until then. */
  extension: DealExtension.nullable().default(null),
  appealedAt: z.date().nullable().default(null),
  /** The day on which it was won or lost, as `2027-03-31`, by whoever closed it or by the CRM; null where nobody said. */
  closedOn: z.string().nullable().default(null),
  /** Who else has a part in it, and which; the one that registered it is not among them. */
  partners: z.array(DealPart).default([]),
  /** What the registering partner does. */
  role: DealRole.default('source'),
  /** The type of partner that the form was for; null for deals from before. */
  partnerType: PartnerType.nullable().default(null),
  /** Since when a move waits to be shown on its card and to the partner; null when all is shown. */
  showDue: z.date().nullable().default(null),
  /** When the owner was told; null until then. */
  announcedAt: z.date().nullable(),
});
export type Deal = z.infer<typeof Deal>;

/** Whether the account is this deal's, at this time. */
export function isProtected({ status, protectedUntil }: Pick<Deal, 'status' | 'protectedUntil'>, at: Date): boolean {
  return status === 'approved' && protectedUntil !== null && protectedUntil > at;
}

/** The latest thing that somebody did about it. */
export function lastActivityAt({ activities, history, submittedAt }: Pick<Deal, 'activities' | 'history' | 'submittedAt'>): Date {
  const times = [...activities.map(({ at }) => at), ...history.map(({ at }) => at), submittedAt];
  return new Date(Math.max(...times.map(Number)));
}

/** What a deal's history says last of a move; null when it never was. */
export function lastOf({ history }: Pick<Deal, 'history'>, move: DealMove): DealEvent | null {
  return history.findLast((event) => event.move === move) ?? null;
}

/** When it ended: the start of the day that was said, where that is not the day on which it was noted. Null while it has not. */
export function endedAt({ status, history, closedOn }: Pick<Deal, 'status' | 'history' | 'closedOn'>): Date | null {
  if (HOLDING_STATES.some((state) => state === status)) return null;
  const noted = history.at(-1)?.at ?? null;
  return closedOn && noted?.toISOString().slice(0, 10) !== closedOn ? new Date(closedOn) : noted;
}
