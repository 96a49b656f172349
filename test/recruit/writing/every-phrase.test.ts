import { expect, test } from 'vitest';
import { PARTNER_TYPES } from '../../../src/programme/setup/programme.ts';
import { checkDraft } from '../../../src/recruit/writing/check-draft.ts';
import { writeOffline } from '../../../src/recruit/writing/offline-writer.ts';
import { ANSWER_KINDS, LANGUAGES, LENGTHS, TONES } from '../../../src/recruit/writing/writing.ts';
import { anInput, groundsFor } from './any-input.ts';

const FACTS = {
  oneLiner: 'Appointment booking for clinics',
  description: 'Peatworks connects clinics with patients who need a date at short notice. It runs beside any practice software.',
  industries: ['Healthcare IT'],
  locations: ['Leeds, England, United Kingdom'],
  founded: 2018,
};
const long = [{ subject: 'A subject', body: 'x'.repeat(900) }];
const MESSAGES = [
  { kind: 'first' as const, touch: 1 },
  { kind: 'follow-up' as const, touch: 2, earlier: long },
  { kind: 'follow-up' as const, touch: 3, earlier: long },
  { kind: 'first' as const, touch: 1, pointedBy: 'Mira Okafor' },
  ...ANSWER_KINDS.flatMap((understoodAs) =>
    ['Ok.', 'What is it? Thursday at 10?'].map((text) => {
      return { kind: 'answer' as const, touch: 0, earlier: long, answers: { text, understoodAs } };
    }),
  ),
];

test.each(LANGUAGES)('whatever the offline writer says in %s passes the checker', (language) => {
  const problems = new Set<string>();
  const judged = new Set<string>();
  for (const facts of [FACTS, {}])
    for (const message of MESSAGES)
      for (const type of PARTNER_TYPES)
        for (const tone of TONES)
          for (const length of LENGTHS)
            for (const angle of facts === FACTS ? [0, 1, 2, 3, 4, 5] : [0]) {
              // Answers are the same for all types, and a fact is said in the same words in every tone.
              if ((message.kind === 'answer' && (angle > 0 || type !== 'technology')) || (angle > 0 && tone !== 'plain')) continue;
              const input = anInput(facts, { ...message, language, type, manner: { tone, length, angle } });
              const letter = writeOffline(input);
              // Sentences that were all judged before add nothing.
              if (letter.sentences.every(({ text, kind }) => judged.has(kind + text))) continue;
              for (const { text, kind } of letter.sentences) judged.add(kind + text);
              for (const problem of checkDraft(letter, groundsFor(input))) problems.add(JSON.stringify(problem));
            }
  expect([...problems]).toEqual([]);
});
