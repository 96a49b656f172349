import { lastPosted, listPosted } from '../../discover/digest/digest-repository.ts';
import { listRegistered } from '../../manage/deals/deal-list-repository.ts';
import { paceOf } from '../../onboard/figures/onboarding-figures.ts';
import { listPartnerPaces, type PartnerPace } from '../../onboard/partners/partner-repository.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { listWrittenTo } from '../../recruit/outreach/draft-repository.ts';
import { listRepliedCompanies } from '../../recruit/replies/reply-repository.ts';
import { ofPartner } from '../attribution/contributions.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import type { Period } from '../revenue/period.ts';
import { listFirstDays, sumRollups } from '../revenue/rollup-repository.ts';
import { stretchesOf } from '../revenue/stretches.ts';
import { closedSales, instantsOf } from '../sales/closed-sales.ts';
import { type Followed, type FunnelRow, type FunnelStep, funnelOf, sourceOf } from './funnel.ts';
import { firstWinOf, type ProgrammeFigures, registrationFigures, saleFigures } from './programme-figures.ts';

export type ProgrammeReport = { period: Period; currency: string; figures: ProgrammeFigures; funnel: FunnelRow[] };

/** How the programme does: figures of a period beside direct sales, and what became of the companies that were suggested in it. */
export async function programmeReport(workspaceId: string, period: Period, at: Date): Promise<ProgrammeReport> {
  const [{ currency }, partners, instants, wonOn] = await Promise.all([
    getMeasureRules(workspaceId),
    listPartnerPaces(workspaceId),
    instantsOf(workspaceId, period),
    firstWonDays(workspaceId),
  ]);
  const [closed, registered, productive, followed] = await Promise.all([
    closedSales(workspaceId, period),
    listRegistered(workspaceId, instants),
    earningPartners(workspaceId, period),
    followAll(workspaceId, { partners, wonOn, instants, at }),
  ]);
  const pace = paceOf(partners, at);
  const inPeriod = partners.filter((one) => one.createdAt < instants.before && !(one.endedAt && one.endedAt < instants.from));
  const figures: ProgrammeFigures = {
    firstRegistration: { medianDays: pace.medianDays, of: pace.registered },
    firstWin: firstWinOf(partners, wonOn, period),
    activation: pace.activation,
    ...saleFigures(closed),
    ...registrationFigures(registered),
    productive: { part: inPeriod.filter(({ id }) => productive.has(id)).length, of: inPeriod.length },
  };
  return { period, currency, figures, funnel: funnelOf(followed) };
}

const partnerIdIn = (of: string) => of.slice(ofPartner('').length);

/** The day on which each partner first had revenue that it sourced, by its id. */
async function firstWonDays(workspaceId: string): Promise<Map<string, string>> {
  const found = await listFirstDays(workspaceId, { dimension: 'partner', stage: 'booked', key: 'sourced' });
  return new Map(found.map(({ of, day }) => [partnerIdIn(of), day]));
}

async function earningPartners(workspaceId: string, days: { from: string; to: string }): Promise<Set<string>> {
  const sums = await sumRollups(workspaceId, stretchesOf(days), { dimension: 'partner', stage: 'booked', keys: ['sourced'], by: 'of' });
  return new Set(sums.flatMap(({ key, sums: { sourced = 0 } }) => (sourced > 0 ? [partnerIdIn(key)] : [])));
}

type Around = { partners: readonly PartnerPace[]; wonOn: ReadonlyMap<string, string>; instants: { from: Date; before: Date }; at: Date };

/** The companies that were suggested in some days, and the partners of these days whom nobody suggested, with what each has come to until now. */
async function followAll(workspaceId: string, { partners, wonOn, instants, at }: Around): Promise<Followed[]> {
  const { from, before } = instants;
  const [digests, everShown] = await Promise.all([listPosted(workspaceId, from, before), lastPosted(workspaceId, at)]);
  const scores = new Map(digests.flatMap(({ items }) => items.map(({ companyId, score }) => [companyId, score] as const)));
  const ids = [...scores.keys()];
  const [companies, written, replied, revenue] = await Promise.all([
    listCompaniesByIds(workspaceId, ids),
    listWrittenTo(workspaceId, ids),
    listRepliedCompanies(workspaceId, ids),
    revenueOfAll(workspaceId),
  ]);
  const [isWritten, isReplied] = [new Set(written), new Set(replied)];
  const byCompany = new Map(partners.map((partner) => [partner.companyId, partner]));
  const suggested = companies.map(({ id, origin, decision }): Followed => {
    const partner = byCompany.get(id);
    const isDrafted = isWritten.has(id) || decision?.kind === 'pursued';
    const reached: (FunnelStep | false)[] = ['suggested', isDrafted && 'drafted', isWritten.has(id) && 'contacted'];
    const steps = [...reached, isReplied.has(id) && ('replied' as const), ...stepsOf(partner, wonOn)];
    return followed(sourceOf(origin.source), scores.get(id) ?? 0, steps, partner, revenue);
  });
  const byHand = partners.filter(({ companyId, createdAt }) => createdAt >= from && createdAt < before && !everShown.has(companyId));
  return [...suggested, ...byHand.map((partner) => followed('hand', null, stepsOf(partner, wonOn), partner, revenue))];
}

function stepsOf(partner: PartnerPace | undefined, wonOn: ReadonlyMap<string, string>): (FunnelStep | false)[] {
  if (!partner) return [];
  return ['partner', partner.firstRegistrationAt !== null && 'registered', wonOn.has(partner.id) && 'won'];
}

function followed(
  source: Followed['source'],
  score: number | null,
  steps: readonly (FunnelStep | false)[],
  partner: PartnerPace | undefined,
  revenue: ReadonlyMap<string, number>,
): Followed {
  const reached = new Set(steps.filter((step) => step !== false));
  return { source, score, reached, revenueMinor: partner ? (revenue.get(partner.id) ?? 0) : 0 };
}

/** What each partner ever sourced, as booked. */
async function revenueOfAll(workspaceId: string): Promise<Map<string, number>> {
  const ever = [{ grain: 'month', from: '0000-01', to: '9999-12', sign: 1 }] as const;
  const sums = await sumRollups(workspaceId, ever, { dimension: 'partner', stage: 'booked', keys: ['sourced'], by: 'of' });
  return new Map(sums.map(({ key, sums: { sourced = 0 } }) => [partnerIdIn(key), sourced]));
}
