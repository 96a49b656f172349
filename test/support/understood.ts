import { classifyReply, type Readable } from '../../src/recruit/replies/classify-reply.ts';

/** A Monday. */
export const NOW = new Date('2026-11-23T09:00:00Z');
export const OURS = {
  subject: 'Peatworks and Larkspur',
  text: 'Hello Dana,\n\nShall we talk about a partnership?\n\nIf you would rather not hear from us, answer “stop” or open https://larkspur.example/optout/abc and we will not write again.',
};

/** What the rules make of a mail that answers ours; a text alone is a person's. */
export function understood(given: Partial<Readable> | string) {
  const mail = { subject: `Re: ${OURS.subject}`, isAutomatic: false, isUnsubscribe: false, away: null, report: null, text: '' };
  return classifyReply(
    { ...mail, ...(typeof given === 'string' ? { text: given } : given) },
    { ours: OURS, writtenTo: 'dana@peatworks.example', now: NOW },
  );
}

export const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
