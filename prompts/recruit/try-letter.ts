import type { Prompt } from '../prompt.ts';
import { OutreachAnswer } from './outreach-email.ts';

/** The smallest question that is answered in the form of a letter: whether an endpoint and its model take that form. Nothing of ours is in it. */
export const tryLetter: Prompt<null, typeof OutreachAnswer> = {
  name: 'try_letter',
  render: () => ({
    instructions: 'This is a test. Answer with "noReason": "test", an empty "subject", no "sentences" and an empty "english".',
    data: '<data>\n{}\n</data>',
  }),
  answer: OutreachAnswer,
};
