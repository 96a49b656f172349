import { z } from 'zod';
import { CRM_OBJECTS, CRM_SOURCES } from './crm-record.ts';

/** What a reading came to; `unread` are records that could not be read. */
export const Totals = z.object({ read: z.number(), added: z.number(), changed: z.number(), deleted: z.number(), unread: z.number() });
export type Totals = z.infer<typeof Totals>;
export const NO_TOTALS: Totals = { read: 0, added: 0, changed: 0, deleted: 0, unread: 0 };

/** A reading of one kind that is under way: since when it reads, and how far it got. */
const Round = z.object({ startedAt: z.date(), since: z.date().nullable(), cursor: z.string().nullable(), totals: Totals });
export type Round = z.infer<typeof Round>;
/** `watermark`: what changed up to then is on file. */
const Read = z
  .object({
    watermark: z.date().nullable().default(null),
    doneAt: z.date().nullable().default(null),
    totals: Totals.default(NO_TOTALS),
    round: Round.nullable().default(null),
  })
  .prefault({});

export const SYNC_PROBLEMS = ['busy', 'down', 'refused', 'fields'] as const;
export const CrmSync = z.object({
  workspaceId: z.string(),
  source: z.enum(CRM_SOURCES),
  owners: Read,
  accounts: Read,
  opportunities: Read,
  /** The kinds that the run under way has still to read; empty between two runs. */
  pending: z.array(z.enum(CRM_OBJECTS)),
  problem: z.object({ code: z.enum(SYNC_PROBLEMS), at: z.date() }).nullable(),
  /** Times in a row that it failed. */
  failures: z.number(),
  notBefore: z.date().nullable(),
  /** Who asked to be shown the run, and the name of the message. */
  watchers: z.array(z.object({ userId: z.string(), key: z.string() })),
});
/** How far a workspace has read one CRM. */
export type CrmSync = z.infer<typeof CrmSync>;
