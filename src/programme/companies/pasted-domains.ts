import { NOTHING_KNOWN } from './company.ts';
import { unreadable } from './company-file.ts';
import type { CompanyRow, RowProblem } from './company-row.ts';
import { problemText, registrableDomain } from './domain-name.ts';
import { MAX_FILE_BYTES, MAX_ROWS } from './file-problems.ts';

/** Domains or web addresses as a person pastes them, parted by spaces, commas, semicolons or lines. `line` is where each stands. */
export function readPastedDomains(text: string): { columns: null; rows: number; companies: CompanyRow[]; problems: RowProblem[] } {
  if (text.length >= MAX_FILE_BYTES) throw unreadable('too-large');
  const companies: CompanyRow[] = [];
  const problems: RowProblem[] = [];
  let rows = 0;
  for (const [index, lineText] of text.split(/\r\n|\n|\r/).entries()) {
    for (const word of lineText.split(/[\s,;]+/).filter((part) => part !== '')) {
      if (++rows > MAX_ROWS) throw unreadable('too-many-rows');
      const found = registrableDomain(word);
      if ('domain' in found) companies.push({ line: index + 1, id: '', domain: found.domain, facts: NOTHING_KNOWN });
      else problems.push({ line: index + 1, field: '', reason: `${problemText(found.problem, word)} Left out.` });
    }
  }
  if (rows === 0) throw unreadable('no-domains-pasted');
  return { columns: null, rows, companies, problems };
}
