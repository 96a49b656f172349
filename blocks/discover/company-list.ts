import type { KnownBlock } from '@slack/types';
import type { RankedCompany } from '../../src/discover/fit/rank-companies.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, escapedTo, plainTo, section, siteLink } from '../mrkdwn.ts';
import { count, fitWords, TYPE_WORDS } from '../words.ts';
import { detailsButton } from './company-card.ts';

export const PAGE_SIZE = 10;
export type ListedCompany = Pick<RankedCompany, 'id' | 'name' | 'domain' | 'type' | 'score' | 'known'> & { state: string; why: string };

/** One page of candidates, best first, with the way to the next and back. Twelve blocks of text and ten buttons at most. */
export function companyList({ companies, total, from }: { companies: ListedCompany[]; total: number; from: number }): KnownBlock[] {
  if (companies.length === 0) return emptyList();
  const turnTo = (start: number) => JSON.stringify({ from: start, words: '' });
  const turn = [
    ...(from > 0 ? [button(ACTIONS.listBack, 'Previous', turnTo(from - PAGE_SIZE))] : []),
    ...(from + companies.length < total ? [button(ACTIONS.listNext, 'Next', turnTo(from + PAGE_SIZE))] : []),
  ];
  return [
    section(`*Candidates, best first* · ${from + 1}–${from + companies.length} of ${count(total, 'company', 'companies')}`),
    ...companies.map((company, index) => row(company, from + index + 1)),
    ...(turn.length > 0 ? [actions(`list:${from}`, ...turn)] : []),
    context('Left out: competitors, customers, partners, closed companies and those marked as not a fit.'),
  ];
}

function row({ id, name, domain, type, score, known, state, why }: ListedCompany, position: number): KnownBlock {
  const site = domain ? ` · ${siteLink(domain)}` : '';
  const words = `${position}. *${plainTo(name, 100)}*${site}\n${TYPE_WORDS[type]} · fit ${fitWords({ score, known })}${state ? ` · ${state}` : ''}\n${escapedTo(why, 200)}`;
  return {
    ...section(words),
    block_id: `row:${id}`,
    accessory: detailsButton({ id, name }),
  };
}

function emptyList(): KnownBlock[] {
  return [
    section('There are no candidates yet. Bring companies as a file (CSV, Excel or JSON) or as pasted web domains.'),
    actions('list:empty', button(ACTIONS.importOpen, 'Import Companies', 'list', { style: 'primary' })),
  ];
}
