import type { z } from 'zod';

/** Documents of one look. */
export const BATCH = 200;
/** Far more looks than any database needs; a migration that takes more is at fault and stops the start. */
export const MOST_LOOKS = 1_000_000;

/** A document as it was stored then. One that cannot be read stops the start: the error names it, so that an operator can look at it, and says
 *  nothing of what stands in it but the fields at fault. */
export function readStored<Stored extends z.ZodType>(schema: Stored, collection: string, stored: { _id: unknown }): z.infer<Stored> {
  const read = schema.safeParse(stored);
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path, code }) => `${path.join('.') || 'the document'} (${code})`).join(', ');
  throw new Error(`${collection} ${String(stored._id)} is not as that version stored it: ${fields}.`);
}
