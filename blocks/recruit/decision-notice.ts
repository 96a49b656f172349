import type { Draft } from '../../src/recruit/outreach/draft.ts';
import { moment, person } from '../mrkdwn.ts';

/** What a person reads who clicked after somebody else: the state as it is, and that nothing more was done. */
export function decisionNotice(draft: Draft): string {
  const { approval, decidedBy, decidedAt, status, version } = draft;
  if (approval) return `Decided already: approved by ${person(approval.by)}, ${moment(approval.at)}. Nothing more was done.`;
  if (status === 'rejected' && decidedBy && decidedAt)
    return `Decided already: rejected by ${person(decidedBy)}, ${moment(decidedAt)}. Nothing more was done.`;
  if (status === 'sent') return 'This has been sent already. Nothing more was done.';
  if (status === 'unknown')
    return 'This may have left already, so nothing was changed. Look in the sender’s mailbox, then press *Mark as Sent* or *It Did Not Leave*.';
  return `The card has moved on to version ${version}. Nothing was done; decide on the current version in the thread.`;
}
