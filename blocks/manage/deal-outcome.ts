import type { ExtraField } from '../../src/manage/deal-rules/deal-rules.ts';
import type { Deal } from '../../src/manage/deals/deal.ts';
import { outcomeWords, speedWords } from '../../src/manage/deals/deal-words.ts';
import type { DecisionTimes } from '../../src/manage/deals/decision-times.ts';
import { actions, type Modal, modal } from '../elements.ts';
import { context, escaped, escapedTo, isolated, moment, section, shortenMrkdwn } from '../mrkdwn.ts';
import { dealLines } from './deal-card.ts';
import { ownButtons } from './review-outcome.ts';

type Done = { deal: Deal; changed: boolean; extraFields: readonly ExtraField[]; times: DecisionTimes };

/** What came of a registration, to whoever sent it: that it is there and since when, the rule in plain words, and what may be done next. `changed` is
 *  false when it was sent before. It says nothing of what it was compared with. */
export function dealDone({ deal, changed, extraFields, times }: Done): Modal {
  const { title, rule, next } = outcomeWords(deal);
  const waitsForThem = deal.status === 'needs-info' || deal.status === 'rejected';
  const due = deal.dueAt ? `\nYou have an answer by ${moment(deal.dueAt)}.` : '';
  return modal(title === 'Submitted' || !changed ? 'Registered' : title, [
    section(firstWords(deal, changed)),
    section(`${dealLines(deal)}${extraWords(deal, extraFields)}`),
    ...(rule ? [section(`*The rule*\n${rule}`)] : []),
    section(`*What happens next*\n${next}${due}`),
    ...(waitsForThem || !changed ? [actions(`deal-done:${deal.id}`, ...ownButtons(deal))] : []),
    ...(deal.dueAt ? [context(escaped(speedWords(times)))] : []),
  ]);
}

function firstWords({ status, submittedAt }: Deal, changed: boolean): string {
  const when = moment(submittedAt);
  if (!changed) return `Your company registered this account already: ${when}. Nothing was stored again.`;
  if (status === 'rejected') return `:no_entry: *Not accepted.* You sent it ${when}.`;
  return status === 'needs-info'
    ? `:white_check_mark: *Registered* ${when}. One thing is missing.`
    : `:white_check_mark: *Registered.* Submitted ${when}.`;
}

/** The answers to the workspace's own questions, in their order. */
function extraWords({ extra }: Deal, extraFields: readonly ExtraField[]): string {
  const lines = extraFields.flatMap(({ id, label }) => {
    const answer = extra[id];
    return answer === undefined ? [] : [`\n${escapedTo(label, 100)}: ${isolated(escapedTo(answer, 300))}`];
  });
  return shortenMrkdwn(lines.join(''), 600);
}
