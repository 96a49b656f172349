import type { KnownBlock } from '@slack/types';
import {
  type Amount,
  type BrokenOff,
  type FoundCompany,
  isBrokenOff,
  isStanding,
  mostPerDay,
  PER_RUN,
  type Research,
  type ResearchNote,
  type ResearchStatus,
  type ResearchStep,
} from '../../src/discover/research/research.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, escaped, moment, person, plainTo, section, shorten, siteLink } from '../mrkdwn.ts';
import { plan, type Task } from '../panels.ts';
import { count, PARTNERS_WORDS, TYPE_WORDS } from '../words.ts';

const STATUS_WORDS: Record<ResearchStatus, string> = {
  running: ':mag: Looking on the web',
  done: ':white_check_mark: Done',
  stopped: ':hourglass: Stopped',
  cancelled: ':no_entry_sign: Cancelled',
  failed: ':warning: Did not work',
};

/** Companies listed by name in the thread, and those with what they could be and why; `/partners list` has them all. */
const MOST_NAMED = 25;
const MOST_REASONS = 8;
/** With their reasons they fit into one section, however they are escaped. */
const LINES_A_SECTION = 5;

/** Escaped, for where Slack shows a line of text. */
export function researchTitle(research: Research): string {
  return `Research: ${escaped(shorten(researchWords(research), 200))}`;
}

/** What is looked for; not escaped. */
export function researchWords({ words, wanted }: Pick<Research, 'words' | 'wanted'>): string {
  return wanted ? `${wanted.types.map((type) => PARTNERS_WORDS[type]).join(', ')} in ${wanted.regions}` : words;
}

/** How a research stands: what it does, what it found, what it cost against its budgets, and the way to stop it. */
export function researchCard(research: Research, today: Amount, perDayUsd: number): KnownBlock[] {
  const { id, by, status, note, notBefore, steps, spent, createdAt } = research;
  const wait = notBefore ? ` It goes on after ${moment(notBefore)}.` : '';
  const state = `${STATUS_WORDS[status]}${note ? `. ${escaped(researchNoteWords(note))}` : ''}${wait}`;
  const searches = steps.filter(({ kind }) => kind === 'search');
  const through = searches.filter((step) => step.status === 'done' || step.status === 'failed').length;
  const progress = searches.length === 0 ? 'Planning the searches' : `${through} of ${count(searches.length, 'search', 'searches')} done`;
  const dropped = sum(steps, 'dropped');
  const left = dropped === 0 ? '' : ` · ${dropped} left out for want of a source`;
  const found = `${count(companiesOf(steps).length, 'company', 'companies')} found, ${sum(steps, 'added')} new${left}`;
  return [
    section(`*Research: ${plainTo(researchWords(research), 200)}*\n${state}\n${progress} · ${found}`),
    context(
      `This research: ${budgetWords(spent, PER_RUN)}`,
      `Today: ${budgetWords(today, mostPerDay(perDayUsd))}`,
      `${isStanding(research) ? 'Started by itself' : `Started by ${person(by)}`}, ${moment(createdAt)}`,
    ),
    ...(status === 'running' ? [actions(`research:${id}`, button(ACTIONS.researchCancel, 'Cancel', id, { style: 'danger' }))] : []),
  ];
}

/** How standing research is doing; `words` is what is looked for at this moment. */
export type StandingState = { paused: boolean; words: string | null; today: Amount; perDayUsd: number };

/** One line with the day's budget and the way to stop it or let it go on. */
export function standingBlocks({ paused, words, today, perDayUsd }: StandingState): KnownBlock[] {
  const state = words ? `looks for ${plainTo(words, 200)} at this moment` : 'looks for new companies each working day';
  const budget = `${dollars(today.microUsd)} of today’s ${dollars(mostPerDay(perDayUsd).microUsd)} used`;
  const next = paused ? button(ACTIONS.researchGoOn, 'Go On', 'home') : button(ACTIONS.researchPause, 'Pause', 'home');
  return [{ ...section(`*Research by itself* ${paused ? 'is paused' : state} · ${budget}`), accessory: next }];
}

