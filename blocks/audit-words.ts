import { z } from 'zod';
import type { AuditEntry } from '../src/programme/audit/audit.ts';
import { DraftNote } from '../src/recruit/outreach/draft-note.ts';
import { escapedTo, moment, person } from './mrkdwn.ts';
import { HOLD_WORDS } from './recruit/draft-card.ts';
import { noteWords } from './recruit/draft-notes.ts';

/** What the entries on a draft carry that a sentence names. */
const After = z
  .object({
    writer: z.string(),
    why: z.string(),
    until: z.date(),
    reason: z.string(),
    response: z.string(),
    because: z.string(),
    code: z.string(),
    verdict: z.string(),
    note: DraftNote.optional().catch(undefined),
  })
  .partial()
  .catch({});
type After = z.infer<typeof After>;

const STOPPED = 'the process stopped while sending';

/** `WHO` stands for the person; a rule that acted by itself has none. */
const SENTENCES: Readonly<Record<string, (after: After) => string>> = {
  'draft.start': () => 'Started by WHO',
  'draft.write': ({ writer }) => (writer === 'model' ? 'Written by the language model' : 'Written by the offline writer'),
  'draft.edit': () => 'Edited by WHO',
  'draft.rewrite': () => 'Another text asked for by WHO',
  'draft.contact': () => 'Contact changed by WHO',
  'draft.approve': () => 'Approved by WHO',
  'draft.reject': () => 'Turned down by WHO',
  'draft.hold': ({ why, until }) => `Put off${until ? ` until ${moment(until)}` : ''}: ${holdWords(why)}`,
  'draft.release': () => 'Released by WHO in spite of what it waited for',
  'draft.take-back': () => 'Approval taken back by WHO',
  'draft.send': () => 'Taken for sending',
  'draft.sent': ({ response }) => `Sent; the mail server said ${quoted(response)}`,
  'draft.send-unknown': ({ reason, why }) => `Nobody can tell whether it left: ${why ? STOPPED : said(reason)}`,
  'draft.send-failed': ({ reason }) => `Not sent: ${said(reason)}`,
  'draft.send-put-off': ({ reason, until }) => `The mail server put it off${until ? ` until ${moment(until)}` : ''}: ${said(reason)}`,
  'draft.send-held': () => 'Held back in the last moment',
  'draft.send-refused': ({ note, why }) => `Not sent: ${said((note ? noteWords(note) : why)?.replace(/^Not sent[.:] /, ''))}`,
  'draft.send-taken-back': () => `Back in the queue: ${STOPPED}`,
  'draft.mark-sent': () => 'Marked as sent by WHO',
  'draft.mark-not-sent': () => 'Looked for and not found by WHO: it did not leave',
  'draft.close': ({ because }) => `Closed (${said(because)})`,
  'draft.lapse': () => 'Lapsed: nobody decided',
};

/** One entry as a line: when, what, who. */
export function historyLine({ at, by, action, after }: AuditEntry): string {
  const known = After.parse(after);
  const refused = action.endsWith('-refused') && action !== 'draft.send-refused';
  const sentence = SENTENCES[action];
  const words = sentence
    ? sentence(known)
    : refused
      ? `WHO tried ${escapedTo(action.replace(/^draft\.|-refused$/g, ''), 60)} and was refused (${said(known.code)})`
      : `${escapedTo(action, 60)} by WHO`;
  return `${moment(at)} · ${words.replace('WHO', person(by))}`;
}

const said = (words: string | undefined) => escapedTo(words || 'no reason was given', 90);
const quoted = (words: string | undefined) => (words ? `“${escapedTo(words, 90)}”` : 'nothing');

function holdWords(why: string | undefined): string {
  return Object.entries(HOLD_WORDS).find(([code]) => code === why)?.[1] ?? said(why);
}
