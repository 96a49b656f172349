import type { KnownBlock } from '@slack/types';
import type { PlansShown } from '../../src/measure/commissions/change-plan.ts';
import { BASES, type Plan, type PlanTerms } from '../../src/measure/commissions/plan.ts';
import type { Compared, YearReplayed } from '../../src/measure/commissions/replay-year.ts';
import { type BadPlanLine, percentText, type TypedPlan, typedPlan } from '../../src/measure/commissions/typed-plan.ts';
import { moneyWords } from '../../src/platform/money.ts';
import { actions, button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escaped, escapedTo, person, plainTo, section, shorten } from '../mrkdwn.ts';
import { count } from '../words.ts';

export const PLANS_TITLE = 'Commission plans';
export const PLAN_TITLE = 'Commission plan';
const PLANS_SHOWN = 30;
const PARTNERS_SHOWN = 20;

/** Names of partners by their ids. */
export type NameOf = (partnerId: string) => string;

/** All plans, and what all partners together get at most. `notice` is mrkdwn. */
export function plansPage({ plans, rules, waiting }: PlansShown, nameOf: NameOf, notice = ''): Modal {
  const none = 'There is no plan yet: nobody earns anything. Make the first one; before it is saved you see what it would have paid.';
  const more = plans.length - PLANS_SHOWN;
  return modal(
    PLANS_TITLE,
    [
      ...(notice ? [section(notice)] : []),
      ...waitingBlocks(waiting),
      ...(plans.length === 0 ? [section(none)] : []),
      ...plans.slice(0, PLANS_SHOWN).map((plan) => planRow(plan, nameOf)),
      ...(more > 0 ? [context(`and ${count(more, 'more plan')}`)] : []),
      actions('plans:new', button(ACTIONS.planEdit, 'New Plan', 'new')),
      textInput('totalCap', 'All partners together get of a sale at most', rules.totalCapBp === null ? '' : percentText(rules.totalCapBp), {
        ...{ optional: true, max: 10, placeholder: '40 %' },
        hint: 'Empty for no cap. Beyond it, what each would get is cut in proportion.',
      }),
    ],
    { id: VIEWS.planCap, submit: 'Save Cap', metadata: JSON.stringify({ rev: rules.rev }) },
  );
}

export const CAP_UNREAD = 'Write it as 40 %, or leave it empty.';
export const CAP_SAVED = ':white_check_mark: The cap is saved. It holds for what is earned from now on.';

function waitingBlocks(waiting: PlansShown['waiting']): KnownBlock[] {
  const [first] = waiting;
  if (!first) return [];
  const sales = waiting.reduce((sum, one) => sum + one.sales, 0);
  return [
    section(
      `:warning: ${count(sales, 'sale')} ${sales === 1 ? 'waits' : 'wait'} for an exchange rate, such as ${first.from} to ${first.to} of ${first.day}. Bring them with \`/partners rates\`.`,
    ),
  ];
}

function planRow(plan: Plan, nameOf: NameOf): KnownBlock {
  const typed = typedPlan(plan, nameOf);
  const lines = [
    `*${plainTo(plan.name, 80)}* · version ${plan.version} · ${escapedTo(typed.whom.replaceAll('\n', ', '), 300)}`,
    `${escapedTo(typed.pay.replaceAll('\n', ' · '), 500)} of what is ${plan.base}, in ${plan.currency}`,
    `From ${plan.startsOn}${plan.endsOn ? ` to ${plan.endsOn}` : ''}${leastWords(plan)} · saved by ${person(plan.by)}`,
  ];
  return { ...section(lines.join('\n')), accessory: button(ACTIONS.planEdit, 'Edit', plan.planId) };
}

function leastWords({ leastPayoutMinor: minor, currency }: Plan): string {
  return minor > 0 ? ` · paid out from ${moneyWords({ minor, currency })} on` : '';
}

const BASE_WORDS = { booked: 'What was won', invoiced: 'What was invoiced', collected: 'What was paid by the customer' } as const;

/** A plan as it is typed; what was typed stays. `seen`: the version that it follows, 0 for a new one. */
export function planForm({ planId, seen, typed }: { planId: string; seen: number; typed: TypedPlan }): Modal {
  const options = BASES.map((base) => option(base, BASE_WORDS[base]));
  const lines = (field: 'whom' | 'pay' | 'limits', label: string, hint: string, optional = false) =>
    textInput(field, label, shorten(typed[field] ?? '', 3000), { multiline: true, hint, optional });
  const dayInput = (field: 'startsOn' | 'endsOn', label: string, optional: boolean) =>
    input(field, label, { type: 'datepicker', ...(typed[field] ? { initial_date: typed[field] } : {}) }, { optional });
  return modal(
    PLAN_TITLE,
    [
      textInput('name', 'Name', typed.name ?? '', { max: 80 }),
      lines(
        'whom',
        'For whom',
        'Everybody; or one a line: a type such as reseller, Tier: Gold, or Partner: Acme. The closest plan counts.',
      ),
      input('base', 'A part of', {
        type: 'static_select',
        options,
        initial_option: options.find(({ value }) => value === typed.base) ?? option('invoiced', BASE_WORDS.invoiced),
      }),
      textInput('currency', 'Currency of its sums and payouts', typed.currency ?? '', { max: 3, placeholder: 'EUR' }),
      lines(
        'pay',
        'How much',
        '10 %, or a sum for each sale, or tiers: from 0: 10 %, from 50000: 12 %, per quarter (or per quarter, whole). Also product NAME: 15 %.',
      ),
      lines(
        'limits',
        'Limits',
        'months: 12 (0 for the first day), hold: 30 days, least sale: 500, cap per deal: 5000, cap per quarter: 9000, least payout: 50, role influence: 20 %.',
        true,
      ),
      dayInput('startsOn', 'For revenue from', false),
      dayInput('endsOn', 'Until', true),
    ],
    { id: VIEWS.plan, submit: 'Show Last Year', metadata: JSON.stringify({ planId, seen }) },
  );
}

