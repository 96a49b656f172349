import type { AuditEntry } from '../../programme/audit/audit.ts';
import type { Approval, Draft, DraftStatus } from '../outreach/draft.ts';
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
export const RETURNS = ['reply', 'bounce', 'opt-out'] as const;
export type Return = (typeof RETURNS)[number];

/** One message and what came back in its thread. */
export type OutreachRecord = { draft: Draft; back: Return | null };

/** All there is on one message. `approval` is the last one given, also when it is used up. */
export type RecordDetail = OutreachRecord & { approval: Approval | null; history: AuditEntry[]; replies: Reply[]; hasBytes: boolean };

/** How many messages are in a state, and of them for each reason; `why` is a code or, where the state is `closed`, the note on the card. */
export type RecordCount = { state: RecordState; total: number; reasons: { why: string; count: number }[] };

export function stateOf({ draft, back }: OutreachRecord): RecordState {
  if (draft.status === 'sent' && back) return 'back';
  const state = RECORD_STATES.find((one) => STATUSES_OF[one].includes(draft.status));
  if (!state) throw new Error(`no state for ${draft.status}`);
  return state;
}
