import { localDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { type Partner, type PartnerContact, presentPeople } from '../partners/partner.ts';
import { listPartnersByIds } from '../partners/partner-repository.ts';
import { type Checklist, type ChecklistStep, isReady, lateBy } from './checklist.ts';
import { eachDueChecklist, findChecklist, saveChecklist } from './checklist-repository.ts';
import { isWorkingDay, type WorkWeek, workWeekOf } from './working-days.ts';

/** A partner's step that is so many working days late is told to the owner, once. */
const ESCALATE_AFTER = 5;
/** Working days after the due day on which a person hears of a step: on the day, after two, then once in a working week. */
const isTold = (late: number) => late === 0 || late === 2 || (late > 0 && late % 5 === 0);

/** One thing that a person hears of. `escalation`: it is the partner's to do, and long overdue. */
export type Reminded = { partner: Partner; step: ChecklistStep; late: number; escalation: boolean };
/** Who hears: the colleague who looks after partners, or the main contact of one. */
export type Recipient = { kind: 'owner'; userId: string } | { kind: 'contact'; partnerId: string; contact: PartnerContact };
export type Reminder = { to: Recipient; about: Reminded[] };

/** Who is to hear of what on the workspace's day of `at`: theirs goes to the partner's main contact, ours and what is long overdue to the owner. Nobody
 *  on a day that is no working day. */
export async function dueReminders(workspaceId: string, at: Date): Promise<Reminder[]> {
  const week = workWeekOf(await getProgramme(workspaceId));
  const today = localDay(at, week.timeZone);
  if (!isWorkingDay(today, week)) return [];
  const checklists: Checklist[] = [];
  for await (const checklist of eachDueChecklist(workspaceId, today)) checklists.push(checklist);
  checklists.sort((a, b) => (a.firstDue ?? '').localeCompare(b.firstDue ?? ''));
  const partners = await listPartnersByIds(
    workspaceId,
    checklists.map(({ partnerId }) => partnerId),
  );
  const byId = new Map(partners.map((partner) => [partner.id, partner]));
  const reminders = new Map<string, Reminder>();
  for (const checklist of checklists) {
    const partner = byId.get(checklist.partnerId);
    if (!partner || partner.status === 'ended') continue;
    for (const { to, about } of remindedOf(checklist, partner, { at, today, week })) {
      const key = to.kind === 'owner' ? to.userId : `${to.partnerId} ${to.contact.id}`;
      const one = reminders.get(key) ?? { to, about: [] };
      one.about.push(about);
      reminders.set(key, one);
    }
  }
  return [...reminders.values()];
}

type Told = { to: Recipient; about: Reminded };

function remindedOf({ steps }: Checklist, partner: Partner, { at, today, week }: { at: Date; today: string; week: WorkWeek }): Told[] {
  const [contact] = presentPeople(partner);
  const owner: Recipient = { kind: 'owner', userId: partner.owner };
  return steps.flatMap((step): Told[] => {
    if (!isReady(step) || step.dueOn === null || step.dueOn > today) return [];
    const late = lateBy(step, at, week);
    const about = { partner, step, late, escalation: false };
    if (step.side === 'ours') return isTold(late) ? [{ to: owner, about }] : [];
    return [
      ...(isTold(late) && contact ? [{ to: { kind: 'contact' as const, partnerId: partner.id, contact }, about }] : []),
      ...(late >= ESCALATE_AFTER && step.escalatedAt === null ? [{ to: owner, about: { ...about, escalation: true } }] : []),
    ];
  });
}

/** Notes that the owner was told of these steps. Whoever changes the checklist meanwhile wins, and the owner is told once more. */
export async function markEscalated(about: readonly Reminded[], at: Date): Promise<void> {
  for (const { partner, step } of about.filter(({ escalation }) => escalation)) {
    const checklist = await findChecklist(partner.workspaceId, partner.id);
    const steps = checklist?.steps.map((one) => (one.id === step.id ? { ...one, escalatedAt: at } : one));
    if (checklist && steps) await saveChecklist(checklist, { steps }, at, null);
  }
}
