import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { DEAL_ROLES } from '../../manage/deals/deal.ts';
import { isCurrency, readMoney } from '../../platform/money.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { forgetFigures } from '../revenue/check-revenue.ts';
import { changingSales } from '../sales/sale-repository.ts';
import { type MeasureRules, whoRaised } from './measure-rules.ts';
import { getMeasureRules, saveMeasureRules } from './measure-rules-repository.ts';

const SUBJECT = 'measure-rules:all';
const MOST_WEIGHT = 100;

const days = (least: number, most: number) =>
  z.coerce.number('Give a number of days').int('Give whole days').min(least, `At least ${least}`).max(most, `At most ${most}`);

/** A line for each role, such as `source: 40`; a role without one weighs nothing. */
const RoleWeights = z.string('Give each role its weight').transform((text, context) => {
  const weights = new Map<string, number>();
  for (const line of text.split('\n').map((one) => one.trim())) {
    const [, role = '', digits = ''] = /^([a-z]+)\s*[:=]\s*(\d{1,3})$/i.exec(line) ?? [];
    const known = DEAL_ROLES.find((one) => one === role.toLowerCase());
    if (line === '') continue;
    if (!known || Number(digits) > MOST_WEIGHT)
      context.addIssue({
        code: 'custom',
        message: `“${line.slice(0, 40)}” is no role with a weight up to ${MOST_WEIGHT}: write a line such as source: 40. Roles: ${DEAL_ROLES.join(', ')}.`,
      });
    else weights.set(known, Number(digits));
  }
  if ([...weights.values()].every((weight) => weight === 0))
    context.addIssue({ code: 'custom', message: 'Give at least one role a weight' });
  const of = (role: string) => weights.get(role) ?? 0;
  return {
    source: of('source'),
    refer: of('refer'),
    influence: of('influence'),
    resell: of('resell'),
    implement: of('implement'),
    service: of('service'),
  };
});

/** What the form of the settings says, field by field as it is typed. */
export const MeasureRulesGiven = z
  .object({
    currency: z.string('Give the currency').trim().toUpperCase().refine(isCurrency, 'Give a currency by its three letters, such as EUR'),
    fiscalYearStart: z.coerce.number('Choose the month').int().min(1, 'Choose the month').max(12, 'Choose the month'),
    claimDays: days(0, 90),
    lookBackDays: days(1, 1095),
    halfLifeDays: days(1, 365),
    roleWeights: RoleWeights,
    secondApproval: z.string('Give a sum, such as 1000').trim(),
    hour: z.string().trim().default(''),
    summaries: z.array(z.enum(['weekly', 'quarterly'])).default([]),
  })
  .transform(({ secondApproval, hour, summaries, ...rest }, context) => {
    const sum = readMoney(`${secondApproval} ${rest.currency}`);
    if (!sum) context.addIssue({ code: 'custom', path: ['secondApproval'], message: 'Give a sum without its currency, such as 1000' });
    const rate = hour === '' ? null : readMoney(`${hour} ${rest.currency}`);
    if (hour !== '' && !rate?.minor)
      context.addIssue({ code: 'custom', path: ['hour'], message: 'Give a sum above zero without its currency, such as 80, or nothing' });
    const told = { weeklySummary: summaries.includes('weekly'), quarterlySummary: summaries.includes('quarterly') };
    return { ...rest, ...told, secondApprovalMinor: sum?.minor ?? 0, hourMinor: rate?.minor ?? null };
  });
export type MeasureRulesGiven = z.infer<typeof MeasureRulesGiven>;

/** The settings to an admin who is about to change them. Refuses `role-needed` and `internal-only`, which are recorded. */
export async function openMeasureRules(actor: Actor, at: Date): Promise<MeasureRules> {
  await authorise(actor, 'admin', { action: 'measure-rules.open', subject: SUBJECT, at });
  return getMeasureRules(actor.workspaceId);
}

/** Who raised the sum above which two people approve, as far as it still stands: whoever did so cannot alone approve what it lets through. Everybody who raised
 *  it stays until it is as low again as before the first of them. Another currency is a raise, from nothing: sums of two currencies cannot be compared. */
export function raisedBy(
  seen: Pick<MeasureRules, 'currency' | 'secondApprovalMinor' | 'limitRaised'>,
  change: Pick<MeasureRules, 'currency' | 'secondApprovalMinor'>,
  { by, at }: { by: string; at: Date },
): MeasureRules['limitRaised'] {
  const { limitRaised: first, secondApprovalMinor: from } = seen;
  const isOther = change.currency !== seen.currency;
  if (!isOther && first && change.secondApprovalMinor <= first.fromMinor) return null;
  if (!isOther && change.secondApprovalMinor <= from) return first;
  const fromMinor = isOther ? 0 : Math.min(from, first?.fromMinor ?? from);
  return { by, at, fromMinor, alsoBy: whoRaised(first).filter((one) => one !== by) };
}

/** Changes how partners' part is measured, and has every sale worked out anew by it; nothing in the ledger changes. `rev` is of the settings that the form
 *  showed. Refuses what `openMeasureRules` does, and `rules-changed` when somebody else was first. */
export async function changeMeasureRules(actor: Actor, { rev, ...change }: MeasureRulesGiven & { rev: number }, at: Date): Promise<void> {
  const { workspaceId, userId: by } = actor;
  const seen = await openMeasureRules(actor, at);
  const entry = auditEntry({ workspaceId, by, at, action: 'measure-rules.change', subject: SUBJECT, before: seen, after: change });
  if (seen.rev !== rev) throw new Refusal('rules-changed');
  const saved = await changingSales(workspaceId, { duty: 'creditDue', at }, async () => {
    // Sums of one currency must not be read as another's.
    if (change.currency !== seen.currency) await forgetFigures(workspaceId);
    return saveMeasureRules(seen, { ...change, limitRaised: raisedBy(seen, change, { by, at }) }, entry);
  });
  if (!saved) throw new Refusal('rules-changed');
}
