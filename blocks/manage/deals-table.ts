import type { ActionsBlock, Button, KnownBlock, StaticSelect } from '@slack/types';
import { type Deal, type DealsView, TURNED_AWAY_DAYS } from '../../src/manage/deals/deal.ts';
import { STATE_WORDS } from '../../src/manage/deals/deal-words.ts';
import { EXPIRING_DAYS, STALL_DAYS } from '../../src/manage/deals/protection.ts';
import { amountText, moneyWords } from '../../src/platform/money.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button, option, text } from '../elements.ts';
import { ACTIONS, type ActionId } from '../ids.ts';
import { context, plainTo, section, shorten } from '../mrkdwn.ts';
import { type Cell, dataTable, personCell, textCell } from '../panels.ts';
import { count } from '../words.ts';

/** Which deals: a view, of one partner or of all, from which one on. */
export type DealsAsk = { view: DealsView; partnerId: string | null; from: number };

export type DealsPage = {
  ask: DealsAsk;
  /** From `ask.from` on, at most `DEALS_ON_PAGE`. */
  deals: readonly Deal[];
  total: number;
  /** By the partner's id. */
  names: ReadonlyMap<string, string>;
  /** Of the one partner that is asked for; null for all. */
  partner: { name: string; held: number; stalled: number; turnedAway: number } | null;
};

export const DEALS_ON_PAGE = 15;
const PAGE_SIZES = [DEALS_ON_PAGE, 10, 5];

/** Registered deals as a table to read and to sort, with the way to each, to other lists and to a file; where there are none, what to do next. */
export function dealsTable(page: DealsPage): KnownBlock[] {
  const { ask, deals } = page;
  if (deals.length === 0) return [section(`${headWords(page, 'none')}\n${noneWords(page)}`), viewRow(ask), ...emptyRow(page)];
  const sizes = PAGE_SIZES.map((size) => Math.min(size, deals.length));
  return firstThatFits([...new Set(sizes)].map((size) => tableOf(page, deals.slice(0, size))));
}

function tableOf(page: DealsPage, shown: readonly Deal[]): KnownBlock[] {
  const { ask, total, names, partner } = page;
  const words = `${ask.from + 1}–${ask.from + shown.length} of ${count(total, 'deal')}`;
  return [
    section(headWords(page, words)),
    ...(partner && partner.held > 0 ? [context(stalledWords(partner))] : []),
    ...(partner && partner.turnedAway > 0
      ? [context(`${count(partner.turnedAway, 'registration')} of the last ${TURNED_AWAY_DAYS} days turned away by the conflict check.`)]
      : []),
    dataTable(
      `Deals ${words}`,
      HEAD,
      shown.map((deal) => rowOf(deal, names)),
      HEAD.indexOf('Customer'),
    ),
    wayRow(page, shown),
    viewRow(ask),
    context('`/partners deals expiring` lists one kind, `/partners deals NAME` one partner’s. The CSV file comes by direct message.'),
  ];
}

function headWords({ ask, partner }: DealsPage, shown: string): string {
  return `*Deals*${partner ? ` of *${plainTo(partner.name, 100)}*` : ''}${VIEW_WORDS[ask.view].said} · ${shown}`;
}

const VIEW_WORDS: Record<DealsView, { action: ActionId; label: string; said: string; none: string }> = {
  all: { action: ACTIONS.dealsAll, label: 'All', said: '', none: '' },
  open: {
    ...{ action: ACTIONS.dealsOpen, label: 'Open', said: ' not decided yet' },
    none: 'Every registration is decided.',
  },
  review: {
    ...{ action: ACTIONS.dealsReview, label: 'To Review', said: ' to review, the first due first' },
    none: 'No registration waits for a review.',
  },
  protected: {
    ...{ action: ACTIONS.dealsProtected, label: 'Protected', said: ' under protection, the first to end first' },
    none: 'No account is protected for a partner.',
  },
  expiring: {
    ...{ action: ACTIONS.dealsExpiring, label: 'Expiring', said: ' whose protection ends soon' },
    none: `No protection ends within ${EXPIRING_DAYS} days.`,
  },
  ended: {
    ...{ action: ACTIONS.dealsEnded, label: 'Over', said: ' that were won, lost, turned down or ran out' },
    none: 'No deal is over yet.',
  },
  mine: {
    ...{ action: ACTIONS.dealsMine, label: 'Mine', said: ' that are yours' },
    none: 'Nothing is open or protected of the partners you look after, and you have no review. *Edit* on a partner says who looks after it.',
  },
};

