import { addDays } from 'date-fns';
import { type Deal, endedAt, HOLDING_STATES } from '../../manage/deals/deal.ts';
import { eachDeal } from '../../manage/deals/deal-list-repository.ts';
import { doneCount, lateBy } from '../../onboard/checklists/checklist.ts';
import { findChecklist } from '../../onboard/checklists/checklist-repository.ts';
import { workWeekOf } from '../../onboard/checklists/working-days.ts';
import type { Partner, PartnerNote } from '../../onboard/partners/partner.ts';
import { listCertificates } from '../../onboard/training/certificates.ts';
import { listCourses } from '../../onboard/training/course-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { ofPartner } from '../attribution/contributions.ts';
import { idsOf } from '../commissions/accrue-sale.ts';
import { sumOf } from '../commissions/exact.ts';
import { sumCosts } from '../costs/cost-repository.ts';
import { listOfPartner } from '../ledger/ledger-repository.ts';
import type { CostKind } from '../ledger/transaction.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { type Calendar, type Period, readPeriod } from '../revenue/period.ts';
import { listRollups } from '../revenue/rollup-repository.ts';
import { instantsOf } from '../sales/closed-sales.ts';
import type { Goal } from './goal.ts';
import { findGoal } from './goal-repository.ts';
import { type NextStep, nextSteps, OURS } from './next-steps.ts';

/** All that a partner may read of its own quarter. Money of revenue in the workspace's currency; `deals` as they stand now. */
export type Pack = {
  workspaceId: string;
  partner: Pick<Partner, 'id' | 'name' | 'tier'>;
  company: string;
  quarter: Period;
  currency: string;
  goal: Goal | null;
  sourcedMinor: number;
  /** In the quarter before. */
  sourcedBeforeMinor: number;
  registrations: number;
  /** Revenue that it sourced, of the quarter's months and the three before. */
  months: { month: string; minor: number }[];
  open: Deal[];
  won: Deal[];
  lost: Deal[];
  commissions: { currency: string; earnedMinor: number; paidMinor: number }[];
  checklist: { done: number; of: number; late: number } | null;
  certified: number;
  steps: NextStep[];
};

/** What the team keeps to itself. */
export type Inside = {
  costs: { kind: CostKind; minor: number }[];
  notes: PartnerNote[];
  steps: NextStep[];
};

/** A quarter as it was typed, this one where nothing was; null for other periods. */
export function readQuarter(words: string, calendar: Calendar): Period | null {
  const typed = words.trim().toLowerCase();
  return typed === '' || /quarter|q[1-4]/.test(typed) ? readPeriod(typed || 'this quarter', calendar) : null;
}

/** Deals that end within so many days ask for something. */
const ENDING_DAYS = 30;

