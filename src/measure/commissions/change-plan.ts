import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { MeasureRules } from '../measure-rules/measure-rules.ts';
import { getMeasureRules, saveMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { changingSales, countWaitingForRates } from '../sales/sale-repository.ts';
import { mostBp, type Plan, type PlanTerms } from './plan.ts';
import { insertPlan, listPlanVersions } from './plan-repository.ts';

export type PlansShown = {
  /** The last version of each, by name. */
  plans: Plan[];
  rules: MeasureRules;
  /** Rates without which commissions wait. */
  waiting: Awaited<ReturnType<typeof countWaitingForRates>>;
};

/** All plans to an admin who is about to change one. Refuses `role-needed` and `internal-only`, which are recorded. */
export async function openPlans(actor: Actor, at: Date): Promise<PlansShown> {
  const { workspaceId } = actor;
  await authorise(actor, 'admin', { action: 'plan.open', subject: 'plan:all', at });
  const [versions, rules, waiting] = await Promise.all([
    listPlanVersions(workspaceId),
    getMeasureRules(workspaceId),
    countWaitingForRates(workspaceId),
  ]);
  const last = new Map(versions.map((plan) => [plan.planId, plan]));
  return { plans: [...last.values()].sort((a, b) => a.name.localeCompare(b.name)), rules, waiting };
}

/** Saves the next version of a plan, or the first: earlier ones stay for what was sold under them. All sales are then looked at again; what was earned stays.
 *  Refuses what `openPlans` does, and `plan-moved-on` when somebody else has saved since `seen`, the version that was shown (0 for none). */
export async function savePlan(
  actor: Actor,
  { planId, seen, terms }: { planId: string; seen: number; terms: PlanTerms },
  at: Date,
): Promise<Plan> {
  const { workspaceId, userId: by } = actor;
  const { plans } = await openPlans(actor, at);
  const before = plans.find((plan) => plan.planId === planId);
  if ((before?.version ?? 0) !== seen) throw new Refusal('plan-moved-on');
  const plan: Plan = { ...terms, workspaceId, planId, version: seen + 1, by, at };
  const entry = auditEntry({ workspaceId, by, at, action: 'plan.save', subject: `plan:${planId}`, before: before ?? null, after: terms });
  const isSaved = await changingSales(workspaceId, { duty: 'accrueDue', at }, () => insertPlan(plan, entry));
  if (!isSaved) throw new Refusal('plan-moved-on');
  return plan;
}

/** What all partners together earn of a sale at most, from now on; null for no cap. Refuses what `openPlans` does, `rules-changed` when somebody else was
 *  first, and `cap-below-plan` where one plan alone pays more. */
export async function changeTotalCap(
  actor: Actor,
  { rev, totalCapBp }: { rev: number; totalCapBp: number | null },
  at: Date,
): Promise<void> {
  const { workspaceId, userId: by } = actor;
  const { plans, rules } = await openPlans(actor, at);
  const above = plans.find((plan) => totalCapBp !== null && (mostBp(plan) ?? 0) > totalCapBp);
  if (above) throw new Refusal('cap-below-plan', { name: above.name });
  const before = { totalCapBp: rules.totalCapBp };
  const entry = auditEntry({
    workspaceId,
    by,
    at,
    action: 'measure-rules.change',
    subject: 'measure-rules:all',
    before,
    after: { totalCapBp },
  });
  if (rules.rev !== rev || !(await saveMeasureRules(rules, { totalCapBp }, entry))) throw new Refusal('rules-changed');
}
