import type { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { Weights } from '../fit/criteria.ts';
import { listLessons, type Move, moveWeights } from './learn-weights.ts';
import { currentOf, isSame, NewWeights, type TypeWeights } from './type-weights.ts';

/** `set` and `reset` are a new start: decisions taken before no longer teach. `freeze` stops learning until `unfreeze`, which counts
 *  what was decided meanwhile. */
export type WeightsChange = { kind: 'set'; weights: Weights } | { kind: 'reset' | 'freeze' | 'unfreeze' };

/** An admin's hand on the weights of one type. Pressed twice, it changes nothing the second time. Refuses `role-needed`. */
export async function changeWeights(
  actor: Actor,
  type: PartnerType,
  change: WeightsChange,
  at: Date,
): Promise<{ weights: TypeWeights; changed: boolean }> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'admin', { action: `weights.${change.kind}`, subject: `weights:${type}`, at });
  return moveWeights(workspaceId, type, { by: userId, at, why: change.kind }, (seen) => moveOf(workspaceId, seen, change, at));
}

async function moveOf(workspaceId: string, seen: TypeWeights, change: WeightsChange, at: Date): Promise<Move | null> {
  const same = { ...seen, decisions: null };
  if (change.kind === 'freeze') return seen.frozen ? null : { ...same, frozen: true };
  if (change.kind === 'unfreeze') return seen.frozen ? { ...same, frozen: false } : null;
  if (change.kind === 'set') {
    const weights = NewWeights.parse(change.weights);
    return isSame(weights, currentOf(seen)) ? null : { ...same, start: weights, since: at, learned: null, learnedFrom: '' };
  }
  const isFresh = seen.start === null && seen.learned === null && (await listLessons(workspaceId, seen)).length === 0;
  return isFresh ? null : { ...same, start: null, since: at, learned: null, learnedFrom: '' };
}
