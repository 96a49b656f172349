import { type Letter, replySubject } from './offline-writer.ts';
import type { AnswerKind, Phrases } from './phrases.ts';
import { spokenName } from './spoken-name.ts';
import type { WritingInput } from './writing.ts';

/** How a reply is understood, by the word its reader stored; what is not known gets an open question. */
const KINDS: readonly [AnswerKind, RegExp][] = [
  ['wrong-person', /wrong|person|referred|elsewhere/i],
  ['away', /away|office|vacation|absen/i],
  ['later', /later|snooze|not now/i],
  ['no', /^\W*(no|not|declin\w*|opt|reject\w*)\b/i],
  ['interested', /interest|yes|positive/i],
];

/** Thanks them, says how it was understood so that they can correct it, proposes the next step. Promises nothing. */
export function answerParts(phrases: Phrases, { own, company, contact, type, manner, earlier, answers }: WritingInput): Letter {
  const kind = answerKind(answers?.understoodAs ?? '');
  const { tone, length } = manner;
  const understood = length === 'shortest' ? [] : [{ text: phrases.understood[kind] }];
  return {
    subject: replySubject(earlier, phrases.subject[type](spokenName(own.name), spokenName(company.name))),
    paragraphs: [
      [{ text: phrases.greeting[tone](contact.name) }],
      [{ text: phrases.thanks[tone] }, ...understood],
      [{ text: phrases.next[kind] }],
      [{ text: phrases.closing[tone] }],
    ],
  };
}

function answerKind(understoodAs: string): AnswerKind {
  return KINDS.find(([, words]) => words.test(understoodAs))?.[0] ?? 'other';
}
