import { addDays, differenceInMilliseconds } from 'date-fns';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { type ChecklistStep, lateBy } from '../checklists/checklist.ts';
import { eachChecklist } from '../checklists/checklist-repository.ts';
import { type WorkWeek, workWeekOf } from '../checklists/working-days.ts';
import { listPartnerPaces, type PartnerPace } from '../partners/partner-repository.ts';

/** Days after the start by which it is counted who has registered a deal. */
export const ACTIVATION_DAYS = [30, 60, 90] as const;

/** How many of the partners who are old enough had registered a deal by then. */
export type Activation = { days: (typeof ACTIVATION_DAYS)[number]; active: number; of: number };
/** `medianDays` from being added to the first registration, of the `registered`; null when there is none. */
export type Pace = { partners: number; registered: number; medianDays: number | null; activation: Activation[] };
/** A step by its id, named as most checklists name it. `medianDays` from when it could be done until it was settled, or until now. */
export type StepPace = { id: string; title: string; count: number; medianDays: number; open: number; late: number };
export type OnboardingFigures = {
  all: Pace;
  byType: { type: PartnerType; pace: Pace }[];
  byOwner: { owner: string; pace: Pace }[];
  steps: StepPace[];
};

const DAY_MS = 86_400_000;
const daysBetween = (from: Date, to: Date) => Math.max(0, differenceInMilliseconds(to, from) / DAY_MS);

/** How fast partners reach their first registration, and what holds them up. Those whose partnership has ended count as they came; a partner of several
 *  types counts with each. Steps that stall come first: what is late, then what takes longest. */
export async function onboardingFigures(workspaceId: string, at: Date): Promise<OnboardingFigures> {
  const [partners, programme] = await Promise.all([listPartnerPaces(workspaceId), getProgramme(workspaceId)]);
  const types = [...new Set(partners.flatMap((partner) => partner.types))];
  const owners = [...new Set(partners.map(({ owner }) => owner))];
  const pace = (some: (partner: PartnerPace) => boolean) => paceOf(partners.filter(some), at);
  return {
    all: paceOf(partners, at),
    byType: types.map((type) => ({ type, pace: pace((partner) => partner.types.includes(type)) })),
    byOwner: owners.map((owner) => ({ owner, pace: pace((partner) => partner.owner === owner) })),
    steps: await stepPaces(workspaceId, workWeekOf(programme), at),
  };
}

/** How fast some partners reached their first registration. */
export function paceOf(partners: readonly PartnerPace[], at: Date): Pace {
  const days = partners.flatMap(({ createdAt, firstRegistrationAt }) =>
    firstRegistrationAt ? [daysBetween(createdAt, firstRegistrationAt)] : [],
  );
  return {
    partners: partners.length,
    registered: days.length,
    medianDays: median(days),
    activation: ACTIVATION_DAYS.map((limit) => {
      const old = partners.filter(({ createdAt }) => addDays(createdAt, limit) <= at);
      const active = old.filter(
        ({ createdAt, firstRegistrationAt }) => firstRegistrationAt && firstRegistrationAt <= addDays(createdAt, limit),
      );
      return { days: limit, active: active.length, of: old.length };
    }),
  };
}

type StepCount = { titles: Map<string, number>; days: number[]; open: number; late: number };

async function stepPaces(workspaceId: string, week: WorkWeek, at: Date): Promise<StepPace[]> {
  const counts = new Map<string, StepCount>();
  for await (const { steps, stoppedAt } of eachChecklist(workspaceId)) {
    for (const step of steps) countStep(counts, step, stoppedAt ?? at, stoppedAt ? 0 : lateBy(step, at, week));
  }
  const paces = [...counts].map(([id, { titles, days, open, late }]): StepPace => {
    const [title = id] = [...titles].toSorted(([, a], [, b]) => b - a)[0] ?? [];
    return { id, title, count: days.length, medianDays: median(days) ?? 0, open, late };
  });
  return paces.toSorted((a, b) => b.late - a.late || b.medianDays - a.medianDays);
}

/** What waits for another step, or was not needed, tells nothing of how long a step takes. */
function countStep(counts: Map<string, StepCount>, step: ChecklistStep, until: Date, late: number): void {
  const { id, title, state, readyAt, at: settledAt } = step;
  if (state === 'waived' || !readyAt) return;
  const one: StepCount = counts.get(id) ?? { titles: new Map(), days: [], open: 0, late: 0 };
  counts.set(id, one);
  one.titles.set(title, (one.titles.get(title) ?? 0) + 1);
  one.days.push(daysBetween(readyAt, settledAt ?? until));
  if (state === 'open') one.open++;
  if (late > 0) one.late++;
}

/** Of an even number the mean of the two in the middle; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
