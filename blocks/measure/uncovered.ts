import type { KnownBlock } from '@slack/types';
import { ROLE_WORDS } from '../../src/manage/deals/deal-words.ts';
import type { Uncovered } from '../../src/measure/commissions/uncovered.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { plainTo, section } from '../mrkdwn.ts';

/** Whose part in a won sale earns nothing, and where that is changed. `key`: of the page it stands on. */
export function uncoveredBlocks(uncovered: readonly Uncovered[], key: string): KnownBlock[] {
  if (uncovered.length === 0) return [];
  const lines = uncovered.map(({ name, role, plan }) => {
    const who = `*${plainTo(name, 80)}*, which ${ROLE_WORDS[role]} (${role})`;
    return plan ? `• ${who}: the plan *${plainTo(plan, 80)}* gives this role nothing.` : `• ${who}: no plan is for it.`;
  });
  return [
    section([':warning: *No commission*', ...lines].join('\n')),
    actions(`uncovered:${key}`, button(ACTIONS.planList, 'Plans', 'open')),
  ];
}
