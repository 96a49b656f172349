import type { KnownBlock } from '@slack/types';
import { PER_MAILBOX, PER_WORKSPACE } from '../../src/recruit/outreach/business-hours.ts';
import { type Draft, messageText, type Rewrite } from '../../src/recruit/outreach/draft.ts';
import type { Lapse } from '../../src/recruit/outreach/draft-note.ts';
import { countryName } from '../../src/recruit/policy/countries.ts';
import { judgeContact } from '../../src/recruit/policy/judge-contact.ts';
import { LANGUAGE_NAMES } from '../../src/recruit/writing/writing.ts';
import { evidenceWords } from '../discover/company-card.ts';
import { context, divider, escaped, escapedTo, moment, person, plain, section, shorten, verbatim } from '../mrkdwn.ts';
import { BASIS_WORDS } from './contact-form.ts';
import { draftButtons } from './draft-buttons.ts';
import { lapseWords, noteWords } from './draft-notes.ts';
import { blockWords, WAY_WORDS } from './policy-words.ts';

const WRITERS = {
  model: 'Written by the language model: check every word.',
  offline: 'Written by the offline writer.',
  person: 'Written by a person.',
} as const;

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

/** What a card says beside the draft itself. `lapsed`: why the text holds no more. `warnings`: what the checker says of a person's text,
 *  which it never blocks. `habit`: what this edit shows of the team's taste. */
export type CardNotes = { lapsed: Lapse | null; warnings: readonly string[]; habit: string | null };
const NOTHING: CardNotes = { lapsed: null, warnings: [], habit: null };

/** The message in full, the claims with their evidence, who decided what and when, and the buttons that are open. */
export function draftCard(draft: Draft, notes: CardNotes = NOTHING): KnownBlock[] {
  if (draft.status === 'writing') return [section(`Writing to *${plain(draft.contact.name)}* at *${plain(draft.companyName)}*…`)];
  const message = [
    section(`*${draftTitle(draft)}* · version ${draft.version}`),
    section(envelope(draft)),
    ...verbatim(messageText(draft)),
    ...englishBlocks(draft),
    divider,
    ...policyBlocks(draft),
  ];
  const record = [...recordBlocks(draft), ...noteBlocks(draft, notes), ...draftButtons(draft, notes.lapsed !== null)];
  return [...message, ...claimBlocks(draft, MOST_TEXT - textLength([...message, ...record])), ...record];
}

/** Slack takes 13,200 characters of text in all; some room is left for how it counts. */
const MOST_TEXT = 12_800;

function textLength(blocks: KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}

/** For an approver who does not read the language of the message. */
function englishBlocks({ english, language }: Draft): KnownBlock[] {
  if (language === 'en') return [];
  const name = LANGUAGE_NAMES[language];
  if (!english) return [context(`The message is in ${name}. There is no English of it as it stands now.`)];
  return [context(`The message is in ${name}. In English it says:`), ...verbatim(english)];
}

const REWRITE_WORDS: Record<Rewrite, string> = {
  shorter: 'Written shorter',
  warmer: 'Written warmer',
  angle: 'Written from another angle',
  again: 'Written again',
};

/** Sentences longer than this quote somebody's whole text. */
const LONGEST_WARNING = 300;
const MOST_WARNINGS = 5;

function noteBlocks({ written, editedBy }: Draft, { lapsed, warnings, habit }: CardNotes): KnownBlock[] {
  const asked = written?.asked && !editedBy ? `${REWRITE_WORDS[written.asked.how]}: ${person(written.asked.by)} asked for it.` : null;
  const shown = warnings.slice(0, MOST_WARNINGS).map((warning) => `:grey_question: ${escaped(shorten(warning, LONGEST_WARNING))}`);
  const left = warnings.length - shown.length;
  return [
    ...(asked ? [context(asked)] : []),
    ...(lapsed ? [section(`:hourglass: *This text has lapsed.* ${escaped(shorten(lapseWords(lapsed), LONGEST_WARNING))}`)] : []),
    ...(shown.length > 0 ? [context(...shown, ...(left > 0 ? [`…and ${left} more of this kind.`] : []))] : []),
    ...(habit ? [context(`:bulb: ${habit}`)] : []),
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
  const ways = verdict.instead.map((way) => `• ${WAY_WORDS[way]}`).join('\n');
  return [
    section(`:no_entry: *E-mail is blocked.* ${escaped(blockWords(verdict.block))}\nStill allowed:\n${ways}`),
    context(`Rule ${verdict.block.rule} · ${escaped(verdict.source)}`),
  ];
}

/** More is for *Details*. */
const MOST_CLAIM_TEXT = 5500;

/** At most `room` characters of claims and evidence: what is left beside the message. */
function claimBlocks({ claims, writer, editedBy }: Draft, room: number): KnownBlock[] {
  const author = `${WRITERS[writer ?? 'offline']}${editedBy ? ` Edited by ${person(editedBy)}.` : ''}`;
  if (claims.length === 0) return [context(`${author} It lists no claims about the company: read it with care.`)];
  const all = claims.map(({ text, evidence }) => [`“${escaped(text)}”`, ...evidence.slice(0, 8).map(evidenceWords)]);
  const shown = all.filter(
    (_, index) =>
      all
        .slice(0, index + 1)
        .flat()
        .join('').length <= Math.min(room, MOST_CLAIM_TEXT),
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
  for (const { to, at, cleared } of draft.doubts)
    lines.push(`:grey_question: ${cleared ? 'Looked for, and not found: left' : 'May have left'} ${moment(at)} to ${escapedTo(to, 200)}`);
  if (releasedBy) lines.push(`:arrow_forward: Released by ${person(releasedBy)}`);
  if (status === 'sent')
    lines.push(`:outbox_tray: Sent ${moment(draft.sentAt ?? draft.updatedAt)} · Message-ID ${escaped(messageId ?? '')}`);
  return [...(note ? [section(`:warning: ${escaped(noteWords(note))}`)] : []), ...lines.map((line) => context(line))];
}

export const HOLD_WORDS: Record<NonNullable<Draft['hold']>['why'], string> = {
  hours: 'it is not business time where they are',
  'mailbox-cap': `this mailbox has its ${PER_MAILBOX} of the day`,
  'workspace-cap': `the workspace has its ${PER_WORKSPACE} of the day`,
  'touch-distance': 'too soon after the last message',
  retry: 'the mail server asked to try later',
};

/** The head of a company's own thread in the team channel. */
export function companyThread(companyName: string, domain: string): { text: string; blocks: KnownBlock[] } {
  const text = `Outreach to ${escaped(companyName)}`;
  return {
    text,
    blocks: [section(`:speech_balloon: *${plain(companyName)}* · ${escaped(domain)}\nDrafts, decisions and replies are in this thread.`)],
  };
}
