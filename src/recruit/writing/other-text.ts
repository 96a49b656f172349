import { bodyOf } from './letter.ts';
import { writeOffline } from './offline-writer.ts';
import { LENGTHS, type Letter, type Manner, type TONES, type WritingInput } from './writing.ts';

/** What can be asked of a text, and the manners that answer it, the nearest first. `again` is the same manner on today's facts. */
const WAYS: Record<'shorter' | 'warmer' | 'angle' | 'again', (now: Manner) => Manner[]> = {
  shorter: (now) =>
    LENGTHS.slice(0, LENGTHS.indexOf(now.length))
      .toReversed()
      .map((length) => ({ ...now, length })),
  warmer: (now) => WARMTH.slice(WARMTH.indexOf(now.tone) + 1).map((tone) => ({ ...now, tone })),
  angle: (now) => Array.from({ length: MOST_ANGLES }, (_, step) => ({ ...now, angle: now.angle + step + 1 })),
  again: (now) => [{ ...now, angle: 0 }],
};

const WARMTH = ['formal', 'plain', 'warm'] as const satisfies (typeof TONES)[number][];
/** More facts than a company has that a letter can begin with. */
const MOST_ANGLES = 8;

/** How the offline writer answers what was asked of a text; null when it has nothing else to offer: no shorter text, no warmer tone, no
 *  other fact to begin with. */
export function otherText(
  input: WritingInput,
  now: { body: string; manner: Manner },
  how: keyof typeof WAYS,
): (Letter & { manner: Manner }) | null {
  for (const manner of WAYS[how](now.manner)) {
    const written = writeOffline({ ...input, manner });
    const body = bodyOf(written.sentences);
    const isOther = how === 'again' || (body !== now.body && (how !== 'shorter' || body.length < now.body.length));
    // The last fact stands in for all that are missing after it.
    const first = written.sentences.find(({ kind }) => kind === 'their-fact');
    const restsOnOther = how !== 'angle' || !now.body.includes(first?.text ?? '');
    if (isOther && restsOnOther) return { ...written, manner };
  }
  return null;
}
