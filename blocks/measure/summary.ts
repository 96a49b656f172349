import type { KnownBlock } from '@slack/types';
import type { Summary } from '../../src/measure/revenue/summary.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, header, section } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { behindBlocks, figureWords } from './revenue-report.ts';

function summaryTitle({ due: { kind, period } }: Pick<Summary, 'due'>): string {
  return kind === 'week' ? `What partners brought in, ${period.name}` : `What partners brought in, quarter ${period.name}`;
}

/** What partners brought in, who is behind the change, and what waits for somebody. */
export function summaryMessage(summary: Summary): { text: string; blocks: KnownBlock[] } {
  const { due, report } = summary;
  const waits = waitWords(summary);
  const isQuiet = report.everything === 0 && report.total === 0 && report.totalBefore === 0;
  const said = isQuiet ? `Nothing was booked in ${due.period.name}, nor in ${due.period.before.name}.` : figureWords(report);
  const ways = [button(ACTIONS.commandRun, 'Open Revenue', `revenue ${due.words}`), button(ACTIONS.measureRules, 'Settings', 'open')];
  return {
    text: summaryTitle(summary),
    blocks: [
      ...(isQuiet ? [] : [header(summaryTitle(summary))]),
      section(said),
      ...behindBlocks(report),
      ...(waits ? [section(waits)] : []),
      actions(due.key, ...ways),
      context('As it stood when this was posted.'),
    ],
  };
}

function waitWords({ waits: { approve, pay, rates, flagged } }: Summary): string {
  const lines = [
    ...(approve > 0 ? [`${count(approve, 'payout')} to approve (\`/partners pay\`)`] : []),
    ...(pay > 0 ? [`${count(pay, 'payout')} to pay (\`/partners pay\`)`] : []),
    ...(rates > 0 ? [`commissions of ${count(rates, 'sale')} without an exchange rate (\`/partners rates\`)`] : []),
    ...(flagged > 0 ? [`${count(flagged, 'customer')} of referral links to look at (\`/partners links\`)`] : []),
  ];
  return lines.length > 0 ? `*Waits for you*: ${lines.join(', ')}.` : '';
}
