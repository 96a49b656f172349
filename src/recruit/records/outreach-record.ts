import type { AuditEntry } from '../../programme/audit/audit.ts';
import type { Approval, Draft, DraftKind, DraftStatus, Hold } from '../outreach/draft.ts';
import type { DraftNote } from '../outreach/draft-note.ts';
import type { Reply } from '../replies/reply.ts';

/** Where a message is, as the team asks for it: every draft is in one. `unclear` needs a person; `back` was sent and something came back. */
export const RECORD_STATES = ['waiting', 'approved', 'unclear', 'sent', 'back', 'closed'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

export const STATUSES_OF: Record<RecordState, DraftStatus[]> = {
  waiting: ['writing', 'waiting'],
  approved: ['approved', 'sending'],
  unclear: ['unknown', 'failed'],
  sent: ['sent'],
  back: ['sent'],
  closed: ['rejected'],
};

/** What came back in a thread. */
export const RETURNS = ['reply', 'bounce', 'opt-out', 'complaint'] as const;
export type Return = (typeof RETURNS)[number];

/** One message and what came back in its thread. */
export type OutreachRecord = { draft: Draft; back: Return | null };

/** All there is on one message. `approval` is the last one given, also when it is used up. */
export type RecordDetail = OutreachRecord & { approval: Approval | null; history: AuditEntry[]; replies: Reply[]; hasBytes: boolean };

/** Why a message is where it is: what it waits for, what it is, what came back. `turned-down`: closed by the team without more. */
export type RecordReason =
  | Hold['why']
  | Return
  | DraftKind
  | Exclude<DraftStatus, 'approved' | 'sent' | 'rejected'>
  | 'blocked'
  | 'leaving'
  | 'turned-down'
  | 'other';

/** How many messages are in a state, and of them for each reason; closed ones are told apart by the note on their card. */
export type RecordCount = { state: RecordState; total: number; reasons: { why: RecordReason | DraftNote; count: number }[] };

export function stateOf({ draft, back }: OutreachRecord): RecordState {
  if (draft.status === 'sent' && back) return 'back';
  const state = RECORD_STATES.find((one) => STATUSES_OF[one].includes(draft.status));
  if (!state) throw new Error(`no state for ${draft.status}`);
  return state;
}
