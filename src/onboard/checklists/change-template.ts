import { randomUUID } from 'node:crypto';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { Step } from './step.ts';
import { cycleIn, MOST_STEPS, type Template } from './template.ts';
import { getTemplate, saveTemplate } from './template-repository.ts';

/** What a person does to a template. A step without an id is new. */
export type TemplateEdit =
  | { kind: 'put'; step: Omit<Step, 'id'> & { id: string | null } }
  | { kind: 'remove'; stepId: string }
  | { kind: 'move'; stepId: string; by: -1 | 1 };

/** Changes the template that the caller saw. Refuses `role-needed`, `template-moved-on` when somebody changed it first, `step-unknown`,
 *  `template-full`, and `step-cycle` naming the titles of the steps that would wait for each other. Running checklists stay as they are: see
 *  `followTemplates`. */
export async function changeTemplate(
  actor: Actor,
  { type, rev }: { type: PartnerType; rev: number },
  edit: TemplateEdit,
  at: Date,
): Promise<Template> {
  const { workspaceId, userId } = actor;
  const subject = `checklist-template:${type}`;
  await authorise(actor, 'manager', { action: 'template.change', subject, at });
  const seen = await getTemplate(workspaceId, type);
  if (seen.rev !== rev) throw new Refusal('template-moved-on');
  const steps = editedSteps(seen.steps, edit);
  const cycle = cycleIn(steps);
  if (cycle) throw new Refusal('step-cycle', { steps: cycleWords(steps, cycle) });
  const titles = (some: readonly Step[]) => some.map(({ title }) => title);
  const change = { before: titles(seen.steps), after: titles(steps) };
  const entry = auditEntry({ workspaceId, by: userId, at, action: 'template.change', subject, ...change });
  if (!(await saveTemplate(seen, steps, entry))) throw new Refusal('template-moved-on');
  return getTemplate(workspaceId, type);
}

/** The steps as they would be. Refuses `step-unknown` and `template-full`. */
export function editedSteps(steps: readonly Step[], edit: TemplateEdit): Step[] {
  const id = edit.kind === 'put' ? edit.step.id : edit.stepId;
  const at = steps.findIndex((step) => step.id === id);
  if (id !== null && at < 0) throw new Refusal('step-unknown');
  switch (edit.kind) {
    case 'put':
      if (id !== null) return steps.map((step) => (step.id === id ? { ...edit.step, id } : step));
      if (steps.length >= MOST_STEPS) throw new Refusal('template-full', { most: MOST_STEPS });
      return [...steps, { ...edit.step, id: randomUUID() }];
    case 'remove':
      return steps
        .filter((step) => step.id !== id)
        .map((step) => ({ ...step, dependsOn: step.dependsOn.filter((before) => before !== id) }));
    case 'move': {
      const moved = steps[at];
      const rest = steps.filter((step) => step.id !== id);
      const place = Math.min(Math.max(at + edit.by, 0), rest.length);
      return moved ? [...rest.slice(0, place), moved, ...rest.slice(place)] : [...steps];
    }
  }
}

/** “A → B → C” for the steps of a circle. */
export function cycleWords(steps: readonly Step[], cycle: readonly string[]): string {
  return cycle.map((id) => steps.find((step) => step.id === id)?.title ?? id).join(' → ');
}
