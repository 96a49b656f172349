import type { DomainProblem } from './domain-name.ts';

/** What was not taken over as it stands in the file, in codes and values; `blocks/programme/import-words.ts` has a sentence for each.
 *  `isRowLost`: the row is skipped for it, else only the value is left out. `most` and `kept` are numbers of characters or entries. */
export type ValueProblem =
  | { code: 'not-text' | 'not-a-list' | 'orders-left-out' | 'links-left-out' }
  | { code: 'no-domain' }
  | { code: 'bad-domain'; problem: DomainProblem; text: string; isRowLost: boolean }
  | { code: 'bad-address'; text: string }
  | { code: 'bad-website'; most: number }
  | { code: 'text-cut' | 'list-cut'; kept: number; of: number }
  | { code: 'bad-size' | 'bad-status'; text: string }
  | { code: 'bad-year'; text: string; last: number }
  | { code: 'not-an-object' }
  | { code: 'line-too-long'; most: number }
  | { code: 'cells'; cells: number; columns: number }
  /** `isTooLong`: the row also has more characters than a row may have. `isRestLost`: nothing below the line is read either. */
  | { code: 'open-quote'; isTooLong: boolean; isRestLost: boolean }
  /** Two lines that make one company; `line` is the earlier one. */
  | { code: 'same-domain'; domain: string; earlier: number }
  /** More people at a company than are kept; `line` is the first left out. */
  | { code: 'people-left-out'; domain: string; kept: number; of: number };

/** `line` counts from 1. `field` is the column's title, empty for the row as a whole. */
export type RowProblem = { line: number; field: string } & ValueProblem;
