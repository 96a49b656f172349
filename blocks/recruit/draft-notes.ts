import type { DraftNote, Lapse, ThreadEnd } from '../../src/recruit/outreach/draft-note.ts';
import { LABELS } from '../labels.ts';
import { faultWords } from './fault-words.ts';
import { blockWords } from './policy-words.ts';

type Note<Code extends DraftNote['code']> = Extract<DraftNote, { code: Code }>;

/** One sentence for each code; the type demands it. */
const SENTENCES: { [Code in DraftNote['code']]: (note: Note<Code>) => string } = {
  'model-failed': () => 'The model failed or took too long, so the offline writer wrote this.',
  'read-once': () => 'The second reader did not answer, so nobody has looked yet for what rests on nothing: read every sentence.',
  'model-refused': ({ problem, fault }) =>
    `The model’s text was refused twice, so the offline writer wrote this. ${fault ? faultWords(fault) : problem}`,
  'no-reason': ({ reason }) => `The model sees no honest reason to write to them, so the offline writer wrote this. It says: ${reason}`,
  'no-other-text': () => 'The model failed, and the offline writer has no other text to offer: this one stays.',
  'approval-lapsed': () => 'The approval lapsed after 72 hours, so nothing was sent. Approve it again if it still holds.',
  'approval-taken-back': () => 'The approval was taken back.',
  'changed-since': () => 'The message was changed after it was approved, so it was not sent. Read it and approve it again.',
  'wrote-again': () => 'They wrote again: read that first, then approve this once more.',
  'thread-gone': () => 'Not sent: its thread is gone.',
  'thread-ended': () => 'Not sent: the thread has ended.',
  answered: () => 'Not sent: they answered meanwhile.',
  'pointer-gone': () => 'Not sent: the reply that named its reader was deleted. Reject this one and press _Start Again_.',
  'enough-touches': () => 'Not sent: three messages without an answer are enough.',
  'unknown-fate': () =>
    'Nobody can tell whether this left. Look in the sender’s mailbox first. If it is there, mark it as sent. If not, approve it again, or say that it did not leave and change it.',
  closed: ({ because }) => CLOSED_BECAUSE[because],
  undecided: ({ days }) => `Lapsed: nobody decided for ${days} days.`,
  'company-decided': ({ company, to }) => `Not sent: ${company} ${DECIDED[to]}.`,
  'address-silent': ({ email }) => `Not sent: ${email} gets nothing from us any more.`,
  'address-closed': ({ email }) => `Not sent: ${email} is at a company that is left out. Name another person under ${LABELS.contact}.`,
  'country-blocked': (block) => `Not sent. ${blockWords(block)}`,
  'header-coded': ({ part }) => `Not sent: mail programs would show another ${HEADER_CODED[part]}`,
  'facts-changed': ({ claim }) => `Not sent: what “${claim}” rests on has changed since. Press ${LABELS.writeAgain}, or edit it.`,
  refused: ({ reason, next }) => `Not sent: ${reason}. ${NEXT_STEPS[next]}`,
  'gave-up': ({ attempts, reason }) => `Not sent after ${attempts} attempts: ${reason}. Approve it again to go on trying.`,
  'as-written': ({ sentence }) => sentence,
};

const CLOSED_BECAUSE: Record<ThreadEnd, string> = {
  reply: 'Closed: they answered.',
  bounce: 'Closed: the address does not exist.',
  'opt-out': 'Closed: they want nothing more from us.',
  complaint: 'Closed: they complained about our mail as spam.',
  decision: 'Closed: the team decided otherwise on this company.',
  'no-answer': 'Closed: three messages stayed without an answer.',
  'new-thread': 'Closed: a new message was started.',
  'turned-down': 'Closed.',
};

const HEADER_CODED: Record<Note<'header-coded'>['part'], string> = {
  sender: `sender’s name than the one approved. An admin corrects it under /partners setup; then save ${LABELS.contact} once more.`,
  contact: `recipient’s name than the one approved. Correct it under ${LABELS.contact}.`,
  subject: `subject than the one approved. Take “=?…?=” out of it under ${LABELS.edit}.`,
};

/** What the team did with the company after the approval, and how to write all the same. */
const DECIDED: Record<Note<'company-decided'>['to'], string> = {
  'off-list': 'was taken off the list after this was approved',
  later: `was put off with ${LABELS.later} after this was approved. To write now, press ${LABELS.draftOutreach} on the company`,
  partner: `became a partner after this was approved. To write all the same, press ${LABELS.reconsider} on the company first`,
};

const NEXT_STEPS: Record<Note<'refused'>['next'], string> = {
  'name-another': `There is no such mailbox, so the address is not used again: name another person under ${LABELS.contact}.`,
  'write-to-another': `There is no such mailbox, so the address is not used again: reject this, and write to somebody else with ${LABELS.draftOutreach}.`,
  'set-smtp': 'Ask whoever runs this app to set SMTP_URL, then approve it again.',
  'correct-smtp': 'The mail server does not know us: whoever runs this app corrects SMTP_URL. Then approve it again.',
  change: 'The server refuses this for good: change what it names, then approve it again.',
};

/** A note in a sentence, empty for none; not escaped. */
export function noteWords(note: DraftNote | null): string {
  if (!note) return '';
  // The table has for each code a function of that code's note; a lookup by the union forgets the pairing.
  const sentence = SENTENCES[note.code] as (note: DraftNote) => string;
  return sentence(note);
}

/** Why a text holds no more, in a sentence; not escaped. */
export function lapseWords(lapse: Lapse): string {
  if (lapse.because === 'pointer') return 'The reply that named its reader was deleted: reject this one and press _Start Again_.';
  return lapse.because === 'age' ? `It is older than ${lapse.days} days.` : `What “${lapse.claim}” rests on has changed.`;
}
