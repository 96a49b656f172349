/** A file of this many bytes or more is refused, packed or unpacked. */
export const MAX_FILE_BYTES = 50_000_000;
/** More rows are refused, so that one file cannot fill the memory of everybody. */
export const MAX_ROWS = 200_000;
/** A list of companies has far fewer. */
export const MAX_COLUMNS = 500;

/** What is wrong with a list of companies as a whole, and what to do. `{columns}` stands for the columns seen. */
export const FILE_PROBLEMS = {
  gone: 'This file is not in Slack any more. Drop it once more, or choose it in `/partners import`.',
  empty: 'This file is empty. Choose a CSV file with a header row, or a JSONL file.',
  'too-large': 'This file has 50 MB or more. The limit is 50 MB unpacked: split it and import the parts one after the other.',
  'too-many-rows': 'This file has more than 200,000 rows. Split it and import the parts one after the other.',
  archive: 'This is a packed archive. Unpack it and choose the CSV or JSONL file inside (gzip, “.gz”, may stay packed).',
  spreadsheet: 'This is a spreadsheet. Export it as CSV (UTF-8) and choose that file.',
  'gzip-broken': 'This gzip file is damaged or incomplete. Pack it again, or choose the file unpacked.',
  'gzip-twice': 'This file is packed twice. Unpack it once and choose the result.',
  utf16: 'This file is in UTF-16. Save it as UTF-8 (in Excel: “CSV UTF-8”) and choose it again.',
  encoding:
    'This file is not in UTF-8, so letters such as “é” would be lost. Save it as UTF-8 (in Excel: “CSV UTF-8”) and choose it again.',
  binary: 'This is not a text file. Choose a CSV file with a header row, or a JSONL file.',
  'web-page': 'This is a web page or XML, not a list of companies. Choose a CSV file with a header row, or a JSONL file.',
  'json-document': 'This is one JSON document. Write one company a line as a JSON object (JSONL), or choose a CSV file.',
  'header-only': 'This file has a header row and no companies below it. Add rows and choose it again.',
  'no-domain-column': 'The first row must name the columns, one of them “Domain” or “Website”. Columns seen: {columns}.',
  'too-many-columns': 'This file has more than 500 columns. Keep the ones about companies and choose it again.',
  'no-domains-pasted': 'Nothing was pasted. Paste web domains such as example.com, one a line.',
} as const;
export type FileProblem = keyof typeof FILE_PROBLEMS;

/** The sentence for the details of a `file-unreadable` refusal. */
export function fileProblemText(details: Readonly<Record<string, string | number>>): string {
  const problem = Object.keys(FILE_PROBLEMS).find((key): key is FileProblem => key === details.problem) ?? 'binary';
  return FILE_PROBLEMS[problem].replace('{columns}', () => String(details.columns ?? 'none'));
}
