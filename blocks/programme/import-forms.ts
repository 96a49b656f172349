import type { KnownBlock } from '@slack/types';
import type { PartnersImported } from '../../src/onboard/partners/import-partners.ts';
import { type ColumnChoice, type ColumnMatch, titleOf } from '../../src/programme/companies/company-columns.ts';
import type { ImportReport } from '../../src/programme/companies/import-companies.ts';
import { PARTNER_TYPES, type PartnerType } from '../../src/programme/setup/programme.ts';
import { actions, button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escaped, escapedTo, section, shorten } from '../mrkdwn.ts';
import { plan, type Task } from '../panels.ts';
import { refusalSentence } from '../refusals.ts';
import { count, PARTNERS_WORDS } from '../words.ts';
import { COLUMN_OPTIONS, columnWords, problemWords } from './import-words.ts';

/** How the names of files end that may be lists of companies. */
export const LIST_TYPES = ['csv', 'tsv', 'txt', 'xlsx', 'xlsm', 'jsonl', 'json', 'ndjson', 'gz'];

/** A file or pasted domains; `as`: what they are taken for until somebody says otherwise. */
export function importForm(as: PartnerType | null = null): Modal {
  return modal(
    'Import companies',
    [
      section(
        'CSV, Excel or JSON, as your CRM or spreadsheet exports it. Every row needs a web domain, a website or a business e-mail address. Importing again updates, it never doubles.',
      ),
      input('file', 'File', { type: 'file_input', max_files: 1, filetypes: LIST_TYPES }, { optional: true }),
      textInput('domains', 'Or paste web domains', '', {
        multiline: true,
        optional: true,
        placeholder: 'example.com',
        hint: 'One a line.',
      }),
      asInput(as),
    ],
    { id: VIEWS.import, submit: 'Continue' },
  );
}

/** The value of a button that opens the form for a list of partners. */
export const PARTNERS_LIST = 'partners';
/** What `as` says when they are no partners. */
export const TO_RANK = 'companies';

/** Companies to rank, or partners, of which kind. */
function asInput(as: PartnerType | null) {
  const kinds = PARTNER_TYPES.map((type) => option(type, `Our partners: ${PARTNERS_WORDS[type]}`));
  const options = [option(TO_RANK, 'Companies to rank'), ...kinds];
  const chosen = options.find(({ value }) => value === (as ?? TO_RANK));
  return input(
    'as',
    'These are',
    { type: 'static_select', options, ...(chosen ? { initial_option: chosen } : {}) },
    { hint: 'Partners get a record each, looked after by you, with the people of the list. Their kinds can be changed there.' },
  );
}

type Source = { fileId: string; fileName: string; as?: PartnerType | undefined };

/** What the columns were understood to be, before anything is stored. */
export function importConfirm(source: Source, columns: ColumnMatch, rows: number): Modal {
  return modal(
    'Check the columns',
    [
      section(
        `*${escaped(source.fileName)}* has ${count(rows, 'row')}. I read it like this:\n${columnWords(columns)
          .map((line) => `• ${escaped(line)}`)
          .join('\n')}`,
      ),
      actions('import:columns', button(ACTIONS.importMap, 'Change What Columns Are', JSON.stringify(source))),
      asInput(source.as ?? null),
    ],
    { id: VIEWS.importConfirm, submit: 'Import', metadata: JSON.stringify(source) },
  );
}

/** Titles of a file with two example values each, and what each is taken for. */
export type ColumnQuestion = { header: readonly string[]; examples: readonly (readonly string[])[]; choice: ColumnChoice };
/** A modal holds 100 blocks; lists of people and companies rarely have more columns that are read. */
const MOST_ASKED = 90;
export const NOT_READ = 'not-read';

/** Asks what each column of a file is. */
export function importMapping(source: Source, { header, examples, choice }: ColumnQuestion): Modal {
  const left = header.length - MOST_ASKED;
  const options = [option(NOT_READ, 'not read'), ...COLUMN_OPTIONS.map(({ field, words }) => option(field, words))];
  return modal(
    'What are the columns?',
    [
      section(
        `*${escaped(source.fileName)}*: say which column is which. One of them has to be a web domain, a website or an e-mail address. I remember it for the next file with these titles.`,
      ),
      ...header.slice(0, MOST_ASKED).map((title, index) => {
        const chosen = options.find(({ value }) => value === (choice[index] ?? NOT_READ));
        const shown = (examples[index] ?? []).map((example) => `“${example}”`).join(', ');
        return input(
          columnId(index),
          titleOf(title) || `Column ${index + 1}`,
          { type: 'static_select', options, ...(chosen ? { initial_option: chosen } : {}) },
          { hint: shorten(shown ? `For example ${shown}` : 'Empty in the first rows', 150) },
        );
      }),
      ...(left > 0
        ? [context(`${count(left, 'more column')} of the file cannot be asked for here and ${left === 1 ? 'is' : 'are'} not read.`)]
        : []),
    ],
    { id: VIEWS.importMap, submit: 'Continue', metadata: JSON.stringify({ ...source, columns: header.length }) },
  );
}

export function columnId(index: number): string {
  return `column-${index}`;
}

