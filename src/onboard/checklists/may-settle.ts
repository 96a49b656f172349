import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import type { ChecklistStep, StepState } from './checklist.ts';

/** Files that show that a step is done, by how their names end; Slack's own form takes no more than 10 MB. */
export const PROOF_TYPES = ['pdf', 'docx', 'doc', 'odt', 'pptx', 'xlsx', 'csv', 'txt', 'png', 'jpg', 'jpeg'] as const;
export const MOST_PROOF_BYTES = 10 * 1024 * 1024;

/** Whether somebody may say so of a step by hand. Their side is done by the partner's people or a manager, ours by anybody of the team; only a
 *  manager says that a step is not needed, or opens it again. */
export function mayTouch(actor: Actor, partnerId: string, { side }: Pick<ChecklistStep, 'side'>, to: StepState): boolean {
  if (to !== 'done') return mayAct(actor, 'manager');
  if (actor.kind === 'partner') return side === 'theirs' && actor.partnerId === partnerId;
  return mayAct(actor, side === 'ours' ? 'member' : 'manager');
}

/** As `mayTouch`, less what is settled by something else in the product. What is shown follows it; the server asks again at each click. */
export function maySettle(actor: Actor, partnerId: string, step: ChecklistStep, to: StepState): boolean {
  return mayTouch(actor, partnerId, step, to) && (to !== 'done' || step.evidence === 'click' || step.evidence === 'file');
}
