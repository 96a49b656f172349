import type { KnownBlock } from '@slack/types';
import { DECIDABLE, type Draft, messageText } from '../src/outreach/draft.ts';
import { countryName } from '../src/policy/countries.ts';
import { judgeContact } from '../src/policy/judge-contact.ts';
import { evidenceWords } from './company-card.ts';
import { BASIS_WORDS } from './contact-form.ts';
import { actions, button, text } from './elements.ts';
import { ACTIONS } from './ids.ts';
import { context, divider, escaped, escapedTo, moment, person, plain, section, verbatim } from './mrkdwn.ts';

const WRITERS = {
  model: 'Written by the language model: check every word.',
  offline: 'Written by the offline writer.',
  person: 'Written by a person.',
} as const;

const RELEASE = {
  title: text('Send it now?'),
  text: text('It leaves at once, whatever hours, caps or retries it waits for. It is recorded that you said so.', 300),
  confirm: text('Send Now'),
  deny: text('Leave It'),
};

/** What a click on the card says it saw: `draftId|version`. */
function seenValue({ id, version }: Pick<Draft, 'id' | 'version'>): string {
  return `${id}|${version}`;
}

/** In mrkdwn, as every message text is: a company's name can call nobody. */
export function draftTitle(draft: Draft): string {
  return `Outreach to ${escaped(draft.companyName)}: ${STATUS_WORDS[draft.status]}`;
}

const STATUS_WORDS: Record<Draft['status'], string> = {
  writing: 'being written',
  waiting: 'waiting for approval',
  approved: 'approved, about to leave',
  sending: 'leaving now',
  sent: 'sent',
  failed: 'not sent',
  unknown: 'please check',
  rejected: 'closed',
};

/** The message in full, the claims with their evidence, who decided what and when, and the buttons that are open. */
export function draftCard(draft: Draft): KnownBlock[] {
  if (draft.status === 'writing') return [section(`Writing to *${plain(draft.contact.name)}* at *${plain(draft.companyName)}*…`)];
  return [
    section(`*${draftTitle(draft)}* · version ${draft.version}`),
    section(envelope(draft)),
    ...verbatim(messageText(draft)),
    divider,
    ...policyBlocks(draft),
    ...claimBlocks(draft),
    ...recordBlocks(draft),
    ...buttons(draft),
  ];
}

/** Exactly what leaves and to whom; the card and the confirmation share it. */
export function envelope({ contact, sender, subject }: Draft): string {
  return [
    `*To:* ${escaped(contact.name)} &lt;${escaped(contact.email)}&gt;`,
    `*From:* ${escaped(sender.name)} &lt;${escaped(sender.address)}&gt;`,
    `*Subject:* ${escaped(subject)}`,
    `*Address found:* ${escapedTo(contact.source, 600)} (${BASIS_WORDS[contact.basis].toLowerCase()})`,
  ].join('\n');
}

/** Under which rule it may leave, or why not and what may be done instead. */
function policyBlocks({ contact, status }: Draft): KnownBlock[] {
  if (status === 'sent' || status === 'rejected') return [];
  const verdict = judgeContact(contact);
  if (verdict.allowed) return [context(`${countryName(contact.country)} · ${escaped(verdict.stamp.legalBasis)}`)];
  const ways = verdict.instead.map((way) => `• ${way}`).join('\n');
  return [
    section(`:no_entry: *E-mail is blocked.* ${escaped(verdict.why)}\nStill allowed:\n${ways}`),
    context(`Rule ${verdict.rule} · ${escaped(verdict.source)}`),
  ];
}

/** Characters of claims and evidence that fit beside the longest message: Slack takes 13,200 in all. */
const MOST_CLAIM_TEXT = 5500;

