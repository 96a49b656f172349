/** What a quarter's facts ask for next. `deals-end`: protections that end within a month; `answers`: registrations that wait for the partner; `checklist`: steps
 *  that are late; `register`: nothing was registered; `registrations` and `sourced`: what is left to the goal; `certificate`: nobody is certified;
 *  `goal`: none is set; `reviews`: registrations that wait for us. */
export const NEXT_STEPS = [
  'deals-end',
  'answers',
  'reviews',
  'checklist',
  'register',
  'registrations',
  'sourced',
  'certificate',
  'goal',
] as const;
export type NextStep = { code: (typeof NEXT_STEPS)[number]; count: number };

/** These are ours to do, and no partner reads them. */
export const OURS: ReadonlySet<NextStep['code']> = new Set(['reviews', 'goal']);

export type StepFacts = {
  endingDeals: number;
  waitingForThem: number;
  waitingForUs: number;
  lateSteps: number;
  registrations: number;
  sourcedMinor: number;
  goal: { registrations: number; sourcedMinor: number } | null;
  /** Whether there is a course that somebody of theirs could pass; and how many have. */
  hasCourse: boolean;
  certified: number;
  isOver: boolean;
};

/** From live figures, the most pressing first; nothing that is done. Of a quarter that is over, no goal is left to reach. Pure. */
export function nextSteps(facts: StepFacts): NextStep[] {
  const { goal, registrations, sourcedMinor, isOver } = facts;
  const left = (wanted: number | undefined, done: number) => (isOver ? 0 : Math.max(0, (wanted ?? 0) - done));
  const counts: Record<NextStep['code'], number> = {
    'deals-end': facts.endingDeals,
    answers: facts.waitingForThem,
    reviews: facts.waitingForUs,
    checklist: facts.lateSteps,
    register: registrations === 0 ? 1 : 0,
    registrations: registrations === 0 ? 0 : left(goal?.registrations, registrations),
    sourced: left(goal?.sourcedMinor, sourcedMinor),
    certificate: facts.hasCourse && facts.certified === 0 ? 1 : 0,
    goal: goal === null && !isOver ? 1 : 0,
  };
  return NEXT_STEPS.flatMap((code) => (counts[code] > 0 ? [{ code, count: counts[code] }] : []));
}
