import { z } from 'zod';
import { listAudit } from '../../programme/audit/audit-repository.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { CRITERION_IDS, type CriterionId, type Weights } from '../fit/criteria.ts';
import { listLessons } from './learn-weights.ts';
import type { Lesson } from './lesson.ts';
import { currentOf, startOf, WeightsVersion } from './type-weights.ts';
import { getTypeWeights } from './weights-repository.ts';

const VERSIONS_SHOWN = 10;

/** Average shares (0–1) of one criterion among the drafted and the turned down; null where none is known. */
export type Averages = Record<CriterionId, { drafted: number | null; turnedDown: number | null }>;

/** All that is shown of a type's weights. */
export type ExplainedWeights = {
  type: PartnerType;
  version: number;
  frozen: boolean;
  /** The start is an admin's, not the default. */
  isOwnStart: boolean;
  isLearned: boolean;
  start: Weights;
  current: Weights;
  drafted: number;
  turnedDown: number;
  averages: Averages;
  /** Newest first. */
  versions: WeightsVersion[];
};

export async function explainWeights(workspaceId: string, type: PartnerType): Promise<ExplainedWeights> {
  const weights = await getTypeWeights(workspaceId, type);
  const [lessons, versions] = await Promise.all([listLessons(workspaceId, weights), listVersions(workspaceId, type)]);
  const drafted = lessons.filter(({ pursued }) => pursued);
  return {
    type,
    version: weights.version,
    frozen: weights.frozen,
    isOwnStart: weights.start !== null,
    isLearned: weights.learned !== null,
    start: startOf(weights),
    current: currentOf(weights),
    drafted: drafted.length,
    turnedDown: lessons.length - drafted.length,
    averages: averagesOf(lessons),
    versions,
  };
}

const Logged = z.object({ version: z.number(), weights: z.record(z.string(), z.number()) });
const LoggedAfter = Logged.extend({ decisions: WeightsVersion.shape.decisions });

/** The steps of the weights as the audit log has them; refused attempts are none. */
async function listVersions(workspaceId: string, type: PartnerType): Promise<WeightsVersion[]> {
  const entries = await listAudit(workspaceId, { subject: `weights:${type}` }, 3 * VERSIONS_SHOWN);
  const versions = entries.flatMap(({ at, by, action, before, after }) => {
    const why = WeightsVersion.shape.why.safeParse(action.replace('weights.', ''));
    if (!why.success) return [];
    const { version, weights: to, decisions } = LoggedAfter.parse(after);
    return { version, at, by, why: why.data, from: Logged.parse(before).weights, to, decisions };
  });
  return versions.sort((a, b) => b.version - a.version).slice(0, VERSIONS_SHOWN);
}

function averagesOf(lessons: readonly Lesson[]): Averages {
  const average = (id: CriterionId, wanted: boolean) => {
    const known = lessons.flatMap(({ pursued, shares }) => (pursued === wanted ? (shares[id] ?? []) : []));
    return known.length === 0 ? null : known.reduce((all, share) => all + share, 0) / known.length;
  };
  // Object.fromEntries forgets the key type.
  return Object.fromEntries(CRITERION_IDS.map((id) => [id, { drafted: average(id, true), turnedDown: average(id, false) }])) as Averages;
}
