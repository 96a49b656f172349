import { z } from 'zod';
import { PartnerType } from '../../programme/setup/programme.ts';
import { Step } from './step.ts';

/** Steps that one type may have. */
export const MOST_STEPS = 20;

/** The steps of one type of partner; `rev` is 0 for those that come with the product. */
export const Template = z.object({ workspaceId: z.string(), type: PartnerType, steps: z.array(Step), rev: z.number().int() });
export type Template = z.infer<typeof Template>;

/** Ids of steps that wait for each other in a circle, in the order in which they wait; null when there is none. What a step is said to wait for and
 *  is not there counts as done. */
export function cycleIn(steps: readonly Pick<Step, 'id' | 'dependsOn'>[]): string[] | null {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const done = new Set<string>();
  const walk = (id: string, path: string[]): string[] | null => {
    if (path.includes(id)) return path.slice(path.indexOf(id));
    if (done.has(id)) return null;
    for (const before of byId.get(id)?.dependsOn ?? []) {
      const found = walk(before, [...path, id]);
      if (found) return found;
    }
    done.add(id);
    return null;
  };
  for (const { id } of steps) {
    const found = walk(id, []);
    if (found) return found;
  }
  return null;
}

/** The steps of several templates, each once, as the first that has it says it; the first registration is always last. As no step waits for one of a
 *  later template alone, what had no circle gets none. */
export function mergeSteps(templates: readonly (readonly Step[])[]): Step[] {
  const byId = new Map<string, Step>();
  for (const step of templates.flat()) if (!byId.has(step.id)) byId.set(step.id, step);
  const steps = [...byId.values()].map((step) => ({ ...step, dependsOn: step.dependsOn.filter((id) => byId.has(id)) }));
  const isLast = ({ evidence }: Step) => evidence === 'first-registration';
  return [...steps.filter((step) => !isLast(step)), ...steps.filter(isLast)];
}
