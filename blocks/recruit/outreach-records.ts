import type { KnownBlock } from '@slack/types';
import { PER_MAILBOX, PER_WORKSPACE } from '../../src/recruit/outreach/business-hours.ts';
import type { Inbox } from '../../src/recruit/pipeline/waiting.ts';
import { judgeContact } from '../../src/recruit/policy/judge-contact.ts';
import type { OutreachRecord, RecordCount, RecordReason, RecordState, Return } from '../../src/recruit/records/outreach-record.ts';
import type { ReplyKind } from '../../src/recruit/replies/reply.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, divider, escapedTo, moment, person, plainTo, section, shorten, shortenMrkdwn } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { HOLD_WORDS } from './draft-card.ts';
import { noteWords } from './draft-notes.ts';
import { type InboxPage, waitingBlocks } from './inbox.ts';
import { blockWords } from './policy-words.ts';
import { REPLY_WORDS } from './reply-card.ts';

export const RECORDS_PAGE = 10;
/** Newest messages shown beside the counts. */
export const RECORDS_NEWEST = 5;
/** Of what waits, the oldest, above the newest. */
export const WAITING_OLDEST = 5;

const STATE_WORDS: Record<RecordState, string> = {
  waiting: ':memo: Waiting for approval',
  approved: ':hourglass_flowing_sand: Approved, not gone yet',
  unclear: ':warning: Needs a person',
  sent: ':outbox_tray: Sent, no answer yet',
  back: ':inbox_tray: Came back',
  closed: ':no_entry_sign: Closed',
};

const RETURN_WORDS: Record<Return, string> = {
  reply: 'they answered',
  bounce: 'there is no such mailbox',
  'opt-out': 'they want no more mail',
  complaint: 'they complained of spam',
};

const REASON_WORDS: Record<RecordReason, string> = {
  ...HOLD_WORDS,
  ...RETURN_WORDS,
  writing: 'being written',
  waiting: 'ready to be read',
  blocked: 'blocked by the rule of their country',
  leaving: 'about to leave',
  sending: 'leaving now',
  unknown: 'nobody can tell whether it left',
  failed: 'not sent, and why is on the card',
  first: 'first messages',
  'follow-up': 'follow-ups',
  answer: 'answers',
  other: 'for other reasons',
  'turned-down': 'turned down by the team',
};

/** `today`: messages of the team's day that have their place, from the sender's mailbox and from all. */
export type Overview = {
  waiting: { inbox: Inbox; links: InboxPage['links'] };
  counts: RecordCount[];
  newest: OutreachRecord[];
  replies: ReplyCount[];
  today: { mailbox: number; workspace: number };
};

/** What waits, went and came back: a row for each state, then the newest messages. At most 31 blocks. */
export function recordsOverview({ counts, newest, replies, today, waiting }: Overview): KnownBlock[] {
  const total = counts.reduce((sum, one) => sum + one.total, 0);
  if (total === 0) return emptyRecords();
  return [
    section(`*Outreach* · ${count(total, 'message')}`),
    ...counts.map(stateRow),
    ...(replies.length > 0 ? [context(`Replies so far: ${replies.map(replyCount).join(' · ')}`)] : []),
    context(`Today: ${today.mailbox} of ${PER_MAILBOX} from the sender’s mailbox, ${today.workspace} of ${PER_WORKSPACE} in all`),
    ...waitingBlocks(waiting.inbox, waiting.links),
    actions('records:all', button(ACTIONS.commandRun, 'Open Inbox', 'inbox'), button(ACTIONS.recordsExport, 'Export CSV', 'all')),
    divider,
    context('The newest'),
    ...newest.map(recordRow),
  ];
}

type ReplyCount = { kind: ReplyKind; count: number };
const replyCount = ({ kind, count: n }: ReplyCount) => `${REPLY_WORDS[kind]}: ${n.toLocaleString('en-GB')}`;

