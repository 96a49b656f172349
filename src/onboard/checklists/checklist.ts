import { max } from 'date-fns';
import { z } from 'zod';
import { localDay } from '../../programme/setup/digest-clock.ts';
import { Step } from './step.ts';
import { addWorkingDays, type WorkWeek, workingDaysLate } from './working-days.ts';

export const STEP_STATES = ['open', 'done', 'waived'] as const;
export const StepState = z.enum(STEP_STATES);
export type StepState = z.infer<typeof StepState>;

/** A file in Slack that shows that a step is done; `size` in bytes. */
export const Proof = z.object({ fileId: z.string(), name: z.string(), size: z.number() });
export type Proof = z.infer<typeof Proof>;

export const ChecklistStep = Step.extend({
  state: StepState,
  /** Who settled it: a Slack user, `contact:<id>` for a person of the partner who has no Slack with us, `system` for what happened elsewhere; null
   *  while it is open. */
  by: z.string().nullable(),
  at: z.date().nullable(),
  proof: Proof.nullable(),
  /** Since when it could be done, and until which day; null while it waits for another step. A day once given stays when the weekdays change. */
  readyAt: z.date().nullable(),
  dueOn: z.string().nullable(),
  /** When the owner was told that it is long overdue. */
  escalatedAt: z.date().nullable(),
});
export type ChecklistStep = z.infer<typeof ChecklistStep>;

/** What one partner and its owner have to do until the first registration. */
export const Checklist = z.object({
  id: z.string(),
  workspaceId: z.string(),
  partnerId: z.string(),
  startedAt: z.date(),
  steps: z.array(ChecklistStep),
  /** The earliest due day of what is open; null when nothing is, or after `stoppedAt`. */
  firstDue: z.string().nullable(),
  /** When the partnership ended. */
  stoppedAt: z.date().nullable(),
  changedAt: z.date(),
  /** Rises with every change: the filter of the next one. */
  rev: z.number().int(),
});
export type Checklist = z.infer<typeof Checklist>;

export function openStep(step: Step): ChecklistStep {
  return { ...step, state: 'open', by: null, at: null, proof: null, readyAt: null, dueOn: null, escalatedAt: null };
}

/** The steps with their due days: a step is due once nothing that it depends on is open. */
export function withDueDays(steps: readonly ChecklistStep[], startedAt: Date, week: WorkWeek): ChecklistStep[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return steps.map((step) => {
    if (step.state !== 'open') return step;
    const before = step.dependsOn.flatMap((id) => byId.get(id) ?? []);
    if (before.some(({ state }) => state === 'open')) return { ...step, readyAt: null, dueOn: null };
    if (step.dueOn) return step;
    const readyAt = max([step.readyAt ?? startedAt, ...before.flatMap(({ at }) => at ?? [])]);
    return { ...step, readyAt, dueOn: addWorkingDays(readyAt, step.dueDays, week) };
  });
}

/** What can be done now. */
export function isReady({ state, dueOn }: ChecklistStep): boolean {
  return state === 'open' && dueOn !== null;
}

export function firstDueOf(steps: readonly ChecklistStep[]): string | null {
  return steps.reduce<string | null>((first, step) => {
    if (!isReady(step) || step.dueOn === null) return first;
    return first === null || step.dueOn < first ? step.dueOn : first;
  }, null);
}

/** How many working days a step is late; 0 for what is not due yet or not open. */
export function lateBy(step: ChecklistStep, at: Date, week: WorkWeek): number {
  return isReady(step) && step.dueOn !== null ? workingDaysLate(step.dueOn, localDay(at, week.timeZone), week) : 0;
}

export function doneCount({ steps }: Pick<Checklist, 'steps'>): number {
  return steps.filter(({ state }) => state !== 'open').length;
}

/** The steps after their templates have changed: what is settled stays as it is, what is open follows, what is new is due from `at`, and what the
 *  templates no longer have goes. */
export function followed(steps: readonly ChecklistStep[], wanted: readonly Step[], at: Date): ChecklistStep[] {
  const known = new Map(steps.map((step) => [step.id, step]));
  const settled = steps.filter((step) => step.state !== 'open' && !wanted.some(({ id }) => id === step.id));
  const kept = new Set([...settled, ...wanted].map(({ id }) => id));
  const moved = wanted.map((step): ChecklistStep => {
    const old = known.get(step.id);
    if (old && old.state !== 'open') return old;
    if (!old) return { ...openStep(step), readyAt: at };
    return { ...old, ...step, dueOn: old.dueDays === step.dueDays ? old.dueOn : null };
  });
  return [...settled, ...moved].map((step) => ({ ...step, dependsOn: step.dependsOn.filter((id) => kept.has(id)) }));
}