/** Under files dropped into the direct messages: a button for each list; what else came with them is said. */
export function importOffer(
  lists: { fileId: string; fileName: string }[],
  { others, more, text }: { others: string[]; more: number; text: string },
): { text: string; blocks: KnownBlock[] } {
  const unread = [
    ...(others.length > 0 ? [`I left ${others.map((name) => `“${escapedTo(name, 80)}”`).join(', ')} alone: ${READABLE}`] : []),
    ...(more > 0 ? [`I left out ${count(more, 'more file')}. Drop them on their own.`] : []),
    ...(lists.length > 0 && text.trim() ? ['I read the file, not the words beside it.'] : []),
  ];
  const offers = lists.flatMap((source) => [
    section(`Shall I import the companies in *${escapedTo(source.fileName, 200)}*? I show you first how I read its columns.`),
    actions(`import:${source.fileId}`, button(ACTIONS.importFile, 'Import', JSON.stringify(source))),
  ]);
  const words = lists.length > 0 ? 'Shall I import this list of companies?' : unread.join(' ');
  return { text: words, blocks: [...offers, ...(unread.length > 0 ? [section(unread.join('\n'))] : [])] };
}

const READABLE = 'I read lists of companies as CSV, Excel or JSON; gzip is fine.';

const PROBLEMS_SHOWN = 15;

/** Websites of pasted domains: how many said something, which did not answer, and how many are still read. */
export type SitesRead = { read: number; silent: string[]; later: number };
const SILENT_SHOWN = 10;

function sitesWords(sites: SitesRead): string {
  const { read, silent, later } = sites;
  const named = silent.slice(0, SILENT_SHOWN).map((domain) => escapedTo(domain, 60));
  const more = silent.length - named.length;
  return [
    `:globe_with_meridians: ${count(read, 'website')} read: what they say of themselves is on file now.`,
    ...(silent.length > 0
      ? [`No page could be read at ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}: bring a file that says what they do.`]
      : []),
    ...(later > 0 ? [`${count(later, 'more website')} ${later === 1 ? 'is' : 'are'} still being read.`] : []),
  ].join(' ');
}

/** The outcome, row by row where something was wrong; what does not fit here is counted. */
export function importReport(source: string, report: ImportReport, sites?: SitesRead | 'reading'): { text: string; blocks: KnownBlock[] } {
  const { rows, added, updated, unchanged, merged, skipped, people, problems, tookMs } = report;
  const text = `Imported ${escapedTo(source, 200)}: ${count(added, 'new company', 'new companies')}`;
  const numbers = `${count(rows, 'row')}: *${added}* new, *${updated}* updated, *${unchanged}* unchanged, *${merged}* doubled in the file, *${skipped}* left out.${people > 0 ? ` ${count(people, 'person', 'people')} kept with an e-mail address.` : ''}`;
  const lines = problems
    .slice(0, PROBLEMS_SHOWN)
    .map(
      ({ line, field, ...problem }) =>
        `• Line ${line}${field ? `, ${escapedTo(field, 30)}` : ''}: ${escapedTo(problemWords(problem), 140)}`,
    );
  const more =
    problems.length > PROBLEMS_SHOWN
      ? [
          context(
            `And ${problems.length - PROBLEMS_SHOWN} more notes. The command line shows them all: \`npm run -s cli -- import companies FILE\``,
          ),
        ]
      : [];
  return {
    text,
    blocks: [
      section(`:inbox_tray: *${escapedTo(source, 200)}* is in, after ${(tookMs / 1000).toFixed(1)} s. ${numbers}`),
      ...(lines.length > 0 ? [section(lines.join('\n')), ...more] : []),
      ...(sites === 'reading' ? [plan('Their websites', [READING])] : sites ? [section(sitesWords(sites))] : []),
      context('Next: `/partners list` ranks them, `/partners digest` posts the best to the team.'),
    ],
  };
}

const NAMED = 10;

/** What became of a list of partners, below what became of its companies. */
export function partnersReport({ added, known, refused }: PartnersImported): KnownBlock[] {
  const lines = [
    ...known.map(({ domain, name }) => `• ${escapedTo(domain, 100)} is a partner already: ${escapedTo(name || 'on file', 100)}`),
    ...refused.map(({ domain, refusal }) => `• ${escapedTo(domain, 100)}: ${refusalSentence(refusal.code, refusal.details)}`),
  ];
  const more = lines.length > NAMED ? [`and ${count(lines.length - NAMED, 'more line')} like these`] : [];
  const head = `:handshake: *${count(added.length, 'partner record')}* made. \`/partners partners\` lists them.`;
  return [section([head, ...lines.slice(0, NAMED), ...more].join('\n'))];
}

const READING: Task = { id: 'read-sites', title: 'Reading what they say of themselves', status: 'in_progress' };

/** `total` is 0 while the list is still read. */
export function importProgress(source: string, done: number, total: number): { text: string; blocks: KnownBlock[] } {
  const isRead = total > 0;
  const far = isRead ? `${done.toLocaleString('en-GB')} of ${count(total, 'company', 'companies')}` : '';
  const steps: Task[] = [
    { id: 'read', title: 'Read the list', status: isRead ? 'complete' : 'in_progress' },
    { id: 'store', title: 'Take in the companies', status: isRead ? 'in_progress' : 'pending', details: far },
  ];
  return { text: `Importing ${escapedTo(source, 200)}`, blocks: [plan(`Importing ${shorten(source, 200)}`, steps)] };
}
