import { shortenText } from '../../src/programme/companies/clean-text.ts';
import { COMPANY_STATUSES, SIZE_BANDS } from '../../src/programme/companies/company.ts';
import type { ColumnField, ColumnMatch } from '../../src/programme/companies/company-columns.ts';
import type { DomainProblem } from '../../src/programme/companies/domain-name.ts';
import { FileProblem } from '../../src/programme/companies/file-problems.ts';
import type { ValueProblem } from '../../src/programme/companies/row-problem.ts';

/** What is wrong with a list of companies as a whole, and what to do. `{columns}` stands for the columns seen. */
const FILE_PROBLEMS: Record<FileProblem, string> = {
  gone: 'This file is not in Slack any more. Drop it once more, or choose it in `/partners import`.',
  'signed-out':
    'Slack does not let me read this file: I may lack `files:read`, or its channel is closed to me. Drop it into our direct messages, or install me anew.',
  empty: 'This file is empty. Choose a list of companies: CSV, Excel or JSON.',
  'too-large':
    'This file has 50 MB or more unpacked, or millions of cells, empty ones among them. Split it and import the parts one after the other.',
  'too-many-rows': 'This file has more than 200,000 rows. Split it and import the parts one after the other.',
  archive: 'This is a packed archive. Unpack it and choose the list inside (gzip, “.gz”, may stay packed).',
  spreadsheet: 'This spreadsheet cannot be read. Save it as .xlsx or as CSV and choose that file.',
  'gzip-broken': 'This gzip file is damaged or incomplete. Pack it again, or choose the file unpacked.',
  'gzip-twice': 'This file is packed twice. Unpack it once and choose the result.',
  binary: 'This is not a list of companies. Choose one as CSV, Excel or JSON.',
  'web-page': 'This is a web page or XML, not a list of companies. Choose one as CSV, Excel or JSON.',
  'json-document': 'This JSON holds no list of companies. Give an array of objects, or one object a line.',
  'header-only': 'This file has a header row and nothing below it. Add rows and choose it again.',
  'no-domain-column':
    'The first row must name the columns, one of them “Domain” or “Website”, or the e-mail addresses of the companies. Columns seen: {columns}.',
  'columns-unclear':
    'There are web domains in this file, and no title says which column holds the companies’ own. Columns seen: {columns}. Name that column “Domain” in the first row, and the one with the names “Company”.',
  'too-many-columns': 'This file has more than 500 columns. Keep the ones about companies and choose it again.',
  'no-domains-pasted': 'Nothing was pasted. Paste web domains such as example.com, one a line.',
  'too-many-entries': 'This file has more than 5,000 entries. Split it and bring the parts one after the other.',
  'no-rates':
    'There are no exchange rates in it. Download `eurofxref-hist.zip` from the European Central Bank and give me that file as it is.',
  'no-cost-columns': 'The first row must name the columns: “Day”, “Kind”, and “Amount” or “Hours”. Add them and choose the file again.',
};

/** The sentence for the details of a `file-unreadable` refusal; not escaped. */
export function fileProblemWords(details: Readonly<Record<string, string | number>>): string {
  const problem = FileProblem.catch('binary').parse(details.problem);
  return FILE_PROBLEMS[problem].replace('{columns}', () => String(details.columns || 'none'));
}

/** Why a text is no company's web domain: the end of a sentence that begins with the text. */
const DOMAIN_PROBLEMS: Record<DomainProblem, string> = {
  empty: 'No web domain is given.',
  address: 'is an e-mail address; give the web domain.',
  ip: 'is an IP address; give the web domain.',
  localhost: 'names a computer in your own network; give the domain on the internet.',
  'public-suffix': 'is an ending that many domains share; give the whole domain, such as example.co.uk.',
  'unknown-ending': 'does not end in a known top-level domain; check the spelling.',
  'shared-host': 'is a page on a site that many companies use; give the company’s own domain.',
  'free-mail': 'is a provider at which anybody can have a mailbox; give the company’s own domain.',
  'not-web': 'is not a web address; give the domain or an address that starts with https://.',
  'too-long': 'is too long for a domain.',
  'not-a-domain': 'is not a web domain; write it like example.com.',
};

/** The whole sentence for a person who typed `input`. */
export function domainProblemWords(problem: DomainProblem, input: string): string {
  if (problem === 'empty') return DOMAIN_PROBLEMS.empty;
  const shown = shortenText(input.trim(), 80);
  return `“${shown.text}${shown.cut ? '…' : ''}” ${DOMAIN_PROBLEMS[problem]}`;
}

