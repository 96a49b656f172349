import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { demandOwnOrTeam } from '../partners/demand-partner.ts';
import type { Partner } from '../partners/partner.ts';
import { type Checklist, type ChecklistStep, type Proof, type StepState, withDueDays } from './checklist.ts';
import { findChecklist, saveChecklist } from './checklist-repository.ts';
import { startChecklist } from './follow-partner.ts';
import { mayTouch } from './may-settle.ts';
import { workWeekOf } from './working-days.ts';

/** What somebody says of a step: `open` takes it back. */
export type StepChange = { to: StepState; proof: Proof | null };

/** Settles a step, or takes that back, for whom `mayTouch` allows it. Who comes second finds it as it is: `changed` says whether it was this call. Refuses `internal-only`,
 *  `role-needed`, `partner-only`, `partner-ended`, `partner-unknown`, `step-unknown`, and `step-settled-by` for a step that a file or something else in
 *  the product settles. */
export async function settleStep(
  actor: Actor,
  { partnerId, stepId }: { partnerId: string; stepId: string },
  { to, proof }: StepChange,
  at: Date,
): Promise<{ checklist: Checklist; changed: boolean }> {
  const { workspaceId, userId } = actor;
  const partner = await demandReader(actor, partnerId, at);
  return inRounds<{ checklist: Checklist; changed: boolean }>('settling a step', async () => {
    const seen = await readChecklist(partner, at);
    const step = seen.steps.find(({ id }) => id === stepId);
    if (!step) throw new Refusal('step-unknown');
    await demandMaySettle(actor, partner, step, to, at);
    if (step.state === to || (step.state !== 'open' && to !== 'open')) return { done: { checklist: seen, changed: false } };
    demandEvidence(step, to, proof);
    const settled = to === 'open' ? { state: to, by: null, at: null, proof: null } : { state: to, by: userId, at, proof };
    const steps = seen.steps.map((one) => (one.id === stepId ? { ...one, ...settled } : one));
    const week = workWeekOf(await getProgramme(workspaceId));
    const subject = `checklist:${seen.id}`;
    const after = { step: step.title, state: to, ...(proof ? { fileId: proof.fileId } : {}) };
    const entry = auditEntry({ workspaceId, by: userId, at, action: 'checklist.settle', subject, before: step.state, after });
    const checklist = await saveChecklist(seen, { steps: withDueDays(steps, seen.startedAt, week) }, at, entry);
    return checklist && { done: { checklist, changed: true } };
  });
}

/** The partner whose checklist somebody may look at: a colleague any, a partner's person their own. Refuses `internal-only`, `partner-only`,
 *  `partner-ended` and `partner-unknown`. */
export function demandReader(actor: Actor, partnerId: string, at: Date): Promise<Partner> {
  return demandOwnOrTeam(actor, partnerId, { object: 'checklist', need: 'member', action: 'checklist.look', at, evenEnded: true });
}

/** As it stands; made where there is none yet. */
export async function readChecklist(partner: Partner, at: Date): Promise<Checklist> {
  return (await findChecklist(partner.workspaceId, partner.id)) ?? startChecklist(partner, at);
}

async function demandMaySettle(actor: Actor, { id }: Partner, step: ChecklistStep, to: StepState, at: Date): Promise<void> {
  if (mayTouch(actor, id, step, to)) return;
  await authorise(actor, 'manager', { action: 'checklist.settle', subject: `partner:${id}`, at });
}

function demandEvidence({ evidence, title }: ChecklistStep, to: StepState, proof: Proof | null): void {
  if (to !== 'done' || evidence === 'click' || (evidence === 'file' && proof)) return;
  throw new Refusal('step-settled-by', { evidence, title });
}
