import { randomUUID } from 'node:crypto';
import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { converted } from '../commissions/exact.ts';
import { dayIn } from '../ledger/record-revenue.ts';
import type { MeasureRules } from '../measure-rules/measure-rules.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { findLastBankRate } from '../rates/rate-repository.ts';
import { type Payout, paidStatements, totalOf } from './payout.ts';
import { freeLines, holdLines } from './payout-line-repository.ts';
import { findOpenPayout, insertPayout, listPayouts, movePayout } from './payout-repository.ts';
import { type Owed, workOutOwed } from './work-out-payout.ts';

/** Payouts that are shown with what is owed. */
const MOST_SHOWN = 10;

/** What is owed and the newest payouts, for managers. Refuses `role-needed`. */
export async function lookAtPayouts(actor: Actor, at: Date): Promise<{ owed: Owed[]; payouts: Payout[] }> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action: 'payout.look', subject: 'payout:all', at });
  const [owed, payouts] = await Promise.all([workOutOwed(workspaceId, at), listPayouts(workspaceId, MOST_SHOWN)]);
  return { owed, payouts };
}

/** Drafts a payout of all that is owed in a currency. While one is open, that one, with `changed` false: also when two people ask at once. Pays nobody. Refuses
 *  `role-needed`, and `payout-nothing` when no partner can be paid. */
export async function makePayout(actor: Actor, currency: string, at: Date): Promise<{ payout: Payout; changed: boolean }> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'payout.make', subject: `payout:${currency}`, at });
  return inRounds<{ payout: Payout; changed: boolean }>(`a payout in ${currency}`, async () => {
    const open = await findOpenPayout(workspaceId, currency);
    if (open) return { done: { payout: open, changed: false } };
    const owed = (await workOutOwed(workspaceId, at)).find((one) => one.currency === currency);
    if (!owed || paidStatements(owed).length === 0) {
      // Somebody who was first may hold it all by now.
      if (await findOpenPayout(workspaceId, currency)) return null;
      throw new Refusal('payout-nothing', { currency });
    }
    const payout = await draftOf(workspaceId, owed, { by, at });
    const after = { currency, minor: totalOf(payout), partners: paidStatements(payout).length, needs: payout.needs };
    const entry = { workspaceId, by, at, subject: `payout:${payout.id}` };
    if (!(await insertPayout(payout, auditEntry({ ...entry, action: 'payout.make', after })))) return null;
    if (await holdLines(payout)) return { done: { payout, changed: true } };
    // Another payout was begun and ended between our look and our draft.
    const takenBack = { by: 'system', at, because: '' };
    await movePayout(payout, { status: 'taken-back', takenBack }, auditEntry({ ...entry, by: 'system', action: 'payout.drop' }));
    await freeLines(workspaceId, payout.id);
    return null;
  });
}

async function draftOf(workspaceId: string, { currency, ...owed }: Owed, { by, at }: { by: string; at: Date }): Promise<Payout> {
  const rules = await getMeasureRules(workspaceId);
  const worth = await worthOf(rules, { minor: totalOf(owed), currency }, at);
  const needs = worth !== null && worth <= rules.secondApprovalMinor ? 1 : 2;
  const raised = worth === null || worth > (rules.limitRaised?.fromMinor ?? 0) ? rules.limitRaised : null;
  const raisers = { raisedBy: raised?.by ?? null, alsoRaisedBy: raised?.alsoBy ?? [] };
  const limit = { minor: rules.secondApprovalMinor, currency: rules.currency, ...raisers };
  return {
    ...{ id: randomUUID(), workspaceId, currency, status: 'draft', ...owed, by, at, needs, limit, approvals: [], reference: '' },
    ...{ handedOut: null, paid: null, takenBack: null, due: null, rev: 0 },
  };
}

/** What it is worth in the workspace's currency by the bank's last rate, which decides how many people approve it: null, and so two, without one, also where a
 *  person typed the rate. */
async function worthOf(
  { workspaceId, currency: to }: MeasureRules,
  { minor, currency: from }: { minor: number; currency: string },
  at: Date,
): Promise<number | null> {
  const rate = await findLastBankRate(workspaceId, from, to, await dayIn(workspaceId, at));
  return rate === null ? null : converted(minor, { from, to, rate });
}