function claimBlocks({ claims, writer, editedBy }: Draft): KnownBlock[] {
  const author = `${WRITERS[writer ?? 'offline']}${editedBy ? ` Edited by ${person(editedBy)}.` : ''}`;
  if (claims.length === 0) return [context(`${author} It lists no claims about the company: read it with care.`)];
  const all = claims.map(({ text, evidence }) => [`“${escaped(text)}”`, ...evidence.slice(0, 8).map(evidenceWords)]);
  const shown = all.filter(
    (_, index) =>
      all
        .slice(0, index + 1)
        .flat()
        .join('').length <= MOST_CLAIM_TEXT,
  );
  const left = all.length - shown.length;
  return [
    context(author),
    ...shown.map((texts) => context(...texts)),
    ...(left > 0 ? [context(`…and ${left} more with long evidence: look at *Details* of the company before you decide.`)] : []),
  ];
}

function recordBlocks(draft: Draft): KnownBlock[] {
  const { status, decidedBy, decidedAt, approval, messageId, note, hold, releasedBy } = draft;
  const lines: string[] = [];
  const decided = decidedBy && decidedAt ? `by ${person(decidedBy)}, ${moment(decidedAt)}` : '';
  if (decided && status === 'rejected') lines.push(`:no_entry_sign: Closed ${decided}`);
  else if (decided && status === 'sent' && !approval) lines.push(`:ballot_box_with_check: Marked as sent ${decided}`);
  else if (decided && !approval) lines.push(`Last approved ${decided}`);
  if (approval) lines.push(`:white_check_mark: Approved by ${person(approval.by)}, ${moment(approval.at)}`);
  if (status === 'approved' && hold)
    lines.push(
      `:hourglass_flowing_sand: Waits until ${moment(hold.until)}: ${HOLD_WORDS[hold.why]}${hold.said ? ` (${escaped(hold.said)})` : ''}`,
    );
  if (releasedBy) lines.push(`:arrow_forward: Released by ${person(releasedBy)}`);
  if (status === 'sent') lines.push(`:outbox_tray: Sent ${moment(draft.updatedAt)} · Message-ID ${escaped(messageId ?? '')}`);
  return [...(note ? [section(`:warning: ${escaped(note)}`)] : []), ...lines.map((line) => context(line))];
}

export const HOLD_WORDS: Record<NonNullable<Draft['hold']>['why'], string> = {
  hours: 'it is not business time where they are',
  'mailbox-cap': 'this mailbox has sent its 20 of the day',
  'workspace-cap': 'the workspace has sent its 100 of the day',
  'touch-distance': 'too soon after the last message',
  retry: 'the mail server asked to try later',
};

function buttons(draft: Draft): KnownBlock[] {
  const seen = seenValue(draft);
  const row = `draft:${draft.id}:${draft.version}:${draft.status}`;
  const no = button(ACTIONS.companyReject, 'Not a Fit', draft.companyId);
  if (draft.status === 'rejected') return [actions(row, button(ACTIONS.companyDraft, 'Start Again', draft.companyId), no)];
  if (draft.status === 'sent') return [actions(row, no)];
  if (draft.status === 'approved' && draft.hold) {
    const release = button(ACTIONS.draftRelease, 'Send Now', seen, { confirm: RELEASE });
    const mayRelease = draft.hold.why !== 'touch-distance';
    return [actions(row, ...(mayRelease ? [release] : []), button(ACTIONS.draftTakeBack, 'Take Back Approval', seen))];
  }
  if (!(DECIDABLE as readonly string[]).includes(draft.status)) return [];
  const mayLeave = judgeContact(draft.contact).allowed;
  return [
    actions(
      row,
      ...(mayLeave ? [button(ACTIONS.draftApprove, 'Approve', seen, { style: 'primary' })] : []),
      button(ACTIONS.draftEdit, 'Edit', seen),
      button(ACTIONS.draftContact, 'Contact', seen),
      button(ACTIONS.draftReject, 'Reject', seen),
      ...(draft.status === 'unknown' ? [button(ACTIONS.draftMarkSent, 'Mark as Sent', seen)] : []),
    ),
  ];
}

/** The head of a company's own thread in the team channel. */
export function companyThread(companyName: string, domain: string): { text: string; blocks: KnownBlock[] } {
  const text = `Outreach to ${escaped(companyName)}`;
  return {
    text,
    blocks: [section(`:speech_balloon: *${plain(companyName)}* · ${escaped(domain)}\nDrafts, decisions and replies are in this thread.`)],
  };
}
