import { auditEntry } from '../../programme/audit/audit.ts';
import type { PartnerType } from '../../programme/setup/partner-type.ts';
import { currentOf, type TypeWeights, type WeightsVersion } from './type-weights.ts';
import { isSame } from './weight-bounds.ts';
import { getTypeWeights, saveTypeWeights } from './weights-repository.ts';

/** What is to become of the weights as they are at that moment; null leaves them alone. */
export type Move = Pick<TypeWeights, 'frozen' | 'start' | 'since' | 'learned' | 'learnedFrom'> & { decisions: WeightsVersion['decisions'] };
type Cause = { by: string; at: Date; why: WeightsVersion['why'] };

/** Moves the weights of one type from what `decide` saw, and keeps the step as a version in the audit log. Of two at once the second
 *  decides anew on what the first left. `changed` is false when nothing that people see has changed. */
export async function moveWeights(
  workspaceId: string,
  type: PartnerType,
  { by, at, why }: Cause,
  decide: (seen: TypeWeights) => Promise<Move | null>,
): Promise<{ weights: TypeWeights; changed: boolean }> {
  while (true) {
    const seen = await getTypeWeights(workspaceId, type);
    const move = await decide(seen);
    if (!move) return { weights: seen, changed: false };
    const { decisions, ...state } = move;
    const [from, to] = [currentOf(seen), currentOf({ type, ...state })];
    const changed = !isSame(from, to) || seen.frozen !== state.frozen || seen.since?.getTime() !== state.since?.getTime();
    const version = seen.version + Number(changed);
    const next = { ...seen, ...state, version };
    const before = { version: seen.version, weights: from, frozen: seen.frozen };
    const after = { version, weights: to, frozen: state.frozen, decisions };
    const entry = changed ? auditEntry({ workspaceId, by, at, action: `weights.${why}`, subject: `weights:${type}`, before, after }) : null;
    // Each round somebody's change is saved, so this ends.
    if (await saveTypeWeights(workspaceId, next, entry)) return { weights: { ...next, revision: seen.revision + 1 }, changed };
  }
}