function stateRow({ state, total, reasons }: RecordCount): KnownBlock {
  const why = reasons.map(
    ({ why: code, count: n }) =>
      `${escapedTo(typeof code === 'string' ? REASON_WORDS[code] : lowered(noteWords(code)), 120)}: ${n.toLocaleString('en-GB')}`,
  );
  const block = section(`${STATE_WORDS[state]}: *${total.toLocaleString('en-GB')}*${why.length > 0 ? `\n${why.join(' · ')}` : ''}`);
  if (total === 0) return block;
  const show = button(ACTIONS.recordsShow, 'Show', turnTo(state, 0), { accessibility_label: shorten(`Show: ${spoken(state)}`, 75) });
  return { ...block, accessory: show };
}

/** One state, ten at a time, newest first, with the way on and back. At most 15 blocks. */
export function recordsPage(state: RecordState, page: { records: OutreachRecord[]; total: number; from: number }): KnownBlock[] {
  const { records, total, from } = page;
  const shown =
    records.length === 0 ? 'nothing here any more' : `${from + 1}–${from + records.length} of ${count(total, 'message')}, newest first`;
  const turn = [
    ...(from > 0 ? [button(ACTIONS.recordsBack, 'Previous', turnTo(state, Math.max(0, from - RECORDS_PAGE)))] : []),
    ...(from + records.length < total ? [button(ACTIONS.recordsNext, 'Next', turnTo(state, from + RECORDS_PAGE))] : []),
    button(ACTIONS.recordsAll, 'All States', 'all'),
  ];
  return [section(`*${STATE_WORDS[state]}* · ${shown}`), ...records.map(recordRow), actions(`records:${state}:${from}`, ...turn)];
}

function recordRow(record: OutreachRecord): KnownBlock {
  const { draft } = record;
  const who = `*${plainTo(draft.companyName, 100)}* · ${escapedTo(draft.contact.name, 80)} &lt;${escapedTo(draft.contact.email, 120)}&gt;`;
  const words = `${who}\n${draft.subject ? `${escapedTo(draft.subject, 120)}\n` : ''}${recordReason(record, 250)}`;
  return {
    ...section(words),
    accessory: button(ACTIONS.recordsOpen, 'Open', draft.id, {
      accessibility_label: shorten(`Open the message to ${draft.companyName}`, 75),
    }),
  };
}

/** Where it is and why, in a sentence of at most `max` characters; mrkdwn. */
export function recordReason(record: OutreachRecord, max: number): string {
  return shortenMrkdwn(reasonWords(record), max);
}

function reasonWords({ draft, back }: OutreachRecord): string {
  const { status, note, hold, approval, decidedBy, updatedAt } = draft;
  const said = note ? escapedTo(noteWords(note), 1000) : '';
  switch (status) {
    case 'writing':
      return 'Being written.';
    case 'waiting': {
      const verdict = judgeContact(draft.contact);
      return verdict.allowed
        ? `Waits for approval since ${moment(updatedAt)}. ${said}`
        : `Blocked: ${escapedTo(blockWords(verdict.block), 1000)}`;
    }
    case 'approved': {
      const by = approval ? ` Approved by ${person(approval.by)}.` : '';
      if (!hold) return `About to leave.${by}`;
      return `Waits until ${moment(hold.until)}: ${HOLD_WORDS[hold.why]}${hold.said ? ` (${escapedTo(hold.said, 200)})` : ''}.${by}`;
    }
    case 'sending':
      return 'Leaving now.';
    case 'failed':
    case 'unknown':
      return said;
    case 'sent':
      return `Sent ${moment(draft.sentAt ?? updatedAt)}${back ? `; ${RETURN_WORDS[back]}` : ''}.`;
    case 'rejected':
      return `${said || 'Turned down.'} ${decidedBy ? `${person(decidedBy)}, ` : ''}${moment(updatedAt)}`;
  }
}

function emptyRecords(): KnownBlock[] {
  return [
    section(
      `*Outreach* · nothing yet\nOpen a company with \`/partners list\` and press *${LABELS.draftOutreach}*. What waits, went and came back is then shown here.`,
    ),
  ];
}

const turnTo = (state: RecordState, from: number) => JSON.stringify({ state, from });
const spoken = (state: RecordState) => STATE_WORDS[state].replace(/^:\w+: /, '');
const lowered = (sentence: string) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
