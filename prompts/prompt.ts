import type { z } from 'zod';

/** One question to a language model. The answer is a draft: parsed here, checked by the caller, acted on after a person says so. */
export type Prompt<Input, Answer extends z.ZodType> = {
  name: string;
  /** `instructions` are ours; `data` holds outside text and is marked as such for the model. */
  render: (input: Input) => { instructions: string; data: string };
  answer: Answer;
};
