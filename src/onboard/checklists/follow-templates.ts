import { auditEntry } from '../../programme/audit/audit.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { Partner } from '../partners/partner.ts';
import { eachPartnerRecord } from '../partners/partner-repository.ts';
import { type Checklist, type ChecklistStep, followed, withDueDays } from './checklist.ts';
import { findChecklist, listChecklistsOf, saveChecklist } from './checklist-repository.ts';
import type { Step } from './step.ts';
import { mergeSteps } from './template.ts';
import { listTemplates, stepsOfTypes } from './template-repository.ts';
import { type WorkWeek, workWeekOf } from './working-days.ts';

/** Brings a partner's running checklist along with the templates of its types: settled steps stay, open ones follow. Nothing for a checklist that is
 *  not there, has stopped or has nothing open. Safe to repeat. */
export async function followTemplates({ workspaceId, id, types }: Partner, by: string, at: Date): Promise<void> {
  const [seen, wanted, programme] = await Promise.all([
    findChecklist(workspaceId, id),
    stepsOfTypes(workspaceId, types),
    getProgramme(workspaceId),
  ]);
  const steps = seen && stepsAfter(seen, wanted, at, workWeekOf(programme));
  if (!seen || !steps) return;
  const ids = (some: readonly Step[]) => some.map((step) => step.id);
  const change = { before: ids(seen.steps), after: ids(steps) };
  const entry = auditEntry({ workspaceId, by, at, action: 'checklist.follow', subject: `checklist:${seen.id}`, ...change });
  if (!(await saveChecklist(seen, { steps }, at, entry))) throw new Error('a checklist was changed meanwhile; the job tries again');
}

/** Partners of this type whose running checklist has other steps than the templates of their types. */
export async function listBehind(workspaceId: string, type: PartnerType, at: Date): Promise<Partner[]> {
  const [templates, programme] = await Promise.all([listTemplates(workspaceId), getProgramme(workspaceId)]);
  const partners: Partner[] = [];
  for await (const partner of eachPartnerRecord(workspaceId, { type })) partners.push(partner);
  const ids = partners.map(({ id }) => id);
  const checklists = new Map((await listChecklistsOf(workspaceId, ids)).map((one) => [one.partnerId, one]));
  const week = workWeekOf(programme);
  return partners.filter(({ id, types }) => {
    const checklist = checklists.get(id);
    const wanted = mergeSteps(types.map((one) => templates.find((template) => template.type === one)?.steps ?? []));
    return checklist && stepsAfter(checklist, wanted, at, week) !== null;
  });
}

/** The steps as they would follow; null where nothing would change, or nothing is to follow any more. */
function stepsAfter(checklist: Checklist, wanted: readonly Step[], at: Date, week: WorkWeek): ChecklistStep[] | null {
  const { steps, startedAt, stoppedAt, firstDue } = checklist;
  if (stoppedAt || firstDue === null) return null;
  const after = withDueDays(followed(steps, wanted, at), startedAt, week);
  return JSON.stringify(after.map(sorted)) === JSON.stringify(steps.map(sorted)) ? null : after;
}

/** The fields in one order, whoever wrote them. */
function sorted(step: ChecklistStep): [string, unknown][] {
  return Object.entries(step).toSorted(([a], [b]) => a.localeCompare(b));
}
