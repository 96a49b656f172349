import { problemWords } from '../../blocks/programme/import-words.ts';
import { noteWords } from '../../blocks/recruit/draft-notes.ts';
import type { RowProblem } from '../../src/programme/companies/row-problem.ts';
import type { Draft } from '../../src/recruit/outreach/draft.ts';

/** A draft as its card tells it: the note in the words that people read. */
export function told<Told extends Pick<Draft, 'note'>>(draft: Told | null): (Omit<Told, 'note'> & { note: string }) | null {
  return draft && { ...draft, note: noteWords(draft.note) };
}

/** What is wrong with rows of a file, as the report of an import tells it. */
export function toldProblems(problems: readonly RowProblem[]): { line: number; field: string; reason: string }[] {
  return problems.map(({ line, field, ...problem }) => ({ line, field, reason: problemWords(problem) }));
}
