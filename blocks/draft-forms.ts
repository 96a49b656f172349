import type { Contact, Draft } from '../src/outreach/draft.ts';
import { envelope } from './draft-card.ts';
import { input, type Modal, modal, text, textInput } from './elements.ts';
import { VIEWS } from './ids.ts';
import { context, divider, escaped, moment, plain, section, verbatim } from './mrkdwn.ts';

/** Asks whom to write to. `before` is the message that has left already, with the way to it. */
export function contactForm(company: { id: string; name: string }, before: { contact: Contact; at: Date; where: string } | null): Modal {
  const earlier = before
    ? [
        section(
          `:information_source: ${escaped(before.contact.name)} was written to ${moment(before.at)}. ${before.where} This starts another message.`,
        ),
      ]
    : [];
  return modal(
    'Draft outreach',
    [
      ...earlier,
      section(`Who at *${plain(company.name)}* should this go to? You read and approve the text before anything leaves.`),
      ...contactInputs(before?.contact ?? null),
    ],
    { id: VIEWS.contact, submit: 'Write Draft', metadata: JSON.stringify({ companyId: company.id }) },
  );
}

/** Opens the current text; saving makes the next version. */
export function editForm(draft: Draft): Modal {
  return modal(
    'Edit draft',
    [
      ...contactInputs(draft.contact),
      textInput('subject', 'Subject', draft.subject, { max: 150 }),
      textInput('body', 'Message', draft.body, { multiline: true, hint: 'Sent exactly as it stands here. Saving voids any approval.' }),
    ],
    { id: VIEWS.draftEdit, submit: 'Save Version', metadata: JSON.stringify({ draftId: draft.id, version: draft.version }) },
  );
}

/** The last look: exactly what leaves and to whom. `hash` binds the click to this text. */
export function approveForm(draft: Draft, hash: string, mailReady: boolean): Modal {
  const warning = draft.status === 'unknown' ? [section(':warning: The last attempt may have left. Approving sends it again.')] : [];
  const mail = mailReady ? [] : [section(':warning: No mail server is connected, so this cannot leave until `SMTP_URL` is set.')];
  return modal(
    'Approve and send',
    [
      ...warning,
      ...mail,
      section(`This leaves once, to one person, as soon as you press *Approve and Send*.\n${envelope(draft)}`),
      divider,
      ...verbatim(draft.body),
      context(`Version ${draft.version}. The approval holds for this text only and lapses after 72 hours.`),
    ],
    { id: VIEWS.draftApprove, submit: 'Approve and Send', metadata: JSON.stringify({ draftId: draft.id, version: draft.version, hash }) },
  );
}

function contactInputs(contact: Contact | null) {
  const email = { type: 'email_text_input', ...(contact ? { initial_value: contact.email } : {}) } as const;
  return [
    textInput('name', 'Name', contact?.name ?? '', { max: 100 }),
    input('email', 'E-mail address', { ...email, placeholder: text('dana@example.com') }),
    textInput('source', 'Where is the address from?', contact?.source ?? '', {
      max: 300,
      hint: 'A public web page, a business card, an introduction. It is kept with the record and named in the message.',
    }),
  ];
}
