/** What can be wrong with a letter, as far as rules see it; `says-more` is the second reader's. `blocks/recruit/fault-words.ts` has a sentence
 *  for each. */
export const FAULT_CODES = [
  'form',
  'ground-unknown',
  'ground-missing',
  'ground-crosswise',
  'no-fact-of-theirs',
  'quote-unknown',
  'order',
  'placeholder',
  'name-unknown',
  'stranger',
  'figure-unknown',
  'money',
  'address',
  'language',
  'too-long',
  'several-questions',
  'no-thread',
  'copied',
  'subject-says-more',
  'english-says-more',
  'says-more',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** `sentence` is its place from 0; null when it is the whole letter, the subject or the English. `said` are the words. */
export type Fault = { code: FaultCode; sentence: number | null; said: string };
