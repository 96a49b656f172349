import type { HomeView } from '@slack/types';
import type { Actor } from '../../src/programme/workspaces/role.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, header, section } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { checklistButton, stepLines } from './checklist.ts';
import { type ChecklistFacts, progressWords } from './checklist-words.ts';

/** Open steps shown; the rest is behind the button. */
const MOST_STEPS = 15;

/** The Home tab of a partner's person: their company's checklist and deals, and the buttons of their desk. */
export function partnerHome(facts: ChecklistFacts, deals: number, actor: Actor): HomeView {
  const { checklist, partner } = facts;
  const { partnerId } = checklist;
  const open = checklist.steps.filter(({ state }) => state === 'open');
  const left = open.length - MOST_STEPS;
  return {
    type: 'home',
    blocks: [
      header(partner.name),
      actions(
        `partner-home:${partnerId}`,
        button(ACTIONS.dealOpen, 'Register a Deal', partnerId, { style: 'primary' }),
        button(ACTIONS.dealMine, 'My Deals', partnerId),
        button(ACTIONS.earningsShow, 'Earnings', partnerId),
        checklistButton(partnerId),
        button(ACTIONS.libraryShow, 'Library', partnerId),
        button(ACTIONS.deskAsk, 'Ask', partnerId),
      ),
      section(deals === 0 ? 'You have registered no deals yet.' : `You have registered ${count(deals, 'deal')}.`),
      section(`*Checklist* · ${progressWords(checklist)}`),
      ...open.slice(0, MOST_STEPS).map((step) => section(stepLines(step, facts, actor))),
      ...(left > 0 ? [context(`and ${left} more: press *Open Checklist*`)] : []),
    ],
  };
}