const NOTE_WORDS: Record<Exclude<ResearchNote, BrokenOff>, string> = {
  'busy-too-long': 'The model was busy for too long.',
  'model-gone': 'The language model or the set-up is gone.',
  'no-usable-answer': 'The model gave no usable answer.',
  'day-budget-used': 'The budget for today is used up. Start again tomorrow.',
  'run-budget-used': 'The budget for one research is used up.',
  'model-busy': 'The model asks us to wait.',
};

/** Why a run ended before its time, or what it waits for; not escaped, empty for nothing. */
export function researchNoteWords(note: Research['note']): string {
  if (!note) return '';
  if (note.code === 'as-written') return note.sentence;
  // Nobody is shown a run that broke off.
  return isBrokenOff(note.code) ? '' : NOTE_WORDS[note.code];
}

const STEP_STATUS: Record<ResearchStep['status'], Task['status']> = {
  waiting: 'pending',
  asking: 'in_progress',
  answered: 'in_progress',
  done: 'complete',
  failed: 'error',
};

/** The searches with how they went, and the companies by name. */
export function researchFindings({ steps, status }: Research): KnownBlock[] {
  const searches = steps.filter(({ kind }) => kind === 'search');
  const tasks = searches.map(({ status, query, added }, index): Task => {
    const details = status === 'done' ? `${added} new` : status === 'failed' ? 'no usable answer' : '';
    return { id: `search-${index + 1}`, title: shorten(query, 200), status: STEP_STATUS[status], details };
  });
  const companies = companiesOf(steps);
  const named = companies.slice(0, MOST_NAMED).map((company, place) => foundLine(company, place < MOST_REASONS));
  const rest = companies.length > named.length ? `and ${companies.length - named.length} more` : '';
  const next =
    status === 'running' || companies.length === 0 ? [] : [context('They are candidates now: `/partners list` shows where they stand.')];
  return [
    tasks.length > 0 ? plan('What I look for', tasks) : section('Planning the searches…'),
    ...(named.length > 0 ? [section('*What I found*')] : []),
    ...inSections(named),
    ...(rest === '' ? [] : [context(rest)]),
    ...next,
  ];
}

function inSections(lines: string[]): KnownBlock[] {
  const sections = Array.from({ length: Math.ceil(lines.length / LINES_A_SECTION) }, (_, n) => n * LINES_A_SECTION);
  return sections.map((from) => section(lines.slice(from, from + LINES_A_SECTION).join('\n')));
}

function foundLine({ facts: { name }, domain, partner }: FoundCompany, withReason: boolean): string {
  const line = `• ${plainTo(name, 60)} · ${siteLink(domain)}`;
  if (!partner || !withReason) return line;
  return `${line}\n    ${TYPE_WORDS[partner.type]}: ${plainTo(partner.why, 140)} “${plainTo(partner.quote, 100)}”`;
}

function companiesOf(steps: ResearchStep[]): FoundCompany[] {
  const found = steps.flatMap(({ companies }) => companies.map((company) => [company.domain, company] as const));
  return [...new Map(found).values()];
}

function sum(steps: ResearchStep[], key: 'added' | 'dropped'): number {
  return steps.reduce((total, step) => total + step[key], 0);
}

function budgetWords(used: Amount, most: Amount): string {
  const tokens = `${Math.ceil(used.tokens / 1_000)}k of ${most.tokens / 1_000}k tokens`;
  return `${used.searches} of ${most.searches} searches, ${tokens}, ${dollars(used.microUsd)} of ${dollars(most.microUsd)}`;
}

function dollars(microUsd: number): string {
  return `$${(Math.ceil(microUsd / 10_000) / 100).toFixed(2)}`;
}
