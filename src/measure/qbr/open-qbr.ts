import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { getPartner } from '../../onboard/partners/partner-repository.ts';
import { readMoney } from '../../platform/money.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import type { Period } from '../revenue/period.ts';
import { calendarOf } from '../revenue/report.ts';
import { findGoal, saveGoal } from './goal-repository.ts';
import { readQuarter } from './read-pack.ts';

/** A partner and a quarter to a manager. Refuses `role-needed`, `internal-only`, which are recorded, `partner-unknown` and `quarter-unknown`. */
export async function openQbr(
  actor: Actor,
  { partnerId, words, action }: { partnerId: string; words: string; action: string },
  at: Date,
): Promise<{ partner: Partner; quarter: Period }> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action, subject: `partner:${partnerId}`, at });
  const partner = await getPartner(workspaceId, partnerId);
  const quarter = readQuarter(words, await calendarOf(workspaceId, at));
  if (!quarter) throw new Refusal('quarter-unknown', { name: words });
  return { partner, quarter };
}

/** What the form of a goal says. */
export const GoalGiven = z.object({
  sourced: z.string('Give a sum, such as 30,000').trim().min(1, 'Give a sum, such as 30,000'),
  registrations: z.coerce.number('Give a number').int('Give a whole number').min(0, 'At least 0').max(10_000, 'At most 10,000'),
});

/** Sets the goal of a quarter, or says what is wrong with the sum. Refuses what `openQbr` does. */
export async function setGoal(
  actor: Actor,
  { partnerId, words }: { partnerId: string; words: string },
  given: z.infer<typeof GoalGiven>,
  at: Date,
): Promise<{ isSet: true } | { isSet: false; message: string }> {
  const { workspaceId, userId: by } = actor;
  const { partner, quarter } = await openQbr(actor, { partnerId, words, action: 'qbr.goal' }, at);
  const { currency } = await getMeasureRules(workspaceId);
  const sum = readMoney(`${given.sourced} ${currency}`);
  if (!sum) return { isSet: false, message: `Give a sum in ${currency} without its currency, such as 30,000` };
  const goal = { sourcedMinor: sum.minor, currency, registrations: given.registrations };
  const before = await findGoal(workspaceId, [partner.id], quarter.from);
  await saveGoal({ workspaceId, partnerId: partner.id, quarter: quarter.from, ...goal, by, at });
  const subject = `partner:${partner.id}`;
  await recordAudit({ workspaceId, by, at, action: 'qbr.goal', subject, before, after: { quarter: quarter.from, ...goal } });
  return { isSet: true };
}
