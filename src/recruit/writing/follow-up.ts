import { anglesOf } from './angles.ts';
import { bodyOf } from './letter.ts';
import { bareWords } from './plain-words.ts';
import { replySubject } from './reply-subject.ts';
import { factOf, greetingOf, inItsLanguage, say, type Telling, type Written } from './telling.ts';
import type { Sentence, WritingInput } from './writing.ts';

/** Names what the last message was about and adds one thing to it: a fact they have not been told, or a smaller way to begin. Shorter than
 *  what went before wherever that is possible, and without a word about their silence. */
export function followUp(telling: Telling): Written {
  const { phrases, input, us, them } = telling;
  const { type, earlier, manner } = input;
  const [longest, plain] = [lengthOfLast(input), manner.length === 'shortest'];
  const fits = lettersOf(inItsLanguage(telling)).findIndex((sentences) => !plain && bodyOf(sentences).length < longest);
  const letters = lettersOf(telling);
  return { subject: replySubject(earlier, phrases.subject[type](us, them)), sentences: letters.at(fits) ?? [] };
}

/** Ways to write it, the best first; the last one adds nothing. */
function lettersOf(telling: Telling): Sentence[][] {
  const { phrases, input, us, them } = telling;
  const { type, manner, touch, earlier } = input;
  const { tone } = manner;
  const topic = phrases.topic[type](us, them);
  const isLast = touch >= 3;
  const before = (isLast ? phrases.last : phrases.before)(topic);
  // Of a message that is no longer on file nothing is said.
  const opening = earlier.length > 0 ? say('our-earlier', before, 'earlier') : say('proposal', before);
  const question = say('question', isLast ? phrases.askWho(them) : phrases.askAgain[tone]);
  const letter = (...sentences: Sentence[]) => [greetingOf(telling), ...sentences, say('closing', phrases.closing[tone])];
  const release = isLast ? [say('question', phrases.release)] : [];
  const adding = additions(telling).flatMap((added) => [letter(opening, added, question, ...release), letter(opening, added, question)]);
  return [...adding, letter(opening, question)];
}

/** Facts they have not been told, theirs before ours, and something small; in the last touch that comes first. Another angle takes the next
 *  fact. */
function additions(telling: Telling): Sentence[] {
  const { phrases, input, given } = telling;
  const { company, facts: ours, earlier, type, touch, manner } = input;
  const told = bareWords(earlier.map(({ body }) => body).join(' '));
  const fresh = anglesOf(company).filter(({ quote }) => !told.includes(bareWords(quote)));
  const theirs = fresh.map((angle) => factOf(telling, angle, phrases.addition[angle.kind]));
  const shown = (ours?.proof ?? []).flatMap((fact, place) =>
    told.includes(bareWords(fact)) ? [] : [say('our-fact', `${given(fact)}.`, `setup.proof.${place}`)],
  );
  const facts = [...theirs, ...shown];
  const turned = [...facts.slice(manner.angle), ...facts.slice(0, manner.angle)];
  const step = say('proposal', phrases.smallStep[type]);
  return touch >= 3 || manner.length !== 'medium' ? [step, ...turned] : [...turned, step];
}

function lengthOfLast({ earlier }: WritingInput): number {
  return earlier.at(-1)?.body.length ?? Number.POSITIVE_INFINITY;
}
