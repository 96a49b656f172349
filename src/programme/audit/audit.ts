import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** One line of the append-only record: who did what to which thing, when (UTC), and what it was before and after. */
export const AuditEntry = z.object({
  id: z.string(),
  workspaceId: z.string(),
  at: z.date(),
  /** A Slack user id, `system` for a rule that acted by itself, `cli:` and the login name for an operator. */
  by: z.string(),
  /** `noun.verb`; a refused attempt ends in `-refused`. */
  action: z.string(),
  /** The thing it happened to, as `noun:id`. */
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
/** `id` is given where the same event could be recorded twice, by a job that runs again. */
export type NewAuditEntry = Omit<AuditEntry, 'id' | 'before' | 'after'> & { id?: string; before?: unknown; after?: unknown };

export function auditEntry(entry: NewAuditEntry): AuditEntry {
  return { id: randomUUID(), ...entry, before: entry.before ?? null, after: entry.after ?? null };
}
