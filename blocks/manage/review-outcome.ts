import type { Button, KnownBlock } from '@slack/types';
import { type Deal, type DealEvent, lastOf } from '../../src/manage/deals/deal.ts';
import { CONFLICT_WORDS, daysLeftWords, nextWords, STATE_WORDS } from '../../src/manage/deals/deal-words.ts';
import { actions, button, text } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { day, divider, escapedTo, moment, person, plainTo, section, verbatim } from '../mrkdwn.ts';
import { eventWords, reasonWords } from './review-words.ts';

export const OUTCOME_TITLE = 'About a deal you registered';

/** What came of a registration, where all of the partner's people read it: no other partner, nothing internal. Its buttons go with the state as it is
 *  now. */
export function outcomeMessage(deal: Deal, event: DealEvent): { text: string; blocks: KnownBlock[] } {
  const name = plainTo(deal.company, 200);
  const title = `${OUTCOME_WORDS[event.move] ?? ''} *${name}*`;
  const isLatest = deal.history.at(-1) === event || deal.history.at(-1)?.at === event.at;
  const buttons = isLatest ? ownButtons(deal) : [];
  return {
    text: `${OUTCOME_WORDS[event.move] ?? ''} ${escapedTo(deal.company, 200)}`,
    blocks: [
      section(`${title}\n${eventLine(deal, event)}`),
      ...(event.words ? [divider, ...verbatim(event.words)] : []),
      ...(buttons.length > 0 ? [actions(`deal-own:${deal.id}:${deal.rev}`, ...buttons)] : []),
    ],
  };
}

const OUTCOME_WORDS: Partial<Record<DealEvent['move'], string>> = {
  ask: 'There is a question about your registration',
  approve: ':white_check_mark: Your registration is approved:',
  reject: 'Your registration was not accepted:',
};

function eventLine(deal: Deal, event: DealEvent): string {
  switch (event.move) {
    case 'approve':
      return event.protectedUntil ? `The account is yours until ${day(event.protectedUntil)}. Log what you do there.` : '';
    case 'ask':
      return event.words ? `${whoWords(event)} asks:` : CONFLICT_WORDS['domain-missing'];
    default:
      return `${escapedTo(reasonWords({ ...event, words: '' }), 500)}${deal.appealedAt ? '' : ' If you know something we do not, you can appeal once.'}`;
  }
}

function whoWords({ by, byName }: Pick<DealEvent, 'by' | 'byName'>): string {
  return byName ? escapedTo(byName, 100) : person(by);
}

/** Where the partner's own registration stands, in *My Deals*, and what comes next: who has it, the question, for how long it is protected, why not. In
 *  mrkdwn. */
export function ownState(deal: Deal, at: Date): string {
  return `${stateLine(deal, at)}\n${nextWords(deal)}`;
}

function stateLine(deal: Deal, at: Date): string {
  const { status, reviewer, protectedUntil } = deal;
  const { title } = STATE_WORDS[status];
  const asked = status === 'needs-info' ? lastOf(deal, 'ask') : null;
  const rejected = status === 'rejected' ? lastOf(deal, 'reject') : null;
  if (asked) return `*${title}* · ${asked.words ? `${whoWords(asked)} asks:\n>${quoted(asked.words)}` : CONFLICT_WORDS['domain-missing']}`;
  if (rejected) return `*${title}* · ${quoted(reasonWords(rejected))}`;
  if (status === 'approved' && protectedUntil)
    return `*${title}* · yours until ${day(protectedUntil)}, ${daysLeftWords(protectedUntil, at)}`;
  if (status === 'in-review' && reviewer) return `*${title}* · ${reviewerWords(deal)} has it, since ${moment(lastAt(deal))}`;
  return `*${title}* ${moment(lastAt(deal))}`;
}

function reviewerWords({ reviewer, history }: Deal): string {
  return whoWords(history.findLast(({ by }) => by === reviewer) ?? { by: reviewer, byName: '' });
}

function lastAt({ history, submittedAt }: Deal): Date {
  return history.at(-1)?.at ?? submittedAt;
}

function quoted(words: string): string {
  return escapedTo(words, 600).replaceAll('\n', '\n>');
}

/** What the partner can do about it now. */
export function ownButtons(deal: Deal): Button[] {
  const { id, status, appealedAt, company } = deal;
  const withdraw = button(ACTIONS.dealWithdraw, 'Withdraw', id, {
    confirm: {
      title: text('Withdraw it?', 100),
      text: text(`You give up your claim on ${company}. Whoever registers next has it.`, 300),
      confirm: text('Withdraw', 30),
      deny: text('Go Back', 30),
    },
  });
  const open = button(ACTIONS.dealShow, 'Open Deal', id);
  if (status === 'needs-info') return [button(ACTIONS.dealAnswer, 'Answer', id, { style: 'primary' }), open, withdraw];
  if (status === 'rejected') return appealedAt ? [open] : [button(ACTIONS.dealAppeal, 'Appeal', id), open];
  if (status === 'approved') return [button(ACTIONS.dealLog, 'Log Activity', id, { style: 'primary' }), open, withdraw];
  return status === 'submitted' || status === 'in-review' ? [open, withdraw] : [open];
}

/** To whoever decided, or was second: how it stands. `changed` is false when somebody was first; then `typed` gives back what they had written. */
export function decidedWords(deal: Deal, changed: boolean, typed = ''): string {
  const last = deal.history.at(-1);
  const now = last ? eventWords(last) : '';
  const kept = changed || !typed ? '' : `\nWhat you wrote was not sent:\n>${quoted(typed)}`;
  return `${changed ? ':white_check_mark:' : 'Somebody was first.'} *${plainTo(deal.company, 200)}*: ${now}${kept}`;
}

/** To the partner's person who said something. `changed` is false when somebody was first; then `typed` gives back what they had written. */
export function repliedWords(deal: Deal, changed: boolean, typed: string): string {
  const { title, next } = STATE_WORDS[deal.status];
  const now = `*${plainTo(deal.company, 200)}* · ${title}\n${next}`;
  if (changed) return now;
  return `Somebody was first. ${now}\nWhat you wrote was not sent:\n>${escapedTo(typed, 2000).replaceAll('\n', '\n>')}`;
}
