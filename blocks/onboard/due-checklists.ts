import type { KnownBlock } from '@slack/types';
import type { ChecklistStep } from '../../src/onboard/checklists/checklist.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { escaped, person, plain, section, shorten } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { checklistButton } from './checklist.ts';
import { dayWords } from './checklist-words.ts';

/** Rows of a page. */
export const HOME_DUE = 8;

/** Which page of what is due; `mine`: of the partners that this person looks after. */
export type HomePage = { from: number; mine: boolean };

/** A partner with steps that are due: the one that is due longest, how many working days late it is, and how many there are. */
export type DueRow = { partner: Pick<Partner, 'id' | 'name' | 'owner'>; step: ChecklistStep; late: number; count: number };
export type Due = HomePage & { rows: DueRow[]; total: number };

/** Partners with steps that are due, the longest overdue first, a page at a time. Nothing where there are none at all. */
export function dueBlocks({ rows, total, from, mine }: Due): KnownBlock[] {
  const turnTo = (page: HomePage) => JSON.stringify(page);
  const other = mine
    ? button(ACTIONS.homeAll, 'Everybody’s', turnTo({ from: 0, mine: false }))
    : button(ACTIONS.homeMine, 'Only Mine', turnTo({ from: 0, mine: true }));
  const shown = total === 0 ? 'none' : rows.length === 0 ? `no more; ${total} in all` : `${from + 1}–${from + rows.length} of ${total}`;
  return [
    section(`*Checklists with steps due*${mine ? ' of your partners' : ''}: ${shown}`),
    ...rows.map(dueRow),
    actions(
      `home-due:${from}:${mine}`,
      ...(from > 0 ? [button(ACTIONS.homeBack, 'Previous', turnTo({ from: Math.max(0, from - HOME_DUE), mine }))] : []),
      ...(from + HOME_DUE < total ? [button(ACTIONS.homeNext, 'Next', turnTo({ from: from + HOME_DUE, mine }))] : []),
      other,
    ),
  ];
}

function dueRow({ partner, step, late, count: steps }: DueRow): KnownBlock {
  const when = late > 0 ? `${count(late, 'working day')} late` : `due ${step.dueOn ? dayWords(step.dueOn) : 'today'}`;
  const more = steps > 1 ? ` and ${count(steps - 1, 'more step')}` : '';
  const whose = step.side === 'ours' ? 'ours to do' : 'theirs to do';
  const words = `• *${plain(shorten(partner.name, 100))}* · ${escaped(step.title)} (${whose})${more}\n${when} · ${person(partner.owner)}`;
  return { ...section(words), accessory: checklistButton(partner.id) };
}
