import { noteWords } from '../../blocks/recruit/draft-notes.ts';
import type { Draft } from '../../src/recruit/outreach/draft.ts';

/** A draft as its card tells it: the note in the words that people read. */
export function told<Told extends Pick<Draft, 'note'>>(draft: Told | null): (Omit<Told, 'note'> & { note: string }) | null {
  return draft && { ...draft, note: noteWords(draft.note) };
}
