import { z } from 'zod';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { listAudit } from '../../programme/audit/audit-repository.ts';
import { Approval, type Draft } from '../outreach/draft.ts';
import { getDraft } from '../outreach/draft-repository.ts';
import type { OutreachRecord } from '../outreach/outreach-record.ts';
import { findReturn } from '../outreach/outreach-records-repository.ts';
import { findBytes } from '../outreach/sent-bytes-repository.ts';
import type { Reply } from '../replies/reply.ts';
import { listRepliesTo } from '../replies/reply-repository.ts';

/** A message's history is longer only when somebody plays with it. */
const MOST_ENTRIES = 100;

/** All there is on one message. `approval` is the last one given, also when it is used up. */
export type RecordDetail = OutreachRecord & { approval: Approval | null; history: AuditEntry[]; replies: Reply[]; hasBytes: boolean };

/** Refuses `draft-unknown`. `history` is oldest first. */
export async function recordDetail(workspaceId: string, draftId: string): Promise<RecordDetail> {
  const draft = await getDraft(workspaceId, draftId);
  const [back, entries, bytes, approval, replies] = await Promise.all([
    findReturn(workspaceId, draft.threadId),
    listAudit(workspaceId, { subject: `draft:${draftId}` }, MOST_ENTRIES),
    findBytes(draft),
    lastApproval(draft),
    listRepliesTo(workspaceId, [draft]),
  ]);
  return { draft, back, approval, history: entries.toReversed(), replies, hasBytes: bytes !== null };
}

/** Once a message is of unknown fate its approval is used up and gone from the draft; the audit log keeps it. */
export async function lastApproval({ workspaceId, id, approval, messageId }: Draft): Promise<Approval | null> {
  if (approval || !messageId) return approval;
  const [given] = await listAudit(workspaceId, { subject: `draft:${id}`, action: 'draft.approve' }, 1);
  const read = z.object({ approval: Approval }).safeParse(given?.after);
  return read.success ? read.data.approval : null;
}
