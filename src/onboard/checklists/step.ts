import { z } from 'zod';

/** Who has to do it: our team, or the partner. */
export const SIDES = ['ours', 'theirs'] as const;
export const Side = z.enum(SIDES);
export type Side = z.infer<typeof Side>;

/** What other parts of onboarding report of a partner; see `noteMilestone`. */
export const MILESTONES = [
  // Somebody of theirs has come: into the shared channel, or to their page.
  'channel-connected',
  'agreement-accepted',
  'quiz-passed',
  'payment-details-given',
  'first-registration',
] as const;
export const Milestone = z.enum(MILESTONES);
export type Milestone = z.infer<typeof Milestone>;

/** What shows that a step is done: somebody says so, a file, or something that happened elsewhere in the product. */
export const EVIDENCE = ['click', 'file', ...MILESTONES] as const;
export const Evidence = z.enum(EVIDENCE);
export type Evidence = z.infer<typeof Evidence>;

/** Working days that a step may take. */
const MOST_DAYS = 250;
/** One step as a template has it. */
export const Step = z.object({
  /** The same step in the templates of several types has the same id, and is done once. */
  id: z.string().min(1).max(40),
  /** The partner reads it too. */
  title: z.string('Name the step').trim().min(3, 'Name the step').max(120, 'Shorten it to 120 characters'),
  side: Side,
  /** Working days from the start, or from when the last step of `dependsOn` was settled. */
  dueDays: z.coerce.number('Give a number of days').int('Give a whole number').min(1, 'At least 1').max(MOST_DAYS, `At most ${MOST_DAYS}`),
  evidence: Evidence,
  /** Ids of steps of the same template. */
  dependsOn: z.array(z.string()),
});
export type Step = z.infer<typeof Step>;
