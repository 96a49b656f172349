import { min } from 'date-fns';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { listAudit } from '../../programme/audit/audit-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { listAcceptances } from '../agreements/acceptance-repository.ts';
import { agreementsOf, isSettled } from '../agreements/read-agreements.ts';
import type { Partner } from '../partners/partner.ts';
import { getPartner } from '../partners/partner-repository.ts';
import { findPayment } from '../payment-details/payment-repository.ts';
import { listCertificates } from '../training/certificates.ts';
import { type Checklist, openStep, withDueDays } from './checklist.ts';
import { findChecklist, insertChecklist, saveChecklist } from './checklist-repository.ts';
import { MILESTONES, type Milestone } from './step.ts';
import { stepsOfTypes } from './template-repository.ts';
import { workWeekOf } from './working-days.ts';

/** The partner's checklist, made from its types when there is none yet. */
export async function startChecklist({ workspaceId, id, types, createdBy }: Partner, at: Date): Promise<Checklist> {
  const known = await findChecklist(workspaceId, id);
  if (known) return known;
  const [steps, programme] = await Promise.all([stepsOfTypes(workspaceId, types), getProgramme(workspaceId)]);
  const dated = withDueDays(steps.map(openStep), at, workWeekOf(programme));
  const started = {
    workspaceId,
    by: createdBy,
    at,
    action: 'checklist.start',
    after: { partnerId: id, steps: steps.map((step) => step.id) },
  };
  return insertChecklist({ workspaceId, partnerId: id, startedAt: at, steps: dated }, (checklistId) =>
    auditEntry({ ...started, subject: `checklist:${checklistId}` }),
  );
}

/** Settles the steps that wait for this milestone, of a partner of any status; again, nothing happens. The checklist is made where there is none. For
 *  whoever causes it; what a crash in between loses is found by `followPartner`. */
export async function noteMilestone(workspaceId: string, partnerId: string, event: Milestone, at: Date): Promise<void> {
  await startChecklist(await getPartner(workspaceId, partnerId), at);
  await inRounds('noting a milestone', async () => {
    const seen = await findChecklist(workspaceId, partnerId);
    const waiting = seen?.steps.filter(({ state, evidence }) => state === 'open' && evidence === event) ?? [];
    if (!seen || waiting.length === 0) return { done: null };
    const ids = new Set(waiting.map(({ id }) => id));
    const steps = seen.steps.map((step) => (ids.has(step.id) ? { ...step, state: 'done' as const, by: 'system', at } : step));
    const week = workWeekOf(await getProgramme(workspaceId));
    const subject = `checklist:${seen.id}`;
    const entry = auditEntry({ workspaceId, by: 'system', at, action: 'checklist.milestone', subject, after: { event, steps: [...ids] } });
    const saved = await saveChecklist(seen, { steps: withDueDays(steps, seen.startedAt, week) }, at, entry);
    return saved && { done: null };
  });
}

/** Brings the checklist up to what is stored of the partner: made when it is missing, stopped when the partnership has ended and resumed when it
 *  goes on, milestones settled that nobody reported. Safe to repeat. */
export async function followPartner(partner: Partner, at: Date): Promise<Checklist> {
  const { workspaceId, id, status } = partner;
  const seen = await startChecklist(partner, at);
  const stoppedAt = status === 'ended' ? (seen.stoppedAt ?? at) : null;
  if (stoppedAt?.getTime() !== seen.stoppedAt?.getTime()) await saveChecklist(seen, { steps: seen.steps, stoppedAt }, at, null);
  for (const { event, since } of await milestonesOf(partner, at)) {
    if (seen.steps.some(({ state, evidence }) => state === 'open' && evidence === event))
      await noteMilestone(workspaceId, id, event, since);
  }
  return startChecklist(partner, at);
}

/** What is stored of the partner to have happened, and since when. */
async function milestonesOf(partner: Partner, at: Date): Promise<{ event: Milestone; since: Date }[]> {
  const { workspaceId, id, firstRegistrationAt, teamIds, channel, statusAt } = partner;
  const [states, acceptances, certificates, visits, payment] = await Promise.all([
    agreementsOf(partner),
    listAcceptances(workspaceId, id),
    listCertificates(workspaceId, id, at),
    listAudit(workspaceId, { subject: `partner:${id}`, action: 'page.enter' }, 1),
    findPayment(workspaceId, id),
  ]);
  const isConnected = channel && teamIds.length > 0;
  const facts: Partial<Record<Milestone, Date | null>> = {
    'channel-connected': isConnected ? statusAt : firstOf(visits),
    'agreement-accepted': isSettled(states) ? firstOf(acceptances) : null,
    'quiz-passed': firstOf(certificates),
    // Given is enough: to confirm them is not the partner's to do.
    'payment-details-given': (payment?.current ?? payment?.pending)?.at ?? null,
    'first-registration': firstRegistrationAt,
  };
  return MILESTONES.flatMap((event) => (facts[event] ? [{ event, since: facts[event] }] : []));
}

function firstOf(happened: readonly { at: Date }[]): Date | null {
  return happened.length > 0 ? min(happened.map(({ at }) => at)) : null;
}
