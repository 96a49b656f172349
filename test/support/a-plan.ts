import { DEFAULT_SHARES, type Plan, type PlanTerms } from '../../src/measure/commissions/plan.ts';
import { insertPlan } from '../../src/measure/commissions/plan-repository.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import { ANA } from '../sandbox/cast.ts';
import { AT, HOME } from './builders.ts';

/** Ten per cent of what is invoiced, for everybody, without end. */
export function planTerms(given: Partial<PlanTerms> = {}): PlanTerms {
  return {
    ...{ name: 'Standard', audience: { kind: 'everybody', names: [] }, base: 'invoiced', pay: { kind: 'percent', rateBp: 1000 } },
    ...{ products: [], months: null, leastSaleMinor: 0, capDealMinor: null, capPeriod: null, shares: DEFAULT_SHARES, holdDays: 30 },
    ...{ leastPayoutMinor: 0, currency: 'EUR', startsOn: '2020-01-01', endsOn: null },
    ...given,
  };
}

export function aPlan(given: Partial<Plan> = {}): Plan {
  return { ...planTerms(given), workspaceId: HOME, planId: 'standard', version: 1, by: ANA, at: AT, ...given };
}

export async function keptPlan(given: Partial<Plan> = {}): Promise<Plan> {
  const plan = aPlan(given);
  const { workspaceId, planId } = plan;
  if (!(await insertPlan(plan, auditEntry({ workspaceId, by: ANA, at: AT, action: 'plan.save', subject: `plan:${planId}` }))))
    throw new Error('the plan has this version already');
  return plan;
}
