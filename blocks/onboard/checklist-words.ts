import { type Checklist, type ChecklistStep, doneCount, isReady, lateBy } from '../../src/onboard/checklists/checklist.ts';
import { type Evidence, SIDES, type Side } from '../../src/onboard/checklists/step.ts';
import type { WorkWeek } from '../../src/onboard/checklists/working-days.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { escapedTo } from '../mrkdwn.ts';
import { count } from '../words.ts';

/** A checklist, whose it is, and when it is looked at. Both sides read the same words, so each is called by its company's name: `us` is ours. */
export type ChecklistFacts = { checklist: Checklist; partner: Pick<Partner, 'name' | 'people'>; us: string; at: Date; week: WorkWeek };

/** What shows that a step is done, as the form of a step offers it. */
export const EVIDENCE_WORDS: Record<Evidence, string> = {
  click: 'Somebody presses Done',
  file: 'A file is sent',
  'channel-connected': 'They have joined the shared channel or opened their page',
  'agreement-accepted': 'They have accepted the agreement',
  'quiz-passed': 'They have passed the training',
  'payment-details-given': 'They have given payment details',
  'first-registration': 'Their first deal is registered',
};

/** How a step is settled that nobody ticks; mrkdwn, for who asks what to do. */
export const HOW_DONE: Partial<Record<Evidence, string>> = {
  'channel-connected': 'done by itself once somebody has joined the channel or opened the page',
  'agreement-accepted': 'done by itself when the agreement is accepted, under *Library*',
  'quiz-passed': 'done by itself when the training is passed, under *Library*',
  'payment-details-given': 'done by itself when payment details are given, under *Earnings*',
  'first-registration': 'done by itself with *Register a Deal*',
};

const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `2026-11-30` as `Mon 30 Nov`. */
export function dayWords(day: string): string {
  return WEEKDAY.format(new Date(Date.parse(day))).replace(',', '');
}

export function progressWords(checklist: Pick<Checklist, 'steps'>): string {
  return `${doneCount(checklist)} of ${count(checklist.steps.length, 'step')} done`;
}

export function sideName(side: Side, { partner, us }: Pick<ChecklistFacts, 'partner' | 'us'>): string {
  return side === 'theirs' ? partner.name : us;
}

/** Plain text: until when a step is due, what it waits for, or what became of it. */
export function standingWords(step: ChecklistStep, { checklist, at, week }: ChecklistFacts): string {
  if (step.state === 'waived') return 'not needed';
  if (step.state === 'done') return `done${step.at ? ` ${dayWords(step.at.toISOString().slice(0, 10))}` : ''}`;
  if (!isReady(step)) return `waits for: ${waitsFor(step, checklist).join(', ')}`;
  const late = lateBy(step, at, week);
  const due = step.dueOn ? `due ${dayWords(step.dueOn)}` : '';
  return late > 0 ? `${due}, ${count(late, 'working day')} late` : due;
}

function waitsFor({ dependsOn }: ChecklistStep, { steps }: Checklist): string[] {
  return steps.filter(({ id, state }) => state === 'open' && dependsOn.includes(id)).map(({ title }) => title);
}

/** Late steps that the card names. */
const MOST_LATE = 3;
const WHOSE: Record<Side, string> = { ours: 'ours', theirs: 'theirs' };

/** How far it is, what is late, and whose turn it is; a line of mrkdwn on the partner's card, for the team. */
export function checklistLine({ checklist, at, week }: ChecklistFacts): string {
  const ready = checklist.steps.filter(isReady);
  const late = ready.filter((step) => lateBy(step, at, week) > 0);
  const named = late
    .slice(0, MOST_LATE)
    .map((step) => `${escapedTo(step.title, 80)} (${WHOSE[step.side]}, ${count(lateBy(step, at, week), 'working day')})`);
  const turns = SIDES.flatMap((side) => {
    const steps = ready.filter((step) => step.side === side).length;
    return steps > 0 ? [`${steps} ${WHOSE[side]}`] : [];
  });
  const parts = [
    progressWords(checklist),
    ...(named.length > 0 ? [`late: ${named.join(', ')}${late.length > MOST_LATE ? ` and ${late.length - MOST_LATE} more` : ''}`] : []),
    ...(turns.length > 0 ? [`to do now: ${turns.join(', ')}`] : []),
  ];
  return `*Checklist:* ${parts.join(' · ')}`;
}