type Problem<Code extends ValueProblem['code']> = Extract<ValueProblem, { code: Code }>;

/** One sentence for each code; the type demands it. */
const SENTENCES: { [Code in ValueProblem['code']]: (problem: Problem<Code>) => string } = {
  'not-text': () => 'This is not text. Left out.',
  'not-a-list': () => 'This is neither a list nor text. Left out.',
  'orders-left-out': () => 'A sentence that gives orders to a program is left out.',
  'links-left-out': () => 'A link or a mention in it is left out.',
  'no-domain': () => 'There is no web domain and no website. The row is skipped.',
  'bad-domain': ({ problem, text, isRowLost }) => `${domainProblemWords(problem, text)} ${isRowLost ? 'The row is skipped.' : 'Left out.'}`,
  'bad-address': ({ text }) => `“${shortenText(text, 60).text}” is not an e-mail address. Left out.`,
  'bad-website': ({ most }) => `This is not an address that can be opened, or one of more than ${most} characters. Left out.`,
  'text-cut': ({ kept, of }) => `Cut to ${number(kept)} of ${number(of)} characters.`,
  'list-cut': ({ kept, of }) => `Cut to the first ${kept} of ${number(of)} entries.`,
  'bad-size': ({ text }) => `“${text}” is not a number of people (or a range inside ${SIZE_BANDS.join(', ')}). Left out.`,
  'bad-status': ({ text }) => `“${text}” is none of ${COMPANY_STATUSES.join(', ')}. Left out.`,
  'bad-year': ({ text, last }) => `“${text}” is not a year up to ${last}. Left out.`,
  'not-an-object': () => 'This is not a JSON object. The line is skipped.',
  'line-too-long': ({ most }) => `The line has more than ${number(most)} characters. The line is skipped.`,
  cells: ({ cells, columns }) => `The row has ${cells} ${cells === 1 ? 'cell' : 'cells'}, the header ${columns}. The row is skipped.`,
  'open-quote': ({ isTooLong, isRestLost }) =>
    `A quotation mark is opened and never closed${isTooLong ? ', or the row has more than 200,000 characters' : ''}. ${isRestLost ? 'This line and all below it are skipped.' : 'The line is skipped.'}`,
  'same-domain': ({ domain, earlier }) => `${domain} is also on line ${earlier}; both lines make one company.`,
  'people-left-out': ({ domain, kept, of }) =>
    `${number(of)} people at ${domain} are in this list: the first ${kept} are kept. Anybody else can be written to by typing their address into the draft.`,
};

/** What is wrong with a row or a value of it, in a sentence; not escaped. */
export function problemWords(problem: ValueProblem): string {
  // The table has for each code a function of that code's problem; a lookup by the union forgets the pairing.
  const sentence = SENTENCES[problem.code] as (problem: ValueProblem) => string;
  return sentence(problem);
}

const COLUMN_WORDS: Record<ColumnField, string> = {
  domain: 'web domain',
  website: 'website',
  name: 'name',
  oneLiner: 'one-line description',
  description: 'description',
  industries: 'industries',
  tags: 'tags',
  teamSize: 'number of people',
  sizeBand: 'size band',
  locations: 'locations',
  city: 'location (city)',
  region: 'location (region)',
  country: 'location (country)',
  founded: 'year founded',
  status: 'status',
  aliases: 'other names',
  id: 'id in the file (not stored)',
  minSize: 'number of people (from)',
  maxSize: 'number of people (to)',
  companyEmail: 'e-mail address',
  contactEmail: 'contact’s e-mail address',
  firstName: 'contact’s first name',
  lastName: 'contact’s last name',
  contactName: 'contact’s name',
  role: 'contact’s role',
  contactCountry: 'contact’s country',
  contactSource: 'where the contact is from',
};

/** What a person may say a column is. */
export const COLUMN_OPTIONS = Object.entries(COLUMN_WORDS).map(([field, words]) => ({ field, words }));

/** One line a matched column, then one for what is not read: for a person to confirm; not escaped. */
export function columnWords({ fields, ignored }: ColumnMatch): string[] {
  const read = Object.entries(COLUMN_WORDS).flatMap(([field, words]) => {
    const column = fields[field as ColumnField]; // Object.entries forgets the key type
    return column ? [`“${column.title}” is read as ${words}`] : [];
  });
  return ignored.length === 0 ? read : [...read, `Not read: ${ignored.map((title) => `“${title}”`).join(', ')}`];
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}
