import { TZDate } from '@date-fns/tz';
import { addQuarters, startOfQuarter } from 'date-fns';
import { type Due, type DueRow, HOME_DUE, type HomePage } from '../../../blocks/onboard/due-checklists.ts';
import type { HomeFacts } from '../../../blocks/programme/home.ts';
import type { DigestItem } from '../../discover/digest/digest.ts';
import { findLatestDigest } from '../../discover/digest/digest-repository.ts';
import { listAllWaiting } from '../../manage/deals/all-waiting.ts';
import { listDealPage } from '../../manage/deals/deal-list-repository.ts';
import { countDeals } from '../../manage/deals/deal-repository.ts';
import { partnerNames } from '../../manage/deals/export-deals.ts';
import { isReady, lateBy } from '../../onboard/checklists/checklist.ts';
import { listDueChecklists } from '../../onboard/checklists/checklist-repository.ts';
import { type WorkWeek, workWeekOf } from '../../onboard/checklists/working-days.ts';
import { listPartnerIdsOf, listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { localDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { countSuppressions } from '../../programme/suppression/suppression-repository.ts';
import { type Member, mayAct } from '../../programme/workspaces/role.ts';

/** Rows of each part of a Home tab. */
const HOME_WAITING = 10;
const HOME_CANDIDATES = 5;
const HOME_EXPIRING = 5;

/** What a manager begins with is everybody's, what a colleague without a role begins with their own. */
export function firstPage(actor: Member): HomePage {
  return { from: 0, mine: !mayAct(actor, 'manager') };
}

/** All that the Home tab of a colleague shows of what is stored. Managers see every draft and reply that waits, as any of them may decide; everybody
 *  else what is theirs. Reads only. */
export async function readHome(actor: Member, page: HomePage, at: Date): Promise<HomeFacts> {
  const { workspaceId, userId } = actor;
  const by = mayAct(actor, 'manager') ? null : userId;
  const week = workWeekOf(await getProgramme(workspaceId));
  const [inbox, silent, due, candidates, expiring, quarter] = await Promise.all([
    listAllWaiting(workspaceId, { from: 0, count: HOME_WAITING, by }, at),
    countSuppressions(workspaceId),
    readDue(actor, page, { week, at }),
    newestCandidates(workspaceId),
    by === null ? readExpiring(actor, at) : null,
    readQuarter(workspaceId, week, at),
  ]);
  return { inbox, silent, due, candidates, expiring, quarter };
}

/** Partners with something due, the longest overdue first. */
async function readDue({ workspaceId, userId }: Member, page: HomePage, { week, at }: { week: WorkWeek; at: Date }): Promise<Due> {
  const today = localDay(at, week.timeZone);
  const own = page.mine ? await listPartnerIdsOf(workspaceId, userId) : null;
  const { checklists, total } = await listDueChecklists(workspaceId, today, { from: page.from, count: HOME_DUE, partnerIds: own });
  const ids = checklists.map(({ partnerId }) => partnerId);
  const partners = new Map((await listPartnersByIds(workspaceId, ids)).map((partner) => [partner.id, partner]));
  const rows = checklists.flatMap(({ partnerId, steps }): DueRow[] => {
    const ready = steps.filter((step) => isReady(step) && (step.dueOn ?? '') <= today);
    const [step] = ready.toSorted((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? ''));
    const partner = partners.get(partnerId);
    return step && partner ? [{ partner, step, late: lateBy(step, at, week), count: ready.length }] : [];
  });
  return { ...page, rows, total };
}

async function newestCandidates(workspaceId: string): Promise<DigestItem[]> {
  const items = (await findLatestDigest(workspaceId))?.items ?? [];
  const ids = items.map(({ companyId }) => companyId);
  const open = new Set((await listCompaniesByIds(workspaceId, ids)).filter(({ decision }) => decision === null).map(({ id }) => id));
  return items.filter(({ companyId }) => open.has(companyId)).slice(0, HOME_CANDIDATES);
}

async function readExpiring({ workspaceId, userId }: Member, at: Date): Promise<HomeFacts['expiring']> {
  const wanted = { view: 'expiring', partnerId: null, me: userId, at } as const;
  const { deals, total } = await listDealPage(workspaceId, wanted, { from: 0, count: HOME_EXPIRING });
  return { deals, total, names: await partnerNames(workspaceId, deals) };
}

async function readQuarter(workspaceId: string, { timeZone }: WorkWeek, at: Date): Promise<HomeFacts['quarter']> {
  const start = startOfQuarter(new TZDate(at, timeZone));
  const [since, to] = [new Date(start.getTime()), new Date(addQuarters(start, 1).getTime())];
  return { since, registrations: await countDeals(workspaceId, { from: since, to }) };
}
