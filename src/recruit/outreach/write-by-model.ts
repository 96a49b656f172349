import { type OutreachInput, outreachEmail } from '../../../prompts/recruit/outreach-email.ts';
import type { Deps } from '../../deps.ts';
import { AnswerUnfit } from '../../errors.ts';
import { copyFaults } from '../writing/check-copies.ts';
import { checkDraft } from '../writing/check-draft.ts';
import type { Fault } from '../writing/fault.ts';
import { bodyOf } from '../writing/letter.ts';
import { overstatementsIn } from '../writing/read-against-grounds.ts';
import type { Grounds, Letter } from '../writing/writing.ts';
import { DraftText } from './draft.ts';

/** What came of asking the model for a letter. `isReadTwice`: the second reader has answered. */
export type ModelLetter =
  | { outcome: 'written'; letter: Letter; isReadTwice: boolean }
  | { outcome: 'no-reason'; why: string }
  | { outcome: 'refused'; fault: Fault }
  | { outcome: 'failed' };

type Asking = { asked: OutreachInput; groundsFor: (letter: Letter) => Promise<Grounds>; ask: NonNullable<Deps['ask']> };

/** A letter that passes the checker and the second reader, at the second try with all that was wrong if need be; never a third. */
export async function writeByModel(asking: Asking): Promise<ModelLetter> {
  const first = await tryOnce(asking);
  if (first.outcome !== 'faulty') return first;
  const { letter, faults } = first;
  const second = await tryOnce({ ...asking, asked: { ...asking.asked, refused: { letter, faults } } });
  if (second.outcome !== 'faulty') return second;
  const [fault] = second.faults;
  return fault && second.letter ? { outcome: 'refused', fault } : { outcome: 'failed' };
}

type Try = Exclude<ModelLetter, { outcome: 'refused' }> | { outcome: 'faulty'; letter: Letter | null; faults: Fault[] };

/** One answer of the model. It fails when it takes too long or does not answer: the card and the audit log say so, the log why. One that does not
 *  fit the schema is a fault like others. */
async function tryOnce({ asked, groundsFor, ask }: Asking): Promise<Try> {
  const answer = await ask(outreachEmail, asked).catch((error: unknown) => (error instanceof AnswerUnfit ? error : null));
  if (!answer) return { outcome: 'failed' };
  if (answer instanceof AnswerUnfit)
    return { outcome: 'faulty', letter: null, faults: [{ code: 'form', sentence: null, said: answer.message }] };
  const why = answer.noReason.replace(/\s+/g, ' ').trim();
  if (why && answer.sentences.length === 0) return { outcome: 'no-reason', why: why.slice(0, MOST_WHY).replace(/[\ud800-\udbff]$/, '') };
  const letter = letterFrom(answer, asked);
  const grounds = await groundsFor(letter);
  const examples = asked.examples.map(({ text }) => text);
  const faults = [...formFaults(letter), ...checkDraft(letter, grounds), ...copyFaults(letter, examples, grounds)];
  if (faults.length > 0) return { outcome: 'faulty', letter, faults };
  const more = await overstatementsIn(letter, grounds, ask);
  return more && more.length > 0 ? { outcome: 'faulty', letter, faults: more } : { outcome: 'written', letter, isReadTwice: more !== null };
}

const MOST_WHY = 300;

/** On one line each: paragraphs are ours to make. An answer stays in its thread, whatever subject the model likes. */
function letterFrom(
  { subject, sentences, english }: Pick<Letter, 'subject' | 'sentences' | 'english'>,
  { kind, earlier }: OutreachInput,
): Letter {
  const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
  return {
    subject: kind === 'first' ? oneLine(subject) : threadSubject(oneLine(subject), earlier),
    sentences: sentences.map((sentence) => ({ ...sentence, text: oneLine(sentence.text) })).filter(({ text }) => text),
    english: english.trim(),
  };
}

function threadSubject(subject: string, earlier: OutreachInput['earlier']): string {
  const first = (earlier[0]?.subject ?? subject).replace(/^(\s*re\s*:)+\s*/i, '');
  return `Re: ${first}`.slice(0, 150);
}

/** What the form of a draft cannot hold. */
function formFaults({ subject, sentences }: Letter): Fault[] {
  const text = DraftText.safeParse({ subject, body: bodyOf(sentences) });
  return text.success ? [] : text.error.issues.map(({ message }): Fault => ({ code: 'form', sentence: null, said: `${message}.` }));
}
