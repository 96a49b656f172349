import type { KnownBlock } from '@slack/types';
import type { Activation, OnboardingFigures, Pace } from '../../src/onboard/figures/onboarding-figures.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, person, section } from '../mrkdwn.ts';
import { type Cell, dataTable, numberCell, textCell } from '../panels.ts';
import { count, TYPE_WORDS } from '../words.ts';

/** Owners and steps that a message lists at most. */
const MOST_ROWS = 20;

/** A line that sums it up, by type, by owner, and the steps. */
export function onboardingReport(figures: OnboardingFigures): { text: string; blocks: KnownBlock[] } {
  const { all, byType, byOwner, steps } = figures;
  const text = summaryWords(all);
  if (all.partners === 0) return { text, blocks: [section(text)] };
  const groups = [paceRow('All', all), ...byType.map(({ type, pace }) => paceRow(TYPE_WORDS[type], pace))];
  const stalling = steps.map(({ title, count: n, medianDays, open, late }) => [
    textCell(title),
    numberCell(late),
    numberCell(open),
    daysCell(medianDays),
    numberCell(n),
  ]);
  const ways = [MOST_ROWS, 10, 5].map((most): KnownBlock[] => [
    section(text),
    dataTable('Onboarding by type of partner', PACE_HEAD, groups, 0),
    section(`*By owner*\n${byOwner.slice(0, most).map(ownerLine).join('\n')}`),
    ...leftOut(byOwner.length - most, 'owner'),
    dataTable('Steps that stall, what is late first', STEP_HEAD, stalling.slice(0, most), 0),
    ...leftOut(stalling.length - most, 'step'),
    actions('onboarding', button(ACTIONS.onboardingExplain, 'How Is This Counted?', 'onboarding')),
  ]);
  return { text, blocks: firstThatFits(ways) };
}

const PACE_HEAD = ['Partners', 'How many', 'Registered', 'Median days', '30 days', '60 days', '90 days'];
const STEP_HEAD = ['Step', 'Late', 'Open', 'Median days', 'Counted'];

function paceRow(name: string, { partners, registered, medianDays, activation }: Pace): Cell[] {
  const days = medianDays === null ? textCell('–') : daysCell(medianDays);
  return [textCell(name), numberCell(partners), numberCell(registered), days, ...activation.map((one) => textCell(shareWords(one)))];
}

/** A table’s cell cannot name a colleague. */
function ownerLine({ owner, pace: { partners, registered, medianDays, activation } }: OnboardingFigures['byOwner'][number]): string {
  const days = medianDays === null ? '' : `, median ${count(Math.round(medianDays), 'day')}`;
  const shares = activation.flatMap((one) => (one.of > 0 ? [`${one.days} days: ${shareWords(one)}`] : []));
  return [`• ${person(owner)} · ${count(partners, 'partner')}, ${registered} registered${days}`, ...shares].join(' · ');
}

function daysCell(days: number): Cell {
  return numberCell(Math.round(days * 10) / 10);
}

/** `3 of 8 (38 %)`. */
function shareWords({ active, of }: Activation): string {
  return of === 0 ? '–' : `${active} of ${of} (${Math.round((active / of) * 100)} %)`;
}

function leftOut(n: number, noun: string): KnownBlock[] {
  return n > 0 ? [context(`and ${count(n, `more ${noun}`)}`)] : [];
}

function summaryWords({ partners, registered, medianDays, activation }: Pace): string {
  if (partners === 0) return '*Onboarding* · no partners yet. Once there are some, this says how fast they register their first deal.';
  const median = medianDays === null ? 'none has registered a deal yet' : `half of them within ${count(Math.round(medianDays), 'day')}`;
  const late = activation.findLast(({ of }) => of > 0);
  const share = late ? ` · ${shareWords(late)} within ${late.days} days` : '';
  return `*Onboarding* · ${count(partners, 'partner')}, ${registered} with a first registration: ${median}${share}`;
}

/** Where each number comes from. */
export function onboardingMethod(): Modal {
  return modal('How this is counted', [
    section(
      '*Median days* · from the day a partner was added to its first registration: half took less, half took more. Only those who have registered count.',
    ),
    section(
      '*30, 60, 90 days* · of the partners added at least that long ago, how many had registered a deal by then. Younger ones are left out, partners that have left since are not.',
    ),
    section('*Registered* · partners with a first registration, ever. A partner of several types counts in each row, and once under All.'),
    section(
      '*Steps* · days from when a step could be done until it was done, or until now. What waits for another step and what was not needed is left out. *Late* is past its due day now, in your working days.',
    ),
    context('Read from the partners’ records and checklists at this moment; nothing is estimated.'),
  ]);
}