/** One sentence for each line that cannot be read, by field. */
export function badPlanWords(bad: readonly BadPlanLine[]): Record<string, string> {
  const byField: Record<string, string> = {};
  for (const one of bad) byField[one.field] = shorten([byField[one.field] ?? '', badWords(one)].filter(Boolean).join(' '), 1500);
  return byField;
}

function badWords({ field, line, why }: BadPlanLine): string {
  const said = `“${shorten(line, 60)}”`;
  switch (why) {
    case 'missing':
      return field === 'pay' ? 'Say how much, such as 10 %.' : field === 'name' ? 'Give it a name.' : 'Choose a day.';
    case 'not-a-currency':
      return 'Give the three letters of a currency, such as EUR.';
    case 'not-read':
      return `I cannot read ${said}. The hint below shows how to write it; sums are in the currency of the plan.`;
    case 'several-kinds':
      return 'Name types, or tiers, or partners: one kind for a plan.';
    case 'unknown-partner':
      return `No partner, or several, are called ${said}.`;
    case 'two-rates':
      return 'Give one way to pay: a percentage, a sum, or tiers that begin at different volumes.';
    case 'ends-before':
      return 'It ends before it begins.';
    case 'above-cap':
      return `One partner alone would get more than the ${line} that all together get at most.`;
    case 'too-long':
      return 'That is more than one plan holds: shorten it, or make two plans.';
  }
}

export type PlanCarried = { planId: string; seen: number; terms: PlanTerms };

/** What the last twelve months would have paid, before anything is saved. */
export function replayPage(carried: PlanCarried, { from, compared, sales, waiting }: YearReplayed): Modal {
  const version = carried.seen + 1;
  const none =
    sales === 0 ? 'No sale of a partner has revenue yet, so there is nothing to compare.' : 'No partner would have earned anything.';
  const more = compared.length - PARTNERS_SHOWN;
  return modal(
    PLAN_TITLE,
    [
      section(
        `*${plainTo(carried.terms.name, 80)}*, as if it had held since ${from}: ${count(sales, 'sale')} looked at. Nothing is saved yet.`,
      ),
      ...(compared.length === 0
        ? [section(none)]
        : [section(`*Earned → would have earned*\n${totals(compared).map(comparedLine).join('\n')}`)]),
      ...(compared.length === 0 ? [] : [section(compared.slice(0, PARTNERS_SHOWN).map(comparedLine).join('\n'))]),
      ...(more > 0 ? [context(`and ${count(more, 'more partner')}, with smaller differences`)] : []),
      ...(waiting > 0
        ? [
            section(
              `:warning: ${count(waiting, 'revenue entry', 'revenue entries')} left out: no exchange rate of the day. Bring rates with \`/partners rates\`.`,
            ),
          ]
        : []),
      actions('plan:back', button(ACTIONS.planBack, 'Back', carried.planId)),
      context(
        `It holds for revenue from ${carried.terms.startsOn} on. Sales that have earned already keep the terms of their first commission.`,
      ),
    ],
    { id: VIEWS.planSave, submit: `Save Version ${version}`, metadata: JSON.stringify(carried) },
  );
}

function totals(compared: readonly Compared[]): Compared[] {
  const sums = new Map<string, Compared>();
  for (const { currency, earnedMinor, wouldMinor } of compared) {
    const sum = sums.get(currency) ?? { partnerId: '', name: 'All together', currency, earnedMinor: 0, wouldMinor: 0 };
    sums.set(currency, { ...sum, earnedMinor: sum.earnedMinor + earnedMinor, wouldMinor: sum.wouldMinor + wouldMinor });
  }
  return [...sums.values()];
}

function comparedLine({ name, currency, earnedMinor, wouldMinor }: Compared): string {
  const words = (minor: number) => moneyWords({ minor, currency });
  const more = wouldMinor - earnedMinor;
  const difference = more === 0 ? 'the same' : `${more > 0 ? '+' : '−'}${words(Math.abs(more))}`;
  return `• *${plainTo(name || 'A partner no longer on file', 80)}*: ${words(earnedMinor)} → ${words(wouldMinor)} (${difference})`;
}

export function planSaved({ name, version, startsOn }: Plan): string {
  return `:white_check_mark: *${escaped(name)}*, version ${version}, is saved for revenue from ${startsOn} on. What it pays for is worked out in the next minutes.`;
}
