import { z } from 'zod';
import { LANGUAGES, Language, languageOf, Replacement, Tone } from '../writing/writing.ts';
import { ExampleLetter } from './example-letters.ts';
import { LetterFacts } from './letter-facts.ts';

/** The recipient's own language where we know it, or always the same. */
export const STYLE_LANGUAGES = ['theirs', ...LANGUAGES] as const;
/** The lengths a house can choose; *Shorter* goes one further. */
export const STYLE_LENGTHS = ['short', 'medium'] as const;

/** How a workspace wants its messages, as the form gives it. `houseStyle` is for the language model. */
export const StyleChoice = z.object({
  tone: Tone,
  length: z.enum(STYLE_LENGTHS),
  language: z.enum(STYLE_LANGUAGES),
  houseStyle: z.string().trim().max(1000, 'Shorten this to 1,000 characters').default(''),
});
export type StyleChoice = z.infer<typeof StyleChoice>;

/** `replacements` are applied by the offline writer and told to the model; `dismissed` are suggestions that nobody wants to see again; `letters` is what may be
 *  said about us, in the languages in which somebody gave it; `examples` show the model how the team writes. */
export const HouseStyle = StyleChoice.extend({
  workspaceId: z.string(),
  replacements: z.array(Replacement),
  dismissed: z.array(Replacement),
  letters: z.partialRecord(Language, LetterFacts),
  examples: z.array(ExampleLetter).default([]),
});
export type HouseStyle = z.infer<typeof HouseStyle>;

export const MOST_REPLACEMENTS = 30;

export const PLAIN_STYLE: StyleChoice & Pick<HouseStyle, 'replacements' | 'dismissed' | 'letters' | 'examples'> = {
  tone: 'plain',
  length: 'medium',
  language: 'theirs',
  houseStyle: '',
  replacements: [],
  dismissed: [],
  letters: {},
  examples: [],
};

export function languageFor({ language }: Pick<HouseStyle, 'language'>, country: string | null): Language {
  return language === 'theirs' ? languageOf(country) : language;
}

export function isSameReplacement(a: Replacement, b: Replacement): boolean {
  return a.from === b.from && a.to === b.to;
}
