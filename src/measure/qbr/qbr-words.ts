import type { Deal } from '../../manage/deals/deal.ts';
import { codeWords, STATE_WORDS } from '../../manage/deals/deal-words.ts';
import { moneyWords } from '../../platform/money.ts';
import type { NextStep } from './next-steps.ts';
import type { Pack } from './read-pack.ts';

// What stands in the pack of a quarter, on paper and in Slack. A partner reads it: it names no other partner and nothing internal.

const plural = (many: number, noun: string) => `${many} ${noun}${many === 1 ? '' : 's'}`;

/** What comes next, a line each. `currency`: of the goal. */
export function stepWords({ code, count }: NextStep, currency: string): string {
  const words: Record<NextStep['code'], string> = {
    'deals-end': `The protection of ${plural(count, 'deal')} ends within 30 days: log what was done, close what is decided, or ask for more time.`,
    answers: `${plural(count, 'registration')} ${count === 1 ? 'waits' : 'wait'} for an answer of the partner.`,
    reviews: `${plural(count, 'registration')} ${count === 1 ? 'waits' : 'wait'} for our decision.`,
    checklist: `${plural(count, 'step')} of the checklist ${count === 1 ? 'is' : 'are'} late.`,
    register: 'Nothing was registered in this quarter: name three accounts and register the first.',
    registrations: `${plural(count, 'registration')} to go to the goal.`,
    sourced: `${moneyWords({ minor: count, currency })} of sourced revenue to go to the goal.`,
    certificate: 'Nobody is certified yet: take the course.',
    goal: 'No goal is set for this quarter: set one together.',
  };
  return words[code];
}

/** Goals beside what came of them. */
export function goalLines({ goal, sourcedMinor, sourcedBeforeMinor, registrations, currency, quarter }: Pack): string[] {
  const money = (minor: number) => moneyWords({ minor, currency });
  const isSame = goal?.currency === currency;
  const share = goal && isSame && goal.sourcedMinor > 0 ? `, ${Math.round((100 * sourcedMinor) / goal.sourcedMinor)} %` : '';
  const of = goal ? ` of ${moneyWords({ minor: goal.sourcedMinor, currency: goal.currency })}${share}` : ', no goal set';
  const before = quarter.before.name.replace(/^the same days of /, '');
  return [
    `Sourced revenue (booked): ${money(sourcedMinor)}${of}; ${money(sourcedBeforeMinor)} in the whole of ${before}`,
    `Registrations: ${registrations}${goal ? ` of ${goal.registrations}` : ', no goal set'}`,
  ];
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const worth = ({ value }: Pick<Deal, 'value'>) => (value ? `, ${moneyWords(value)}` : '');

/** Of a deal that is open: where it stands, what it is worth, when it ends. */
export function openLine(deal: Deal): string {
  const end = deal.status === 'approved' && deal.protectedUntil ? `, protected until ${dayOf(deal.protectedUntil)}` : '';
  const close = deal.closeOn ? `, expected to close ${deal.closeOn}` : '';
  return `${deal.company}: ${STATE_WORDS[deal.status].title.toLowerCase()}${worth(deal)}${close}${end}`;
}

export function wonLine(deal: Deal): string {
  return `${deal.company}${worth(deal)}`;
}

/** Why it was lost, where somebody said so: what the partner reads of the deal too. */
export function lostLine(deal: Deal): string {
  const last = deal.history.at(-1);
  const because = [codeWords(last?.code ?? ''), last?.words ?? ''].filter(Boolean).join(': ');
  return `${deal.company}${worth(deal)}: ${STATE_WORDS[deal.status].title.toLowerCase()}${because ? ` (${because})` : ', no reason given'}`;
}

export function commissionLines({ commissions }: Pack): string[] {
  if (commissions.length === 0) return ['No commission was earned or paid in this quarter'];
  return commissions.map(({ currency, earnedMinor, paidMinor }) => {
    const money = (minor: number) => moneyWords({ minor, currency });
    return `${money(earnedMinor)} earned, ${money(paidMinor)} paid`;
  });
}

/** Tiers are names so far: no rule says what is missing to the next. */
export function standingLines({ partner, checklist, certified }: Pack): string[] {
  const steps = checklist
    ? `${checklist.done} of ${checklist.of} steps done${checklist.late > 0 ? `, ${checklist.late} late` : ''}`
    : 'none';
  return [
    `Tier: ${partner.tier || 'none'}`,
    `Checklist: ${steps}`,
    `Certified: ${certified === 0 ? 'nobody' : certified === 1 ? '1 person' : `${certified} people`}`,
  ];
}
