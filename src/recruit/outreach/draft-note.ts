import { z } from 'zod';
import { ContactBlock } from '../policy/judge-contact.ts';
import { FAULT_CODES } from '../writing/fault.ts';

/** What ends the planned touches of a thread, and closes its drafts. */
export const THREAD_ENDS = ['reply', 'bounce', 'opt-out', 'complaint', 'decision', 'no-answer', 'new-thread', 'turned-down'] as const;
export const ThreadEnd = z.enum(THREAD_ENDS);
export type ThreadEnd = z.infer<typeof ThreadEnd>;

/** Without values. `model-failed`: the offline writer wrote instead. `read-once`: the second reader did not answer.
 *  `no-other-text`: nobody could write it otherwise. `unknown-fate`: it
 *  may have left. `wrote-again`: they did, before our answer left. `enough-touches`: as many messages as a thread has were sent. */
const PLAIN = [
  'model-failed',
  'read-once',
  'no-other-text',
  'approval-lapsed',
  'approval-taken-back',
  'changed-since',
  'wrote-again',
  'thread-gone',
  'thread-ended',
  'answered',
  'enough-touches',
  'pointer-gone',
  'unknown-fate',
] as const;

/** What the card says beside a draft: why the writer is not the model, what became of the last attempt, or why it is closed. Codes and
 *  values; `blocks/recruit/draft-notes.ts` has a sentence for each. Stored: a code that is no longer written stays here. */
export const DraftNote = z.discriminatedUnion('code', [
  z.object({ code: z.enum(PLAIN) }),
  /** What the checker or the second reader said last; of earlier versions a sentence in `problem`. */
  z.object({
    code: z.literal('model-refused'),
    problem: z.string(),
    fault: z
      .object({ code: z.enum(FAULT_CODES), sentence: z.number().int().nullable(), said: z.string() })
      .nullable()
      .default(null),
  }),
  /** The model saw no honest reason to write to them, as it says it. */
  z.object({ code: z.literal('no-reason'), reason: z.string() }),
  z.object({ code: z.literal('closed'), because: ThreadEnd }),
  z.object({ code: z.literal('undecided'), days: z.number() }),
  /** What the team did with the company after the approval. */
  z.object({ code: z.literal('company-decided'), company: z.string(), to: z.enum(['off-list', 'later', 'partner']) }),
  z.object({ code: z.enum(['address-silent', 'address-closed']), email: z.string() }),
  ContactBlock.extend({ code: z.literal('country-blocked') }),
  /** Mail programs decode `=?…?=`: the recipient would read something else than what was approved. */
  z.object({ code: z.literal('header-coded'), part: z.enum(['sender', 'contact', 'subject']) }),
  /** The first statement whose facts are no longer what they were. */
  z.object({ code: z.literal('facts-changed'), claim: z.string() }),
  /** Refused for good; `reason` is what the mail server said, or ours. */
  z.object({
    code: z.literal('refused'),
    reason: z.string(),
    next: z.enum(['name-another', 'write-to-another', 'set-smtp', 'correct-smtp', 'change']),
  }),
  z.object({ code: z.literal('gave-up'), reason: z.string(), attempts: z.number().int() }),
  /** A sentence stored before notes were codes. */
  z.object({ code: z.literal('as-written'), sentence: z.string() }),
]);
export type DraftNote = z.infer<typeof DraftNote>;

/** Every code that a stored note may have. */
export const NOTE_CODES = DraftNote.options.flatMap(({ shape: { code } }): string[] =>
  code instanceof z.ZodEnum ? code.options : [...code.values],
);

/** Why a text holds no more: nobody approved it for `days`, a fact under it changed, or the reply that named its reader was deleted. */
export const Lapse = z.discriminatedUnion('because', [
  z.object({ because: z.literal('age'), days: z.number() }),
  z.object({ because: z.literal('facts'), claim: z.string() }),
  z.object({ because: z.literal('pointer') }),
]);
export type Lapse = z.infer<typeof Lapse>;
