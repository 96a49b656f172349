import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { listOfSale } from '../ledger/ledger-repository.ts';
import { findPayoutOfLine } from '../payouts/payout-line-repository.ts';
import { referralState, type Sale } from '../sales/sale.ts';
import { findSale, saveSale } from '../sales/sale-repository.ts';
import { putAside } from './conversion-repository.ts';
import { partnersIn } from './follow-customer.ts';

/** Says whether a flagged referral counts. What does not has no partner: nothing is earned by it, and what was earned is taken back; it can be
 *  turned round until it is in a payout. The same once more changes nothing. Refuses `role-needed`, `internal-only`, `sale-unknown`,
 *  `flag-settled` for one without a flag, and `flag-in-payout`. */
export async function decideReferral(
  actor: Actor,
  { saleId, counts, because }: { saleId: string; counts: boolean; because: string },
  at: Date,
): Promise<{ sale: Sale; changed: boolean }> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'referral.decide', subject: `sale:${saleId}`, at });
  return inRounds<{ sale: Sale; changed: boolean }>(`the referral ${saleId}`, async () => {
    const seen = await findSale(workspaceId, saleId);
    if (!seen) throw new Refusal('sale-unknown');
    const { referral } = seen;
    if (!referral || referral.state === 'clear') throw new Refusal('flag-settled');
    if (referral.state === (counts ? 'counts' : 'not-counted')) return { done: { sale: seen, changed: false } };
    if (!counts && (await isInPayout(seen))) throw new Refusal('flag-in-payout');
    const decision = { counts, flags: referral.flags.map(({ flag }) => flag), by, at, because };
    const decided = { ...referral, decision, state: referralState({ flags: referral.flags, decision }) };
    const entry = auditEntry({
      ...{ workspaceId, by, at, action: 'referral.decide', subject: `sale:${saleId}` },
      ...{ before: { state: referral.state }, after: { state: decided.state, because } },
    });
    const sale = await saveSale({ ...seen, referral: decided, partners: partnersIn(decided) }, seen, at, entry);
    return sale && { done: { sale, changed: true } };
  });
}

async function isInPayout({ workspaceId, id }: Sale): Promise<boolean> {
  const lines = (await listOfSale(workspaceId, id)).filter(({ kind }) => kind === 'earned' || kind === 'clawback');
  const payouts = await Promise.all(lines.map(({ source }) => findPayoutOfLine(workspaceId, source)));
  return payouts.some((payout) => payout !== null);
}

/** A person has looked at a conversion that could not be counted. Refuses `role-needed`, `internal-only`, and `conversion-unknown` for one that
 *  needs nobody. */
export async function putConversionAside(actor: Actor, id: string, at: Date): Promise<void> {
  const { workspaceId, userId: by } = actor;
  const attempt = { action: 'conversion.put-aside', subject: `conversion:${id}`, at };
  await authorise(actor, 'manager', attempt);
  if (!(await putAside(workspaceId, id, auditEntry({ workspaceId, by, ...attempt })))) throw new Refusal('conversion-unknown');
}
