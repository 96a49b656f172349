import { anglesOf } from './angles.ts';
import { bodyOf, type Letter, type Part, replySubject } from './offline-writer.ts';
import type { Phrases } from './phrases.ts';
import { bareWords } from './plain-words.ts';
import { spokenName } from './spoken-name.ts';
import { claimOf } from './write-first.ts';
import type { WritingInput } from './writing.ts';

/** Names what the last message was about and adds one thing to it: a fact they have not been told, or a smaller way to begin. Shorter than
 *  what went before wherever that is possible, and without a word about their silence. */
export function followUpParts(phrases: Phrases, input: WritingInput): Letter {
  const { own, company, contact, type, manner, touch, earlier } = input;
  const { tone } = manner;
  const [us, them] = [spokenName(own.name), spokenName(company.name)];
  const topic = phrases.topic[type](us, them);
  const isLast = touch >= 3;
  const opening = { text: isLast ? phrases.last(topic) : phrases.before(topic) };
  const question = { text: isLast ? phrases.askWho(them) : phrases.askAgain[tone] };
  const subject = replySubject(earlier, phrases.subject[type](us, them));
  const letter = (...paragraphs: Part[][]): Letter => ({
    subject,
    paragraphs: [[{ text: phrases.greeting[tone](contact.name) }], ...paragraphs, [{ text: phrases.closing[tone] }]],
  });
  const release = isLast ? [{ text: phrases.release }] : [];
  const candidates = additions(phrases, input, them).flatMap((added) => [
    letter([opening, added], [question, ...release]),
    letter([opening, added], [question]),
  ]);
  const longest = lengthOfLast(input);
  if (manner.length === 'shortest') return letter([opening], [question]);
  const fitting = candidates.find((candidate) => bodyOf(candidate, ({ text }) => text).length < longest);
  return fitting ?? letter([opening], [question]);
}

/** In the last touch, something small comes before another fact. A longer draft of the same touch takes the next fact. */
function additions(phrases: Phrases, { company, earlier, type, touch, manner }: WritingInput, them: string): Part[] {
  const told = bareWords(earlier.map(({ body }) => body).join(' '));
  const fresh = anglesOf(company).filter(({ quote }) => !told.includes(bareWords(quote)));
  const facts = fresh.map((angle) => claimOf(angle, phrases.addition[angle.kind], phrases, them));
  const turned = [...facts.slice(manner.angle), ...facts.slice(0, manner.angle)];
  const step = { text: phrases.smallStep[type] };
  return touch >= 3 || manner.length !== 'medium' ? [step, ...turned] : [...turned, step];
}

function lengthOfLast({ earlier }: WritingInput): number {
  return earlier.at(-1)?.body.length ?? Number.POSITIVE_INFINITY;
}
