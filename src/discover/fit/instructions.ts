/** Sentences with one of these talk to whoever ranks, not to customers: nothing in such a sentence counts. */
export const INSTRUCTIONS = [
  ...'ignore previous, ignore all, ignore any, ignore the above, ignore your, disregard previous, disregard all, disregard any, disregard the above'.split(
    ', ',
  ),
  ...'forget previous, forget all, previous instruction, prior instruction, system prompt, system message, as an ai, you are an ai, you must rank'.split(
    ', ',
  ),
  ...'you must score, you should rank, you should score, rank this company, rank us, score this company, score us, score 100, score of 100'.split(
    ', ',
  ),
  ...'give this company, give us a score, assign a score, highest score, maximum score, full points, best possible score, fit score'.split(
    ', ',
  ),
];
