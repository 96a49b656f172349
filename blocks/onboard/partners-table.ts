import type { KnownBlock } from '@slack/types';
import type { Partner, PartnerStatus } from '../../src/onboard/partners/partner.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { makePartnerButton } from '../discover/company-card.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, escapedTo, person, plainTo, section, shorten } from '../mrkdwn.ts';
import { type Cell, channelCell, dataTable, personCell, textCell } from '../panels.ts';
import { PARTNERS_LIST } from '../programme/import-forms.ts';
import { count, TYPE_WORDS } from '../words.ts';
import { STATUS_WORDS, typeWords } from './partner-words.ts';

/** What is asked for; null for all of it. */
export type PartnersAsk = { type: PartnerType | null; status: PartnerStatus | null; owner: string | null; from: number };
export const ALL_PARTNERS: PartnersAsk = { type: null, status: null, owner: null, from: 0 };

/** Rows on one page: as many as one message takes, and never more than the first of these. */
const PAGE_SIZES = [100, 75, 50, 35, 25, 15, 8];
export const MOST_ON_PAGE = 100;

export type PartnersPage = {
  ask: PartnersAsk;
  /** From `ask.from` on. */
  partners: readonly Partner[];
  total: number;
  /** Words that name no type, state or colleague. */
  unknown: readonly string[];
  /** Companies that count as partners and have no record. */
  bare: readonly { id: string; name: string }[];
};

/** The partners as a table to read and to sort, with the ways on and back; where there are none, the way to the first. */
export function partnersTable(page: PartnersPage): KnownBlock[] {
  const { partners } = page;
  if (partners.length === 0) return [...unknownWords(page), ...emptyPage(page), ...bareRows(page)];
  const sizes = PAGE_SIZES.map((size) => Math.min(size, partners.length));
  return firstThatFits([...new Set(sizes)].map((size) => tableOf(page, partners.slice(0, size))));
}

function tableOf(page: PartnersPage, shown: readonly Partner[]): KnownBlock[] {
  const { ask, total } = page;
  const words = `${ask.from + 1}–${ask.from + shown.length} of ${count(total, 'partner')}`;
  const turnTo = (from: number) => JSON.stringify({ ...ask, from });
  const turn = [
    ...(ask.from > 0 ? [button(ACTIONS.partnersBack, 'Previous', turnTo(Math.max(0, ask.from - shown.length)))] : []),
    ...(ask.from + shown.length < total ? [button(ACTIONS.partnersNext, 'Next', turnTo(ask.from + shown.length))] : []),
  ];
  return [
    ...unknownWords(page),
    section(`*Partners* · ${words}${narrowedWords(ask)}`),
    dataTable(`Partners ${words}`, HEAD, shown.map(rowOf), HEAD.indexOf('Partner')),
    ...(turn.length > 0 ? [actions(`partners:${ask.from}`, ...turn)] : []),
    context('`/partners show NAME` opens one. `/partners partners agencies quiet @milo` narrows the list, in any order.'),
    ...bareRows(page),
  ];
}

const HEAD = ['Partner', 'Types', 'State', 'Since', 'Owner', 'Country', 'Channel', 'First registration'];

function rowOf(partner: Partner): Cell[] {
  const { name, status, statusAt, owner, countries, channel, firstRegistrationAt } = partner;
  return [
    textCell(shorten(name, 60)),
    textCell(shorten(typeWords(partner), 80)),
    textCell(STATUS_WORDS[status]),
    textCell(dayOf(statusAt)),
    personCell(owner),
    textCell(shorten(countries.join(', '), 40)),
    channel ? channelCell(channel) : textCell(''),
    textCell(firstRegistrationAt ? dayOf(firstRegistrationAt) : ''),
  ];
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function narrowedWords({ type, status, owner }: PartnersAsk): string {
  const parts = [...(type ? [TYPE_WORDS[type]] : []), ...(status ? [STATUS_WORDS[status]] : []), ...(owner ? [person(owner)] : [])];
  return parts.map((part) => ` · ${part}`).join('');
}

function unknownWords({ unknown }: PartnersPage): KnownBlock[] {
  if (unknown.length === 0) return [];
  const words = unknown.map((one) => `“${escapedTo(one, 40)}”`).join(', ');
  const types = Object.keys(TYPE_WORDS).join(', ');
  const states = Object.values(STATUS_WORDS).join(', ').toLowerCase();
  return [context(`I left out ${words}. I know types (${types}), states (${states}), a colleague with @, and *mine*.`)];
}

function emptyPage({ ask }: PartnersPage): KnownBlock[] {
  if (ask.type || ask.status || ask.owner)
    return [
      section(`*Partners*${narrowedWords(ask)} · nobody`),
      actions('partners:none', button(ACTIONS.commandRun, 'All Partners', 'partners')),
    ];
  return [
    section(
      '*Partners* · nobody yet\nAdd one, bring those you have as a file, or press *Make Partner* on a candidate or a reply once they agree.',
    ),
    actions(
      'partners:empty',
      button(ACTIONS.commandRun, 'Add Partner', 'add', { style: 'primary' }),
      button(ACTIONS.importOpen, 'Import Partners', PARTNERS_LIST),
    ),
  ];
}

/** The way from a mark to a record. */
function bareRows({ bare }: PartnersPage): KnownBlock[] {
  if (bare.length === 0) return [];
  return [
    context('These companies are marked as partners and have no record yet:'),
    ...bare.map((company) => ({ ...section(`*${plainTo(company.name, 100)}*`), accessory: makePartnerButton(company) })),
  ];
}
