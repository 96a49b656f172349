import { addYears } from 'date-fns';
import { type ReadReply, readReply } from '../../../prompts/recruit/read-reply.ts';
import type { Deps } from '../../deps.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { messageText } from '../outreach/draft.ts';
import { findDraft } from '../outreach/draft-repository.ts';
import { NOTHING, type Reply, type Understanding } from './reply.ts';
import { getReply, noteUnderstanding } from './reply-repository.ts';

/** Characters that the model reads; what somebody wants stands at the top. */
const MOST_READ = 8000;
/** Nobody puts off for longer. */
const MOST_YEARS = 2;

/** Whether a reply is a person's that the rules could not tell, and that nobody has explained. */
export function isUnread({
  kind,
  isAutomatic,
  correctedBy,
  sentence,
  text,
}: Pick<Reply, 'kind' | 'isAutomatic' | 'correctedBy' | 'sentence' | 'text'>): boolean {
  return kind === 'other' && !isAutomatic && correctedBy === null && sentence === '' && text.trim() !== '';
}

/** Has the model read what a reply wants. Only what stands in the mail is taken of its answer. Null, and nothing changes, when the reply is
 *  understood already, and when the model's answer holds nothing that stands there. Throws when the model fails. Nobody is silenced by it, and
 *  nobody spoken to again: what followed from the reply stays as it is. */
export async function understandReply(
  workspaceId: string,
  replyId: string,
  { ask, now }: { ask: NonNullable<Deps['ask']>; now: Deps['now'] },
): Promise<Reply | null> {
  const reply = await getReply(workspaceId, replyId);
  const draft = await findDraft(workspaceId, reply.draftId);
  if (!draft || !isUnread(reply)) return null;
  const understanding = await askWhatIsWanted(ask, reply, { subject: draft.subject, text: messageText(draft) });
  if (!understanding) return null;
  const { kind, sentence } = understanding;
  const change = { action: 'reply.read', subject: `reply:${replyId}`, before: reply.kind, after: { kind, sentence, by: 'model' } };
  return noteUnderstanding(reply, understanding, auditEntry({ workspaceId, by: 'system', at: now(), ...change }));
}

/** What the model reads in a mail that answers ours; null when its answer holds nothing that stands there. Throws when it fails. */
export async function askWhatIsWanted(
  ask: NonNullable<Deps['ask']>,
  { text, subject, from, receivedAt }: Pick<Reply, 'text' | 'subject' | 'from' | 'receivedAt'>,
  ours: { subject: string; text: string },
): Promise<Understanding | null> {
  const read = text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .slice(0, MOST_READ);
  const reply = { subject, text: read, from: from.name || from.address, writtenOn: receivedAt.toISOString().slice(0, 10) };
  return takenOf(await ask(readReply, { ours, reply }), read, receivedAt);
}

/** What of the model's answer stands in the mail; null for nothing. That they want no more mail stays for a person to say: the card shows the
 *  sentence, and the buttons that silence. */
export function takenOf({ wants, sentence, day, dayWords, contact }: ReadReply, text: string, receivedAt: Date): Understanding | null {
  if (wants === 'unclear' || !standsIn(sentence, text)) return null;
  return {
    ...NOTHING,
    kind: wants === 'no-more-mail' ? 'other' : wants,
    sentence: sentence.trim(),
    laterUntil: wants === 'later' && standsIn(dayWords, text) ? dayAhead(day, receivedAt) : null,
    namedContact: wants === 'wrong-person' && standsIn(contact, text) ? contact.trim() : null,
  };
}

/** Blanks and the form of quotation marks aside. */
function standsIn(words: string, text: string): boolean {
  const alike = (one: string) =>
    one
      .normalize('NFKC')
      .replace(/[‘’‚`´]/g, "'")
      .replace(/[“”„«»]/g, '"')
      .replace(/\s+/g, ' ')
      .trim();
  const found = alike(words);
  return found !== '' && alike(text).includes(found);
}

function dayAhead(day: string, receivedAt: Date): Date | null {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : null;
  const isAhead = date !== null && date > receivedAt && date <= addYears(receivedAt, MOST_YEARS);
  return isAhead && date.toISOString().startsWith(day) ? date : null;
}
