import { SCORE_BANDS } from '../../recruit/records/weekly-results.ts';

/** What happens to a company from being suggested to bringing revenue. A company may skip some. */
export const FUNNEL_STEPS = ['suggested', 'drafted', 'contacted', 'replied', 'partner', 'registered', 'won'] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

/** Where a company is known from: a file, a list that was pasted, research on the web; or nobody suggested it, and it was added by hand. */
const FUNNEL_SOURCES = ['file', 'pasted', 'research', 'hand'] as const;
export type FunnelSource = (typeof FUNNEL_SOURCES)[number];
export type ScoreBand = (typeof SCORE_BANDS)[number];

/** A company with what it has come to. `score`: with which it was suggested; null for one that nobody suggested. */
export type Followed = { source: FunnelSource; score: number | null; reached: ReadonlySet<FunnelStep>; revenueMinor: number };

export type FunnelRow = {
  by: 'all' | 'source' | 'band';
  key: 'all' | FunnelSource | ScoreBand;
  counts: Record<FunnelStep, number>;
  revenueMinor: number;
};

/** By the words in which a company's origin is kept. */
export function sourceOf(origin: string): FunnelSource {
  if (/^https?:\/\//i.test(origin)) return 'research';
  if (origin.startsWith('pasted by ')) return 'pasted';
  return origin === 'partner record' ? 'hand' : 'file';
}

export function bandOf(score: number): ScoreBand {
  return SCORE_BANDS.find((band) => score >= band) ?? 0;
}

/** Everybody together, then by source, then by the score they were suggested with; groups of nobody are left out. Pure. */
export function funnelOf(followed: readonly Followed[]): FunnelRow[] {
  const row = (by: FunnelRow['by'], key: FunnelRow['key'], some: readonly Followed[]): FunnelRow[] => {
    if (some.length === 0) return [];
    const count = (step: FunnelStep) => some.filter(({ reached }) => reached.has(step)).length;
    const counts = {
      ...{ suggested: count('suggested'), drafted: count('drafted'), contacted: count('contacted'), replied: count('replied') },
      ...{ partner: count('partner'), registered: count('registered'), won: count('won') },
    };
    return [{ by, key, counts, revenueMinor: some.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0) }];
  };
  return [
    ...row('all', 'all', followed),
    ...FUNNEL_SOURCES.flatMap((source) =>
      row(
        'source',
        source,
        followed.filter((one) => one.source === source),
      ),
    ),
    ...SCORE_BANDS.flatMap((band) =>
      row(
        'band',
        band,
        followed.filter(({ score }) => score !== null && bandOf(score) === band),
      ),
    ),
  ];
}
