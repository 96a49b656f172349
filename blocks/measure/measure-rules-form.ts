import { DEAL_ROLES } from '../../src/manage/deals/deal.ts';
import type { MeasureRules } from '../../src/measure/measure-rules/measure-rules.ts';
import { amountText } from '../../src/platform/money.ts';
import { input, type Modal, modal, option, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { context } from '../mrkdwn.ts';

export const MEASURE_RULES_TITLE = 'How we measure';
export const MEASURE_RULES_SAVED =
  ':white_check_mark: Saved. Every sale is worked out anew, which takes some minutes; the ledger stays as it is.';

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  option(String(month + 1), new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, month)))),
);

/** What an admin decides about figures, credits and payouts. */
export function measureRulesForm(rules: MeasureRules): Modal {
  const { currency, fiscalYearStart, claimDays, lookBackDays, halfLifeDays, roleWeights, secondApprovalMinor, hourMinor, rev } = rules;
  const month = MONTHS[fiscalYearStart - 1];
  return modal(
    MEASURE_RULES_TITLE,
    [
      textInput('currency', 'Currency of figures', currency, {
        max: 3,
        hint: 'Other currencies are converted by the rate of the day: /partners rates.',
      }),
      input('fiscalYearStart', 'The year of accounts begins in', {
        type: 'static_select',
        options: MONTHS,
        ...(month ? { initial_option: month } : {}),
      }),
      textInput('claimDays', 'Days to claim a sale', String(claimDays), {
        ...{ max: 2, hint: 'After our sales have had it for longer, a registration or referral sources it no more.' },
      }),
      textInput('lookBackDays', 'Days to look back', String(lookBackDays), {
        max: 4,
        hint: 'What a partner did longer before our sales had it counts for nothing.',
      }),
      textInput('halfLifeDays', 'Half-life in days', String(halfLifeDays), {
        max: 3,
        hint: 'In the model “decay” a touch weighs half as much for each such time before the end.',
      }),
      textInput('roleWeights', 'Weights of roles', DEAL_ROLES.map((role) => `${role}: ${roleWeights[role]}`).join('\n'), {
        ...{ multiline: true, max: 300, hint: 'In the model “roles”, one a line.' },
      }),
      textInput('secondApproval', 'Two people approve payouts above', amountText({ minor: secondApprovalMinor, currency }), {
        max: 20,
        hint: 'In the currency of figures.',
      }),
      textInput('hour', 'An hour of our people costs', hourMinor === null ? '' : amountText({ minor: hourMinor, currency }), {
        ...{ max: 20, optional: true, hint: 'In the currency of figures; for costs that are told in hours.' },
      }),
      summariesInput(rules),
      context('Sums that are in the ledger keep the currency and rate of their day.'),
    ],
    { id: VIEWS.measureRules, submit: 'Save', metadata: JSON.stringify({ rev }) },
  );
}

/** What the team channel is told by itself. */
function summariesInput({ weeklySummary, quarterlySummary }: MeasureRules) {
  const weekly = option('weekly', 'Each Monday: the week before');
  const quarterly = option('quarterly', 'After each quarter: the quarter before');
  const on = [...(weeklySummary ? [weekly] : []), ...(quarterlySummary ? [quarterly] : [])];
  const element = { type: 'checkboxes' as const, options: [weekly, quarterly], ...(on.length > 0 ? { initial_options: on } : {}) };
  return input('summaries', 'Post what partners brought in', element, {
    optional: true,
    hint: 'In the team channel, at the hour of the digest.',
  });
}
