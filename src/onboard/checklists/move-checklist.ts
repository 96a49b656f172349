import { max } from 'date-fns';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { withDueDays } from './checklist.ts';
import { deleteChecklist, findChecklist, saveChecklist } from './checklist-repository.ts';
import { workWeekOf } from './working-days.ts';

/** Of two records that are merged, the one that stays takes over what was settled with the other, and settled steps that only the other had.
 *  Safe to repeat. Throws when somebody changes it meanwhile: the merge goes on later. */
export async function moveChecklist(workspaceId: string, from: string, to: string): Promise<void> {
  const [gone, stays] = await Promise.all([findChecklist(workspaceId, from), findChecklist(workspaceId, to)]);
  // One that stays and has none is made by the next sweep.
  if (gone && stays) {
    const theirs = new Map(gone.steps.map((step) => [step.id, step]));
    const own = new Set(stays.steps.map(({ id }) => id));
    const taken = stays.steps.map((step) => {
      const other = theirs.get(step.id);
      return step.state === 'open' && other && other.state !== 'open' ? other : step;
    });
    const added = gone.steps.filter(({ id, state }) => state !== 'open' && !own.has(id));
    const steps = withDueDays([...added, ...taken], stays.startedAt, workWeekOf(await getProgramme(workspaceId)));
    const saved = await saveChecklist(stays, { steps }, max([gone.changedAt, stays.changedAt]), null);
    if (!saved) throw new Error('a checklist was changed while its partner was merged');
  }
  if (gone) await deleteChecklist(gone);
}
