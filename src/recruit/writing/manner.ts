import { z } from 'zod';

/** How a text sounds. */
export const TONES = ['plain', 'warm', 'formal'] as const;
export const Tone = z.enum(TONES);
export type Tone = z.infer<typeof Tone>;

/** How long a text is: `short` leaves out what both would gain in detail, `shortest` keeps the reason and the question. */
export const LENGTHS = ['shortest', 'short', 'medium'] as const;
export const Length = z.enum(LENGTHS);
export type Length = z.infer<typeof Length>;

/** Words that a team says otherwise: `from` as our templates have it, whole words only. */
export const Replacement = z.object({ from: z.string(), to: z.string() });
export type Replacement = z.infer<typeof Replacement>;

/** Which of several texts is meant. `angle` counts the facts that a first sentence can rest on, 0 being the best. */
export const Manner = z.object({ tone: Tone, length: Length, angle: z.number().int().min(0) });
export type Manner = z.infer<typeof Manner>;
