import type { KnownBlock } from '@slack/types';
import type { RankedCompany } from '../../src/discover/fit/rank-companies.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, section, shorten } from '../mrkdwn.ts';
import { type Cell, dataTable, linkCell, numberCell, textCell } from '../panels.ts';
import { count, fitWords, TYPE_WORDS } from '../words.ts';
import { detailsSelect } from './company-card.ts';

export const PAGE_SIZE = 10;
export type ListedCompany = Pick<RankedCompany, 'id' | 'name' | 'domain' | 'type' | 'score' | 'known'> & { state: string; why: string };

/** One page of candidates, best first, as a table to read and to sort; one select opens the details of each, and buttons turn the page. */
export function companyList({ companies, total, from }: { companies: ListedCompany[]; total: number; from: number }): KnownBlock[] {
  if (companies.length === 0) return emptyList();
  const turnTo = (start: number) => JSON.stringify({ from: start, words: '' });
  const turn = [
    ...(from > 0 ? [button(ACTIONS.listBack, 'Previous', turnTo(from - PAGE_SIZE))] : []),
    ...(from + companies.length < total ? [button(ACTIONS.listNext, 'Next', turnTo(from + PAGE_SIZE))] : []),
  ];
  const shown = `${from + 1}–${from + companies.length} of ${count(total, 'company', 'companies')}`;
  const rows = companies.map((company, index) => row(company, from + index + 1));
  return [
    section(`*Candidates, best first* · ${shown}`),
    dataTable(`Candidates ${shown}`, HEAD, rows, HEAD.indexOf('Company')),
    { ...actions(`list:${from}`), elements: [detailsSelect(companies), ...turn] },
    context('Left out: competitors, customers, partners, closed companies and those marked as not a fit.'),
  ];
}

const HEAD = ['Place', 'Company', 'Fit', 'Type', 'State', 'Strongest reason'];

function row({ name, domain, type, score, known, state, why }: ListedCompany, place: number): Cell[] {
  const shown = shorten(name, 100);
  return [
    numberCell(place),
    domain ? linkCell(`https://${domain}`, shown) : textCell(shown),
    // Sorted by the score, and told as everywhere.
    { type: 'raw_number', value: score, text: fitWords({ score, known }).replaceAll('*', '') },
    textCell(TYPE_WORDS[type]),
    textCell(state),
    textCell(shorten(why, 200)),
  ];
}

function emptyList(): KnownBlock[] {
  return [
    section('There are no candidates yet. Bring companies as a file (CSV, Excel or JSON) or as pasted web domains.'),
    actions('list:empty', button(ACTIONS.importOpen, 'Import Companies', 'list', { style: 'primary' })),
  ];
}
