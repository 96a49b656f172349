import { type Draft, messageText } from '../../src/recruit/outreach/draft.ts';
import { type Modal, modal, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, divider, moment, person, section, verbatim } from '../mrkdwn.ts';
import { type CardNotes, envelope, noteBlocks } from './draft-card.ts';

/** Opens the current text; saving makes the next version. */
export function editForm(draft: Draft): Modal {
  return modal(
    'Edit draft',
    [
      textInput('subject', 'Subject', draft.subject, { max: 150 }),
      textInput('body', 'Message', draft.body, {
        multiline: true,
        hint: 'Sent exactly as it stands here, with the footer of the card below it. Saving voids any approval.',
      }),
    ],
    { id: VIEWS.draftEdit, submit: 'Save Version', metadata: JSON.stringify({ draftId: draft.id, version: draft.version }) },
  );
}

const NOTICE_SAID = 'The page to which the footer leads says, for as long as we keep the message:';

/** The last look: what the checker says of it first, then exactly what leaves and to whom. `hash` binds the click to this text. */
export function approveForm(draft: Draft, notes: CardNotes, hash: string, mailReady: boolean): Modal {
  const warning = draft.status === 'unknown' ? [section(':warning: The last attempt may have left. Approving sends it again.')] : [];
  const mail = mailReady ? [] : [section(':warning: No mail server is connected, so this cannot leave until `SMTP_URL` is set.')];
  return modal(
    'Approve and send',
    [
      ...warning,
      ...mail,
      ...noteBlocks(draft, notes),
      section(`This leaves once, to one person, when you press *Approve and Send* and the recipient’s hours allow.\n${envelope(draft)}`),
      divider,
      ...verbatim(messageText(draft)),
      ...(draft.notice ? [divider, context(NOTICE_SAID), ...verbatim(draft.notice)] : []),
      context(
        `Version ${draft.version}. The approval holds for this text${draft.notice ? ' and this page' : ''} only and lapses after 72 hours.`,
      ),
    ],
    { id: VIEWS.draftApprove, submit: 'Approve and Send', metadata: JSON.stringify({ draftId: draft.id, version: draft.version, hash }) },
  );
}

/** What a person reads who clicked after somebody else: the state as it is, and that nothing more was done. */
export function decisionNotice(draft: Draft): string {
  const { approval, decidedBy, decidedAt, status, version } = draft;
  if (approval) return `Decided already: approved by ${person(approval.by)}, ${moment(approval.at)}. Nothing more was done.`;
  if (status === 'rejected' && decidedBy && decidedAt)
    return `Decided already: rejected by ${person(decidedBy)}, ${moment(decidedAt)}. Nothing more was done.`;
  if (status === 'sent') return 'This has been sent already. Nothing more was done.';
  if (status === 'unknown')
    return `This may have left already, so nothing was changed. Look in the sender’s mailbox, then press *${LABELS.markAsSent}* or *${LABELS.itDidNotLeave}*.`;
  return `The card has moved on to version ${version}. Nothing was done; decide on the current version in the thread.`;
}