/** Everything of a partner's quarter, from live data; `inside` is for the team alone. */
export async function readPack(partner: Partner, quarter: Period, at: Date): Promise<{ pack: Pack; inside: Inside }> {
  const { workspaceId } = partner;
  const ids = await idsOf(workspaceId, partner.id);
  const [{ currency }, programme, goal, deals, months, commissions, checklist, certificates, courses, costs, instants] = await Promise.all([
    getMeasureRules(workspaceId),
    getProgramme(workspaceId),
    findGoal(workspaceId, ids, quarter.from),
    dealsOf(partner, at),
    sourcedByMonth(workspaceId, ids, quarter.from),
    commissionsOf(workspaceId, ids, quarter),
    findChecklist(workspaceId, partner.id),
    listCertificates(workspaceId, partner.id, at),
    listCourses(workspaceId),
    sumCosts(workspaceId, quarter, ids),
    instantsOf(workspaceId, quarter),
  ]);
  const isIn = (day: Date | null) => day !== null && day >= instants.from && day < instants.before;
  const ended = deals.filter((deal) => isIn(endedAt(deal)));
  const open = deals.filter(({ status }) => HOLDING_STATES.some((state) => state === status));
  const week = workWeekOf(programme);
  const late = checklist ? checklist.steps.filter((step) => lateBy(step, at, week) > 0).length : 0;
  const certified = new Set(certificates.map(({ userId }) => userId)).size;
  const registrations = deals.filter(({ submittedAt }) => isIn(submittedAt)).length;
  const sourcedMinor = sumOf(months.slice(3).map(({ minor }) => minor));
  const steps = nextSteps({
    endingDeals: open.filter(({ protectedUntil: end }) => end !== null && end > at && end <= addDays(at, ENDING_DAYS)).length,
    waitingForThem: open.filter(({ status }) => status === 'needs-info').length,
    waitingForUs: open.filter(({ status }) => status === 'submitted' || status === 'in-review').length,
    ...{ lateSteps: late, registrations, sourcedMinor, certified },
    // Of a sum in another currency nobody knows what is left to it; registrations are counted in none.
    goal: goal && { registrations: goal.registrations, sourcedMinor: goal.currency === currency ? goal.sourcedMinor : 0 },
    ...{ hasCourse: courses.length > 0, isOver: instants.before <= at },
  });
  const pack: Pack = {
    ...{ workspaceId, partner, company: programme.company?.name ?? '', quarter, currency, goal, sourcedMinor, registrations, months },
    sourcedBeforeMinor: sumOf(months.slice(0, 3).map(({ minor }) => minor)),
    ...{ open, won: ended.filter(({ status }) => status === 'won'), lost: ended.filter(({ status }) => status !== 'won') },
    ...{ commissions, checklist: checklist && { done: doneCount(checklist), of: checklist.steps.length, late }, certified },
    steps: steps.filter(({ code }) => !OURS.has(code)),
  };
  const spent = costs.flatMap(({ kind, minor, currency: of }) => (of === currency && minor !== 0 ? [{ kind, minor }] : []));
  return { pack, inside: { costs: spent, notes: partner.notes, steps } };
}

async function dealsOf({ workspaceId, id: partnerId }: Partner, at: Date): Promise<Deal[]> {
  const deals: Deal[] = [];
  for await (const deal of eachDeal(workspaceId, { view: 'all', partnerId, me: '', at })) deals.push(deal);
  return deals;
}

/** Of the three months before the quarter, and of its own. */
async function sourcedByMonth(workspaceId: string, ids: readonly string[], from: string): Promise<Pack['months']> {
  const [year = 0, first = 1] = from.split('-').map(Number);
  const months = [-3, -2, -1, 0, 1, 2].map((more) => new Date(Date.UTC(year, first - 1 + more)).toISOString().slice(0, 7));
  const keys = months.flatMap((at) => ids.map((id) => ({ workspaceId, grain: 'month' as const, at, of: ofPartner(id) })));
  const found = await listRollups(keys);
  return months.map((month) => ({
    month,
    minor: sumOf(found.flatMap(({ at, sums }) => (at === month ? [sums.booked?.sourced ?? 0] : []))),
  }));
}

async function commissionsOf(workspaceId: string, ids: readonly string[], { from, to }: Period): Promise<Pack['commissions']> {
  const all = (await Promise.all(ids.map((id) => listOfPartner(workspaceId, id, ['earned', 'clawback', 'paid', 'reversed'])))).flat();
  const sums = new Map<string, Pack['commissions'][number]>();
  for (const { kind, postings } of all.filter((one) => one.day >= from && one.day < to)) {
    const posting = postings.find(({ account }) => account === 'payable');
    if (!posting) continue;
    const sum = sums.get(posting.currency) ?? { currency: posting.currency, earnedMinor: 0, paidMinor: 0 };
    sums.set(posting.currency, sum);
    if (kind === 'earned' || kind === 'clawback') sum.earnedMinor += posting.minor;
    else sum.paidMinor -= posting.minor;
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
