import { TZDate } from '@date-fns/tz';
import { format, startOfISOWeek, subWeeks } from 'date-fns';
import { listPosted } from '../../discover/digest/digest-repository.ts';
import { type CompanyDecision, REJECTION_REASONS, type RejectionReason } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { listWrittenTo } from '../outreach/draft-repository.ts';

/** Lowest score of each band, best first. */
export const SCORE_BANDS = [80, 60, 40, 0] as const;

/** What became of the suggestions of one band. Each shown company is drafted (those that became partners, too), turned down, put off or waiting; `sent` are those a message
 *  has left for. */
export type BandResults = {
  from: (typeof SCORE_BANDS)[number];
  shown: number;
  drafted: number;
  sent: number;
  turnedDown: { reason: RejectionReason; companies: number }[];
  later: number;
  waiting: number;
};

/** A calendar week from Monday to Monday in the team's zone; `name` as in ISO 8601, `2026-W47`. */
export type Week = { name: string; from: Date; to: Date };

/** The last week that is over at `at`. */
export function weekBefore(at: Date, timeZone: string): Week {
  const to = startOfISOWeek(new TZDate(at, timeZone));
  const from = subWeeks(to, 1);
  return { name: format(from, "RRRR-'W'II"), from: new Date(from.getTime()), to: new Date(to.getTime()) };
}

/** How the companies shown in a week stand now, by the score they were shown with; bands without any are left out. */
export async function weeklyResults(workspaceId: string, { from, to }: Week): Promise<BandResults[]> {
  const digests = await listPosted(workspaceId, from, to);
  const scores = new Map(digests.flatMap(({ items }) => items.map(({ companyId, score }) => [companyId, score] as const)));
  const [companies, written] = await Promise.all([
    listCompaniesByIds(workspaceId, [...scores.keys()]),
    listWrittenTo(workspaceId, [...scores.keys()]),
  ]);
  const isSent = new Set(written);
  return SCORE_BANDS.flatMap((low) => {
    const inBand = companies.filter(({ id }) => SCORE_BANDS.find((band) => (scores.get(id) ?? 0) >= band) === low);
    const sent = inBand.filter(({ id }) => isSent.has(id)).length;
    return inBand.length === 0 ? [] : [{ from: low, sent, ...outcomes(inBand.map(({ decision }) => decision)) }];
  });
}

function outcomes(decisions: (CompanyDecision | null)[]): Omit<BandResults, 'from' | 'sent'> {
  const of = (kind: CompanyDecision['kind']) => decisions.filter((decision) => decision?.kind === kind).length;
  const turnedDown = REJECTION_REASONS.flatMap((reason) => {
    const companies = decisions.filter((decision) => decision?.kind === 'not-fit' && decision.reason === reason).length;
    return companies > 0 ? [{ reason, companies }] : [];
  });
  const waiting = decisions.filter((decision) => decision === null).length;
  return { shown: decisions.length, drafted: of('pursued') + of('partner'), turnedDown, later: of('later'), waiting };
}
