import type { KnownBlock } from '@slack/types';
import type { ColumnMatch } from '../../src/programme/companies/company-columns.ts';
import type { ImportReport } from '../../src/programme/companies/import-companies.ts';
import { actions, button, input, type Modal, modal, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escaped, escapedTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { columnWords, problemWords } from './import-words.ts';

/** How the names of files end that may be lists of companies. */
export const LIST_TYPES = ['csv', 'tsv', 'txt', 'xlsx', 'xlsm', 'jsonl', 'json', 'ndjson', 'gz'];

/** A file or pasted domains. */
export function importForm(): Modal {
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
    ],
    { id: VIEWS.import, submit: 'Continue' },
  );
}

/** What the columns were understood to be, before anything is stored. */
export function importConfirm(source: { fileId: string; fileName: string }, columns: ColumnMatch, rows: number): Modal {
  return modal(
    'Check the columns',
    [
      section(
        `*${escaped(source.fileName)}* has ${count(rows, 'row')}. I read it like this:\n${columnWords(columns)
          .map((line) => `• ${escaped(line)}`)
          .join('\n')}`,
      ),
      context('Not right? Rename the titles in the first row of the file and choose it again.'),
    ],
    { id: VIEWS.importConfirm, submit: 'Import', metadata: JSON.stringify(source) },
  );
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

const PROBLEMS_SHOWN = 20;

/** The outcome, row by row where something was wrong; what does not fit here is counted. */
export function importReport(source: string, report: ImportReport): { text: string; blocks: KnownBlock[] } {
  const { rows, added, updated, unchanged, merged, skipped, people, problems, tookMs } = report;
  const text = `Imported ${escapedTo(source, 200)}: ${count(added, 'new company', 'new companies')}`;
  const numbers = `${count(rows, 'row')}: *${added}* new, *${updated}* updated, *${unchanged}* unchanged, *${merged}* doubled in the file, *${skipped}* left out.${people > 0 ? ` ${count(people, 'person', 'people')} kept with an e-mail address.` : ''}`;
  const lines = problems
    .slice(0, PROBLEMS_SHOWN)
    .map(
      ({ line, field, ...problem }) =>
        `• Line ${line}${field ? `, ${escapedTo(field, 30)}` : ''}: ${escapedTo(problemWords(problem), 100)}`,
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
      context('Next: `/partners list` ranks them, `/partners digest` posts the best to the team.'),
    ],
  };
}

export function importProgress(source: string, done: number, total: number): { text: string; blocks: KnownBlock[] } {
  const far = total > 0 ? `${done.toLocaleString('en-GB')} of ${count(total, 'company', 'companies')}` : 'reading';
  return {
    text: `Importing ${escapedTo(source, 200)}`,
    blocks: [section(`:hourglass_flowing_sand: Importing *${escapedTo(source, 200)}*: ${far}…`)],
  };
}
