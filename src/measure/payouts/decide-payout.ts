import { Refusal } from '../../errors.ts';
import { findPayment } from '../../onboard/payment-details/payment-repository.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { isApproved, type Payout, type PayoutStatus, paidStatements, totalOf } from './payout.ts';
import { holdLines, sumBackOf } from './payout-line-repository.ts';
import { getPayout, movePayout, noteHandedOut } from './payout-repository.ts';
import { settlePayout } from './settle-payout.ts';
import { waitsOf } from './work-out-payout.ts';

type ToBePaid = { id: string; reference: string; knownBack?: number };
type Decided = { payout: Payout; changed: boolean };

/** One payout, for managers. Refuses `role-needed` and `payout-unknown`. */
export async function lookAtPayout(actor: Actor, id: string, at: Date): Promise<Payout> {
  await authorise(actor, 'manager', { action: 'payout.look', subject: `payout:${id}`, at });
  return getPayout(actor.workspaceId, id);
}

/** What refunds have taken back of the lines of a payout since it was made: the next payout will deduct it. The same refusals. */
export async function lookAtTakenBack(actor: Actor, id: string, at: Date): Promise<{ payout: Payout; back: TakenBack }> {
  const payout = await lookAtPayout(actor, id, at);
  return { payout, back: await takenBackOf(payout) };
}

export type TakenBack = { count: number; minor: number };

async function takenBackOf(payout: Payout): Promise<TakenBack> {
  const lines = paidStatements(payout).flatMap((statement) => statement.lines);
  return sumBackOf(
    payout.workspaceId,
    lines.map(({ source }) => source),
  );
}

type Files = { names: readonly string[] /** Whether a bank pays by one of them. */; isToPay: boolean };

/** Puts on record who is about to get which files of a payout. Refuses, for files to pay by, `payout-moved-on` when it is not, or no longer, to be paid, and
 *  `payout-outdated` when somebody is to be paid by other details than those that were approved: they would be in no file. Details are read before this. */
export async function handOutPayout(
  { workspaceId, userId: by }: Actor,
  payout: Payout,
  { names, isToPay }: Files,
  at: Date,
): Promise<void> {
  const { id } = payout;
  const entry = auditEntry({ workspaceId, by, at, action: 'payout.export', subject: `payout:${id}`, after: { files: names } });
  if (!isToPay) return recordAudit(entry);
  await demandSameDetails(payout);
  if (!(await noteHandedOut({ workspaceId, id }, { by, at }, entry))) throw new Refusal('payout-moved-on');
}

/** Approves a draft. Where it needs two people, or whoever approves it has raised the sum above which it would, the first leaves it a draft. One that is approved already is left as it is. Refuses `role-needed`, `payout-unknown`,
 *  `payout-second-needed` to whoever approved it before, `payout-other-needed` as the second to whoever gave or confirmed the payment details of a partner in it, and
 *  `payout-outdated` when these have changed since it was made, a refund has taken back a part of it, or a sale of it waits for a person or to be worked out. */
export async function approvePayout(actor: Actor, id: string, at: Date): Promise<Decided> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'payout.approve', subject: `payout:${id}`, at });
  return inRounds<Decided>(`approving the payout ${id}`, async () => {
    const seen = await getPayout(workspaceId, id);
    if (seen.status !== 'draft') return { done: { payout: seen, changed: false } };
    if (seen.approvals.some((one) => one.by === by)) throw new Refusal('payout-second-needed');
    const givers = await demandSameDetails(seen);
    if (seen.approvals.length > 0 && givers.has(by)) throw new Refusal('payout-other-needed');
    const isOutdated = !(await holdLines(seen)) || (await takenBackOf(seen)).count > 0 || (await isUndecided(seen));
    if (isOutdated) {
      // It may have been taken back before its lines were held anew.
      await settlePayout(workspaceId, id, at);
      throw new Refusal('payout-outdated');
    }
    const approvals = [...seen.approvals, { by, at }];
    const status = isApproved({ ...seen, approvals }) ? 'approved' : 'draft';
    const after = { status, approvals: approvals.length, needs: seen.needs, minor: totalOf(seen), currency: seen.currency };
    const entry = auditEntry({ workspaceId, by, at, action: 'payout.approve', subject: `payout:${id}`, after });
    const payout = await movePayout(seen, { status, approvals }, entry);
    if (payout) return { done: { payout, changed: true } };
    // It may have been taken back while its lines were held anew.
    await settlePayout(workspaceId, id, at);
    return null;
  });
}

