import { z } from 'zod';
import { Language } from '../writing/writing.ts';

export const MOST_EXAMPLES = 3;
/** Characters of one. */
export const LONGEST_EXAMPLE = 2000;
/** Fewer show no manner: a greeting and a sentence. */
const SHORTEST_EXAMPLE = 60;

/** A letter of the team to somebody else, whose manner the model follows. It is no ground: what it says is of other companies. `language`: as far as it is
 *  one of ours. */
export const ExampleLetter = z.object({ text: z.string(), language: Language.nullable() });
export type ExampleLetter = z.infer<typeof ExampleLetter>;

const given = z
  .string()
  .trim()
  .max(LONGEST_EXAMPLE, `Shorten this to ${LONGEST_EXAMPLE} characters`)
  .refine((text) => text === '' || text.length >= SHORTEST_EXAMPLE, 'Paste the whole letter, from the greeting to the closing')
  .default('');

/** The texts as the form gives them, without those left empty. */
export const ExamplesGiven = z
  .object({ first: given, second: given, third: given })
  .transform(({ first, second, third }) => [...new Set([first, second, third])].filter(Boolean));
export const EXAMPLE_FIELDS = ['first', 'second', 'third'] as const;