function noneWords({ ask, partner, total }: DealsPage): string {
  if (total > 0) return 'There are no more. *All* leads back to the first.';
  if (ask.view !== 'all') return VIEW_WORDS[ask.view].none;
  if (partner)
    return 'It has registered nothing yet. Its people press *Register a Deal* on their desk; `/partners deal NAME` does it for them.';
  return 'Partners press *Register a Deal* on their desk; `/partners deal NAME` registers one for a partner.';
}

function emptyRow({ ask, partner, total }: DealsPage): KnownBlock[] {
  if (ask.view !== 'all' || partner || total > 0) return [];
  return [actions('deals:none', button(ACTIONS.commandRun, 'All Partners', 'partners'))];
}

function stalledWords({ held, stalled }: { held: number; stalled: number }): string {
  const share = Math.round((100 * stalled) / held);
  if (stalled === 0) return `It holds ${count(held, 'account')} under protection; none has stood still for ${STALL_DAYS} days.`;
  return `Of ${count(held, 'account')} under protection ${stalled} (${share} %) stand still: nothing happened there for ${STALL_DAYS} days.`;
}

const HEAD = ['Partner', 'Customer', 'Value', 'State', 'Registered', 'Decide by', 'Protected until', 'Reviewer'];

function rowOf(deal: Deal, names: DealsPage['names']): Cell[] {
  const { partnerId, company, value, status, submittedAt, dueAt, protectedUntil, reviewer } = deal;
  return [
    textCell(shorten(names.get(partnerId) ?? '', 60)),
    textCell(shorten(company, 80)),
    value ? { type: 'raw_number', value: Number(amountText(value)), text: moneyWords(value) } : textCell(''),
    textCell(status === 'needs-info' ? 'Waits for the partner' : STATE_WORDS[status].title),
    textCell(dayOf(submittedAt)),
    textCell(dueAt ? minuteOf(dueAt) : ''),
    textCell(status === 'approved' && protectedUntil ? dayOf(protectedUntil) : ''),
    reviewer ? personCell(reviewer) : textCell(''),
  ];
}

/** The same for everybody, and sorted as text. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function minuteOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** *Open Deal* of each row, the other pages, and the file. */
function wayRow({ ask, total, names }: DealsPage, shown: readonly Deal[]): ActionsBlock {
  const turnTo = (from: number) => JSON.stringify({ ...ask, from });
  const open: StaticSelect = {
    type: 'static_select',
    action_id: ACTIONS.dealShow,
    placeholder: text('Open Deal …', 150),
    options: shown.map(({ id, company, partnerId }) => option(id, `${shorten(company, 40)} · ${names.get(partnerId) ?? ''}`)),
  };
  const turn = [
    ...(ask.from > 0 ? [button(ACTIONS.dealsBack, 'Previous', turnTo(Math.max(0, ask.from - DEALS_ON_PAGE)))] : []),
    ...(ask.from + shown.length < total ? [button(ACTIONS.dealsNext, 'Next', turnTo(ask.from + shown.length))] : []),
    button(ACTIONS.dealsExport, 'CSV', turnTo(0)),
  ];
  return { type: 'actions', block_id: `deals:${ask.view}:${ask.from}`, elements: [open, ...turn] };
}

function viewRow({ view, partnerId }: DealsAsk): ActionsBlock {
  const buttons = Object.entries(VIEW_WORDS).map(([to, { action, label }]): Button => {
    const value = JSON.stringify({ view: to, partnerId, from: 0 });
    return button(action, label, value, to === view ? { style: 'primary' } : {});
  });
  return actions(`deals-view:${view}`, ...buttons);
}
