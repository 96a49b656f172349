import type { KnownBlock } from '@slack/types';
import { PER_MAILBOX, PER_WORKSPACE } from '../../src/recruit/outreach/business-hours.ts';
import { type Draft, messageText, type Rewrite } from '../../src/recruit/outreach/draft.ts';
import type { Lapse } from '../../src/recruit/outreach/draft-note.ts';
import { countryName } from '../../src/recruit/policy/countries.ts';
import { judgeContact } from '../../src/recruit/policy/judge-contact.ts';
import { PHRASES } from '../../src/recruit/writing/phrases.ts';
import { LANGUAGE_NAMES, type Language } from '../../src/recruit/writing/writing.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { evidenceWords } from '../discover/company-details.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import {
  context,
  divider,
  escaped,
  escapedTo,
  jsonLength,
  MOST_JSON,
  moment,
  person,
  plain,
  section,
  shorten,
  verbatim,
} from '../mrkdwn.ts';
import { collapsed, MOST_INSIDE, markdown } from '../panels.ts';
import { count } from '../words.ts';
import { BASIS_WORDS, ORIGIN_LABELS } from './contact-form.ts';
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
  return `Outreach to ${escaped(draft.companyName)}: ${stateWords(draft)}`;
}

function stateWords({ status, contact, hold }: Draft): string {
  if (status === 'waiting' && !judgeContact(contact).allowed) return 'blocked, no e-mail may go to this person';
  return status === 'approved' && hold ? 'approved, waits to leave' : STATUS_WORDS[status];
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

/** What a card says beside the draft itself. `lapsed`: why the text holds no more. `wroteAgain`: when they did, after what this answers. `warnings`: what the checker says of a person's text,
 *  which it never blocks. `setupIn`: the language of set-up, where the
 *  letter is in another and may mix in its texts. `meantIn`: the recipient's language, where the offline writer has no texts for it. `habit`: what this edit shows of the team's taste. */
export type CardNotes = {
  lapsed: Lapse | null;
  wroteAgain: Date | null;
  warnings: readonly string[];
  setupIn: Language | null;
  meantIn: Language | null;
  habit: string | null;
};
export const NO_NOTES: CardNotes = { lapsed: null, wroteAgain: null, warnings: [], setupIn: null, meantIn: null, habit: null };

/** The message in full, the claims with their evidence, who decided what and when, and the buttons that are open; of what is beside the message as much
 *  as one message of Slack's takes, also as sections. The message itself is never cut. */
export function draftCard(draft: Draft, notes: CardNotes = NO_NOTES): KnownBlock[] {
  function* everShorter() {
    yield draftBlocks(draft, notes, MOST_JSON);
    yield draftBlocks(draft, notes, MOST_JSON, verbatim);
    yield draftBlocks(draft, notes, MOST_JSON - RESERVE, verbatim);
  }
  return firstThatFits(everShorter());
}

/** Characters of JSON that sections may need beyond the newer blocks. */
const RESERVE = 3_000;

/** As `draftCard`, in at most `most` characters of JSON where the message leaves room: what does not fit is said, and *Open Draft* shows it. */
export function draftBlocks(draft: Draft, notes: CardNotes, most: number, letterOf = letter): KnownBlock[] {
  if (draft.status === 'writing') return [section(`Writing to *${plain(draft.contact.name)}* at *${plain(draft.companyName)}*…`)];
  const message = [
    section(`*${draftTitle(draft)}* · version ${draft.version}`),
    section(envelope(draft)),
    ...letterOf(messageText(draft)),
    divider,
    ...policyBlocks(draft),
  ];
  const record = [...recordBlocks(draft), ...noteBlocks(draft, notes), ...draftButtons(draft, notes.lapsed !== null)];
  const room = most - jsonLength([...message, ...record]);
  const english = englishBlocks(draft, room - CLAIMS_APART);
  const claims = claimBlocks(draft, room - jsonLength(english));
  const notice = noticeBlocks(draft, room - jsonLength([...english, ...claims]));
  return [...message, ...english, ...claims, ...notice, ...record];
}

const NOTICE_TITLE = 'The page about their data and their rights, to which the footer leads';

/** The words of that page are approved with the message; closed, because they are the same in most messages. */
function noticeBlocks({ notice }: Draft, room: number): KnownBlock[] {
  if (!notice) return [];
  const whole = [collapsed(NOTICE_TITLE, verbatim(notice))];
  return jsonLength(whole) <= room ? whole : [context(`${NOTICE_TITLE}: *Approve* shows its words.`)];
}

/** A text whose marks make more JSON than this as Markdown is shown in sections. */
const MOST_LETTER_JSON = 7000;

/** The message as it leaves: what the marks in it would do in Markdown is defused, and the confirmation of *Approve* shows it in plain text. */
function letter(text: string): KnownBlock[] {
  const shown = markdown(text);
  return jsonLength([shown]) <= MOST_LETTER_JSON ? [shown] : verbatim(text);
}

/** JSON of the claims' blocks when they hold no claim, with some room. */
const CLAIMS_APART = 600;

/** For an approver who does not read the language of the message. */
function englishBlocks(draft: Draft, room: number): KnownBlock[] {
  const { english, language, id, version } = draft;
  if (language === 'en') return [];
  const name = LANGUAGE_NAMES[language];
  if (!english) return [context(`The message is in ${name}. There is no English of it as it stands now.`)];
  const whole = [context(`The message is in ${name}. In English it says:`), ...verbatim(english)];
  if (jsonLength(whole) <= room) return whole;
  const open = actions(`english:${id}:${version}`, button(ACTIONS.draftOpen, 'Open Draft', id));
  return [context(`The message is in ${name}. Its English is too long to stand here as well: *Open Draft* shows it.`), open];
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

/** Who asked for the text, and what is said against it. */
export function noteBlocks(draft: Draft, { lapsed, wroteAgain, warnings, setupIn, meantIn, habit }: CardNotes): KnownBlock[] {
  const { written, editedBy, language } = draft;
  const asked = written?.asked && !editedBy ? `${REWRITE_WORDS[written.asked.how]}: ${person(written.asked.by)} asked for it.` : null;
  const shown = warnings.slice(0, MOST_WARNINGS).map((warning) => `:grey_question: ${escaped(shorten(warning, LONGEST_WARNING))}`);
  const left = warnings.length - shown.length;
  return [
    ...(asked ? [context(asked)] : []),
    ...(lapsed ? [section(`:hourglass: *This text has lapsed.* ${escaped(shorten(lapseWords(lapsed), LONGEST_WARNING))}`)] : []),
    ...(wroteAgain
      ? [section(`:incoming_envelope: *They wrote again ${moment(wroteAgain)}*, after what this answers. Read that first.`)]
      : []),
    ...(shown.length > 0 ? [context(...shown, ...(left > 0 ? [`…and ${left} more of this kind.`] : []))] : []),
    ...(setupIn ? [context(`:speech_balloon: ${setupWords(setupIn, LANGUAGE_NAMES[language])}`)] : []),
    ...(meantIn ? [context(`:speech_balloon: ${meantWords(LANGUAGE_NAMES[meantIn], LANGUAGE_NAMES[language])}`)] : []),
    ...(lacksTexts(draft) ? [context(`:pencil2: ${TEXTS_WORDS}`)] : []),
    ...(lacksReason(draft) ? [context(`:mag: ${REASON_WORDS}`)] : []),
    ...(habit ? [context(`:bulb: ${habit}`)] : []),
  ];
}

function meantWords(meantIn: string, letterIn: string): string {
  return `Written in ${letterIn}, because set-up has no texts in ${meantIn}. Give them in \`/partners style\`, then reject this one and press _Start Again_.`;
}

const TEXTS_WORDS =
  'Set-up does not say what such a partner could do with you and gain, so a plain idea stands here. Give it in `/partners style`: letters are worth an answer then.';

/** Whether the idea of a first letter is the offline writer's own. */
function lacksTexts({ kind, writer, editedBy, language, body }: Draft): boolean {
  const { ideaIs, ideaIfSame } = PHRASES[language];
  return kind === 'first' && writer === 'offline' && !editedBy && [ideaIs, ideaIfSame].some((lead) => body.includes(lead));
}

const REASON_WORDS =
  'Nothing on file says what they do, so this letter has no reason of theirs. Look at their website first, and write the reason yourself or turn them down.';

/** Whether a first letter of the offline writer says nothing of what they do. */
function lacksReason({ kind, writer, editedBy, claims }: Draft): boolean {
  const says = claims.some(({ evidence }) => evidence.some(({ field }) => field === 'oneLiner' || field === 'description'));
  return kind === 'first' && writer === 'offline' && !editedBy && !says;
}

function setupWords(setupIn: Language, letterIn: string): string {
  return `The texts of set-up are in ${LANGUAGE_NAMES[setupIn]}, and this letter is in ${letterIn}: look at what it says of you. Give texts in ${letterIn} in \`/partners style\`.`;
}

/** Exactly what leaves and to whom; the card and the confirmation share it. */
export function envelope({ contact, sender, subject }: Draft): string {
  return [
    `*To:* ${escaped(contact.name)} &lt;${escaped(contact.email)}&gt;`,
    `*From:* ${escaped(sender.name)} &lt;${escaped(sender.address)}&gt;`,
    `*Subject:* ${escaped(subject)}`,
    `*Address found:* ${originWords(contact)}${escapedTo(contact.source, 600)} (${BASIS_WORDS[contact.basis].toLowerCase()})`,
  ].join('\n');
}

function originWords({ origin }: Draft['contact']): string {
  return origin ? `${ORIGIN_LABELS[origin]}: ` : '';
}

/** Under which rule it may leave, or why not and what may be done instead. */
function policyBlocks({ contact, status }: Draft): KnownBlock[] {
  if (status === 'sent' || status === 'rejected') return [];
  const verdict = judgeContact(contact);
  if (verdict.allowed) return [context(`${countryName(verdict.stamp.country)} · ${escaped(verdict.stamp.legalBasis)}`)];
  const ways = verdict.instead.map((way) => `• ${WAY_WORDS[way]}`).join('\n');
  return [
    section(`:no_entry: *E-mail is blocked.* ${escaped(blockWords(verdict.block))}\nStill allowed:\n${ways}`),
    context(`Rule ${verdict.block.rule} · ${escaped(verdict.source)}`),
  ];
}

/** More is for *Details*. */
const MOST_CLAIM_JSON = 6500;

/** At most `room` characters of JSON: what is left beside the message. */
function claimBlocks({ claims, writer, editedBy }: Draft, room: number): KnownBlock[] {
  const author = `${WRITERS[writer ?? 'offline']}${editedBy ? ` Edited by ${person(editedBy)}.` : ''}`;
  if (claims.length === 0) return [context(`${author} It lists no claims about the company: read it with care.`)];
  const all = claims.map(({ text, evidence }) => [`“${escaped(text)}”`, ...evidence.slice(0, 8).map(evidenceWords)]);
  const shown = all
    .slice(0, MOST_INSIDE)
    .filter(
      (_, index) => jsonLength(all.slice(0, index + 1).map((texts) => context(...texts))) <= Math.min(room - CLAIMS_APART, MOST_CLAIM_JSON),
    );
  const left = all.length - shown.length;
  const title = `${count(shown.length, 'claim')} about the company, with the evidence`;
  return [
    context(author),
    ...(shown.length > 0
      ? [
          collapsed(
            title,
            shown.map((texts) => context(...texts)),
          ),
        ]
      : []),
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
