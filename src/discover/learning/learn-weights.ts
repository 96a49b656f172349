import { createHash } from 'node:crypto';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { listDecisions } from '../../programme/companies/company-repository.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { fitWeights } from './fit-weights.ts';
import { type Lesson, lessonOf } from './lesson.ts';
import { currentOf, isSame, startOf, type TypeWeights, type WeightsVersion } from './type-weights.ts';
import { getTypeWeights, saveTypeWeights } from './weights-repository.ts';

/** Tastes change: only the latest count. */
const MOST_DECISIONS = 300;

/** Brings the weights of every wanted type up to date with the decisions; returns the types whose weights moved. Frozen ones stay. All
 *  decisions are read again each time, so it may run twice, late, or for many decisions at once. */
export async function learnWeights(workspaceId: string, at: Date): Promise<PartnerType[]> {
  const { company } = await getProgramme(workspaceId);
  const moved: PartnerType[] = [];
  for (const type of company?.partnerTypes ?? []) {
    const { changed } = await moveWeights(workspaceId, type, { by: 'system', at, why: 'learn' }, async (seen) => {
      if (seen.frozen) return null;
      const lessons = await listLessons(workspaceId, seen);
      const start = startOf(seen);
      const learnedFrom = createHash('sha256')
        .update(JSON.stringify([start, lessons]))
        .digest('hex');
      if (learnedFrom === seen.learnedFrom || (lessons.length === 0 && seen.revision === 0)) return null;
      const { weights } = fitWeights(start, lessons);
      const drafted = lessons.filter(({ pursued }) => pursued).length;
      // Saved even when the weights stay: whoever read fewer decisions at the same moment must read again.
      return {
        ...seen,
        learnedFrom,
        learned: isSame(weights, start) ? null : weights,
        decisions: { drafted, turnedDown: lessons.length - drafted },
      };
    });
    if (changed) moved.push(type);
  }
  return moved;
}

/** What the decisions since the start was set teach about a type, the newest first. */
export async function listLessons(workspaceId: string, { type, since }: Pick<TypeWeights, 'type' | 'since'>): Promise<Lesson[]> {
  const decisions = await listDecisions(workspaceId, type, since, MOST_DECISIONS);
  return decisions.flatMap((decision) => lessonOf(decision) ?? []);
}

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
  return inRounds('moving weights', async () => {
    const seen = await getTypeWeights(workspaceId, type);
    const move = await decide(seen);
    if (!move) return { done: { weights: seen, changed: false } };
    const { decisions, ...state } = move;
    const [from, to] = [currentOf(seen), currentOf({ type, ...state })];
    const changed = !isSame(from, to) || seen.frozen !== state.frozen || seen.since?.getTime() !== state.since?.getTime();
    const version = seen.version + Number(changed);
    const next = { ...seen, ...state, version };
    const before = { version: seen.version, weights: from, frozen: seen.frozen };
    const after = { version, weights: to, frozen: state.frozen, decisions };
    const entry = changed ? auditEntry({ workspaceId, by, at, action: `weights.${why}`, subject: `weights:${type}`, before, after }) : null;
    const saved = await saveTypeWeights(workspaceId, next, entry);
    return saved ? { done: { weights: { ...next, revision: seen.revision + 1 }, changed } } : null;
  });
}
