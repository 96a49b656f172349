/** What a person's doing came to: fine, or a sentence for them. */
export type Outcome = { ok: true } | { ok: false; error: string };

export const fine: Outcome = { ok: true };

export const refused = (error: string): Outcome => ({ ok: false, error });
