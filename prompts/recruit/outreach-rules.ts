import type { OutreachInput } from './outreach-email.ts';

/** What is to be written. */
export const TASKS: Record<OutreachInput['kind'], string> = {
  first:
    'You write one short first e-mail from a company to a possible partner company: why them, from one concrete fact; what both would gain; one question.',
  'follow-up':
    'You write a short follow-up in an e-mail thread of ours with a possible partner company. Refer to our earlier message, add one new thing, and be shorter than it. Not a word about their silence, no guilt, no pressure.',
  answer:
    'You answer somebody at a possible partner company who replied to us: thank them, say how you understand the reply so that they can correct you, propose one next step. Promise nothing.',
};

const TONES: Record<OutreachInput['manner']['tone'], string> = {
  plain: 'plain and direct',
  warm: 'warm and personal, without flattery',
  formal: 'formal and courteous',
};

const WORDS: Record<OutreachInput['manner']['length'], number> = { shortest: 50, short: 80, medium: 130 };

const REWRITES: Record<NonNullable<OutreachInput['rewrite']>['how'], string> = {
  shorter: 'Rewrite the text in "rewrite" clearly shorter.',
  warmer: 'Rewrite the text in "rewrite" warmer, without flattery and not longer.',
  angle: 'Write anew, resting on another fact than the text in "rewrite" does.',
  again: 'The text in "rewrite" has lapsed: write anew from the facts as they are now.',
};

/** Tone, length and what somebody asked for, as rules. */
export function mannerRules({ manner, rewrite, kind }: Pick<OutreachInput, 'manner' | 'rewrite' | 'kind'>): string[] {
  const most = kind === 'first' ? WORDS[manner.length] : Math.min(80, WORDS[manner.length]);
  return [`- Be ${TONES[manner.tone]}. At most ${most} words.`, ...(rewrite ? [`- ${REWRITES[rewrite.how]}`] : [])];
}