/** Whether a sale of it has been flagged since it was made, for a person to look at, or has changed and is not worked out yet. */
async function isUndecided(payout: Payout): Promise<boolean> {
  const lines = paidStatements(payout).flatMap((statement) => statement.lines);
  return (await waitsOf(payout.workspaceId, lines)).size > 0;
}

/** Whoever had a hand in the payment details of those who are paid. Refuses `payout-outdated` when the details are others than when it was made. */
async function demandSameDetails(payout: Payout): Promise<Set<string>> {
  const givers = new Set<string>();
  for (const { partnerId, entryId } of paidStatements(payout)) {
    const current = (await findPayment(payout.workspaceId, partnerId))?.current;
    if (current?.id !== entryId) throw new Refusal('payout-outdated');
    for (const one of [current.by, current.confirmedBy, ...current.notBy]) if (one) givers.add(one);
  }
  return givers;
}

/** Says that an approved payout was paid, elsewhere: each partner's part leaves what is owed, in the ledger. One that is paid already is left as it is. Refuses `role-needed`,
 *  `payout-unknown`, `payout-moved-on` when it is not approved, `payout-outdated` when payment details have changed and no file to pay by has gone out, and `payout-refunded` when refunds have taken back more of it than `knownBack` lines, which the person
 *  was shown: it may have left all the same, and then the next payout deducts it. */
export async function markPayoutPaid(actor: Actor, { id, reference, knownBack = 0 }: ToBePaid, at: Date): Promise<Decided> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'payout.pay', subject: `payout:${id}`, at });
  const seen = await getPayout(workspaceId, id);
  if (seen.status === 'paid') return { payout: seen, changed: false };
  if (seen.status !== 'approved') throw new Refusal('payout-moved-on');
  // Once a file has gone out, whoever is in it is paid by it, whatever is entered later.
  if (!seen.handedOut) await demandSameDetails(seen);
  if ((await takenBackOf(seen)).count > knownBack) throw new Refusal('payout-refunded');
  const after = { minor: totalOf(seen), currency: seen.currency, reference };
  const entry = auditEntry({ workspaceId, by, at, action: 'payout.pay', subject: `payout:${id}`, after });
  const payout = await movePayout(seen, { status: 'paid', paid: { by, at }, reference, due: at }, entry);
  if (!payout) return orElse(await getPayout(workspaceId, id), 'paid');
  await settlePayout(workspaceId, id, at);
  return { payout, changed: true };
}

/** Takes a payout back, whose lines are free for another; one that was paid is undone in the ledger as well. `status`: as the person saw it. Refuses `role-needed`,
 *  `payout-unknown`, and `payout-moved-on` when it is another meanwhile. */
export async function takeBackPayout(
  actor: Actor,
  { id, status, because }: { id: string; status: PayoutStatus; because: string },
  at: Date,
): Promise<Decided> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'payout.take-back', subject: `payout:${id}`, at });
  const seen = await getPayout(workspaceId, id);
  if (seen.status === 'taken-back') return { payout: seen, changed: false };
  if (seen.status !== status) throw new Refusal('payout-moved-on');
  const entry = auditEntry({
    ...{ workspaceId, by, at, action: 'payout.take-back', subject: `payout:${id}` },
    ...{ before: { status }, after: { minor: totalOf(seen), currency: seen.currency, because } },
  });
  const payout = await movePayout(seen, { status: 'taken-back', takenBack: { by, at, because }, due: at }, entry);
  if (!payout) return orElse(await getPayout(workspaceId, id), 'taken-back');
  await settlePayout(workspaceId, id, at);
  return { payout, changed: true };
}

/** Somebody else was first: with the same, or with something else. */
function orElse(payout: Payout, wanted: PayoutStatus): Decided {
  if (payout.status !== wanted) throw new Refusal('payout-moved-on');
  return { payout, changed: false };
}
