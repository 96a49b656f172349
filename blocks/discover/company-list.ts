import type { Button, KnownBlock } from '@slack/types';
import type { Hold } from '../../src/discover/fit/holds.ts';
import type { RankedCompany } from '../../src/discover/fit/rank-companies.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, escapedTo, section, shorten } from '../mrkdwn.ts';
import { type Cell, dataTable, linkCell, numberCell, textCell } from '../panels.ts';
import { count, fitWords, TYPE_WORDS } from '../words.ts';
import { detailsSelect } from './company-card.ts';
import { doubtCard } from './hold-blocks.ts';

export const PAGE_SIZE = 10;
/** Of those held back: ten cards with all their buttons are too much for one message. */
export const HELD_PAGE = 6;
export type ListedCompany = Pick<RankedCompany, 'id' | 'name' | 'domain' | 'type' | 'score' | 'known'> & {
  state: string;
  why: string;
  /** What holds it back, where a person may clear it with a word. */
  doubts?: Hold[];
};

/** `others`: companies on file that are on the other list, of those held back or of those that may be suggested. */
export type ListedPage = {
  companies: ListedCompany[];
  total: number;
  others: number;
  from: number;
  held: boolean;
  read?: ReadToday | null;
  /** Domains of those the team keeps out, who stand in no list. */
  keptOut?: readonly string[];
};
/** What the second reader did today. */
export type ReadToday = { read: number; objected: number; isStopped: boolean };

/** One page of candidates, best first, or of those held back, as a table to read and to sort, after a card for each that a person may clear with a
 *  word; one select opens the details of each, and buttons
 *  turn the page. Where that would be too long for one message, names and reasons are cut shorter, and that is said. */
export function companyList({ companies, total, others, from, held, read = null, keptOut = [] }: ListedPage): KnownBlock[] {
  const told = [...(read ? [readWords(read)] : []), ...(keptOut.length > 0 ? [keptOutWords(keptOut)] : [])];
  if (companies.length === 0) return [...emptyList(others, held), ...(told.length > 0 ? [context(...told)] : [])];
  const size = held ? HELD_PAGE : PAGE_SIZE;
  const turnTo = (start: number) => JSON.stringify({ from: start, words: '', held });
  const turn = [
    ...(from > 0 ? [button(ACTIONS.listBack, 'Previous', turnTo(Math.max(0, from - size)))] : []),
    ...(from + companies.length < total ? [button(ACTIONS.listNext, 'Next', turnTo(from + size))] : []),
  ];
  const shown = `${from + 1}–${from + companies.length} of ${count(total, 'company', 'companies')}`;
  const head = [...HEAD, held ? 'Why it is held back' : 'Strongest reason'];
  const title = held ? 'Held back' : 'Candidates, best first';
  const cards = (most: Lengths) =>
    companies.flatMap((company) => (company.doubts ? doubtCard({ ...company, holds: company.doubts }, from, most) : []));
  const rows = (most: Lengths) => companies.flatMap((company, index) => (company.doubts ? [] : [row(company, from + index + 1, most)]));
  const page = (most: Lengths): KnownBlock[] => [
    section(`*${title}* · ${shown}`),
    ...cards(most),
    ...(rows(most).length > 0 ? [dataTable(`${title} ${shown}`, head, rows(most), head.indexOf('Company'))] : []),
    { ...actions(`list:${from}:${held}`), elements: [detailsSelect(companies), ...turn, ...otherList(others, held)] },
    context(
      held
        ? `None of these is suggested by itself. If one is right all the same, open its details and press *${LABELS.draftOutreach}*.`
        : `Left out: competitors, customers, partners and those marked as not a fit. Held back: ${count(others, 'company', 'companies')} too large, like competitors, closed, or not such partners by what is on file.`,
      ...told,
      ...(most === WHOLE ? [] : ['Shortened to fit one message. *Details of …* opens the whole.']),
    ),
  ];
  return firstThatFits([WHOLE, { name: 60, why: 80 }, { name: 40, why: 30 }].map(page));
}

function readWords({ read, objected, isStopped }: ReadToday): string {
  const done = `The second reader read ${count(read, 'company', 'companies')} today and held back ${objected.toLocaleString('en-GB')}.`;
  return isStopped ? `${done} Today’s budget is used up; it goes on tomorrow.` : done;
}

const MOST_NAMED = 5;

function keptOutWords(domains: readonly string[]): string {
  const named = domains.slice(0, MOST_NAMED).map((domain) => escapedTo(domain, 80));
  const more = domains.length - named.length;
  const all = `${named.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-GB')} more` : ''}`;
  return `Kept out by your team: ${all}. \`/partners show\` with the domain, then *Details*, takes one back.`;
}

/** Most characters of a name and of a reason. */
type Lengths = { name: number; why: number };
const WHOLE: Lengths = { name: 100, why: 200 };

const HEAD = ['Place', 'Company', 'Fit', 'Type', 'State'];

function otherList(others: number, held: boolean): Button[] {
  if (others === 0) return [];
  return [held ? button(ACTIONS.commandRun, 'Candidates', 'list') : button(ACTIONS.commandRun, 'Held Back', 'held')];
}

function row({ name, domain, type, score, known, state, why }: ListedCompany, place: number, most: Lengths): Cell[] {
  const shown = shorten(name, most.name);
  return [
    numberCell(place),
    domain ? linkCell(`https://${domain}`, shown) : textCell(shown),
    // Sorted by the score, and told as everywhere.
    { type: 'raw_number', value: score, text: fitWords({ type, score, known }).replaceAll('*', '') },
    textCell(TYPE_WORDS[type]),
    textCell(state),
    textCell(shorten(why, most.why)),
  ];
}

function emptyList(others: number, held: boolean): KnownBlock[] {
  if (others > 0) {
    const words = held
      ? 'Nobody is held back.'
      : 'None of your companies is such a partner by what is on file. *Held Back* says why for each; `/partners import` and `/partners research` bring more.';
    return [section(words), actions(`list:none:${held}`, ...otherList(others, held))];
  }
  return [
    section('There are no candidates yet. Bring companies as a file (CSV, Excel or JSON) or as pasted web domains.'),
    actions('list:empty', button(ACTIONS.importOpen, 'Import Companies', 'list', { style: 'primary' })),
  ];
}
