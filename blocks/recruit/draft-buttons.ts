import type { Button, KnownBlock } from '@slack/types';
import { DECIDABLE, type Draft } from '../../src/recruit/outreach/draft.ts';
import { judgeContact } from '../../src/recruit/policy/judge-contact.ts';
import { notAFit } from '../discover/company-card.ts';
import { actions, button, text } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { LABELS } from '../labels.ts';

const RELEASE = {
  title: text('Send it now?'),
  text: text('It leaves at once, whatever hours, caps or retries it waits for. It is recorded that you said so.', 300),
  confirm: text('Send Now'),
  deny: text('Leave It'),
};

const NOT_SENT = {
  title: text('It is not there?'),
  text: text('You looked in the sender’s mailbox and it is not among the sent mails. You can change it then, and approve it again.', 300),
  confirm: text(LABELS.itDidNotLeave),
  deny: text('Look Again'),
};

const REWRITE = {
  title: text('Replace the edits?'),
  text: text('Somebody changed this text by hand. The next version is written anew, without these changes.', 300),
  confirm: text('Replace Them'),
  deny: text('Keep Them'),
};

/** What a click on the card says it saw: `draftId|version`. */
function seenValue({ id, version }: Pick<Draft, 'id' | 'version'>): string {
  return `${id}|${version}`;
}

/** What is open to whoever decides. `lapsed`: the text holds no more, so it can only be written again, edited or turned down. */
export function draftButtons(draft: Draft, lapsed: boolean): KnownBlock[] {
  const seen = seenValue(draft);
  const row = `draft:${draft.id}:${draft.version}:${draft.status}`;
  const no = notAFit({ id: draft.companyId, name: draft.companyName });
  // The card of their mail offers another answer.
  if (draft.status === 'rejected' && draft.kind === 'answer') return [actions(row, no)];
  if (draft.status === 'rejected') return [actions(row, button(ACTIONS.companyDraft, 'Start Again', draft.companyId), no)];
  if (draft.status === 'sent') return [actions(row, no)];
  if (draft.status === 'approved' && draft.hold) {
    const release = button(ACTIONS.draftRelease, 'Send Now', `${seen}|${draft.attempts}`, { confirm: RELEASE });
    const mayRelease = draft.hold.why !== 'touch-distance';
    return [actions(row, ...(mayRelease ? [release] : []), button(ACTIONS.draftTakeBack, 'Take Back Approval', seen))];
  }
  if (!(DECIDABLE as readonly string[]).includes(draft.status)) return [];
  const approve = judgeContact(draft.contact).allowed && !lapsed;
  if (draft.status === 'unknown') return [actions(row, ...lookFirst(seen, approve))];
  return [
    actions(
      row,
      ...(approve ? [button(ACTIONS.draftApprove, 'Approve', seen, { style: 'primary' })] : []),
      button(ACTIONS.draftEdit, LABELS.edit, seen),
      button(ACTIONS.draftContact, LABELS.contact, seen),
      button(ACTIONS.draftReject, LABELS.reject, seen),
    ),
    ...rewriteRow(draft, lapsed),
  ];
}

/** What may have left is changed only after somebody has said that it did not; to send it again is not what is likeliest right. */
function lookFirst(seen: string, approve: boolean): Button[] {
  return [
    button(ACTIONS.draftMarkSent, LABELS.markAsSent, seen),
    button(ACTIONS.draftMarkNotSent, LABELS.itDidNotLeave, seen, { confirm: NOT_SENT }),
    ...(approve ? [button(ACTIONS.draftApprove, 'Approve Again', seen)] : []),
    button(ACTIONS.draftReject, LABELS.reject, seen),
  ];
}

/** How the text could be written otherwise. */
function rewriteRow(draft: Draft, lapsed: boolean): KnownBlock[] {
  const seen = seenValue(draft);
  const more: Partial<Button> = draft.editedBy ? { confirm: REWRITE } : {};
  const row = `rewrite:${draft.id}:${draft.version}:${draft.status}`;
  if (lapsed) return [actions(row, button(ACTIONS.draftAgain, LABELS.writeAgain, seen, more))];
  return [
    actions(
      row,
      button(ACTIONS.draftShorter, 'Shorter', seen, more),
      button(ACTIONS.draftWarmer, 'Warmer', seen, more),
      ...(draft.kind === 'answer' ? [] : [button(ACTIONS.draftAngle, 'Another Angle', seen, more)]),
    ),
  ];
}
