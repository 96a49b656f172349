import { createHash } from 'node:crypto';
import { listDecisions } from '../../programme/companies/save-decision.ts';
import type { PartnerType } from '../../programme/setup/partner-type.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { fitWeights } from './fit-weights.ts';
import { type Lesson, lessonOf } from './lesson.ts';
import { moveWeights } from './move-weights.ts';
import { startOf, type TypeWeights } from './type-weights.ts';
import { isSame } from './weight-bounds.ts';

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
