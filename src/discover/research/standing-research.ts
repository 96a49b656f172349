import type { Deps } from '../../deps.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { cleanText } from '../../programme/companies/clean-text.ts';
import { digestDueDay, localDay, startOfLocalDay } from '../../programme/setup/digest-clock.ts';
import type { DigestSettings, OwnCompany, PartnerType } from '../../programme/setup/programme.ts';
import { getProgramme, saveResearchPaused } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { Digest } from '../digest/digest.ts';
import { findLatestDigest } from '../digest/digest-repository.ts';
import { rankCandidates } from '../digest/rank-candidates.ts';
import {
  amountOf,
  isBrokenOff,
  isStanding,
  isUnseen,
  less,
  MOST_PER_QUESTION,
  mostPerDay,
  type Research,
  type ResearchWanted,
  SCHEDULE,
} from './research.ts';
import { endResearch, findRunning, getResearch, listStanding } from './research-repository.ts';
import { getSpending, spendingDay } from './spending-repository.ts';
import { insertRun, newRun } from './start-research.ts';

/** One that gave way, or was paused, is taken up again so often on one day. */
const MOST_A_DAY = 3;

/** Starts the research that nobody asked for, where it is due: once a working day, from an hour before the digest on, and the very first one
 *  at once. Null when it is not, when any other runs, when it is paused, or when the day's budget has no room for a search. Safe to call from
 *  two processes at once: the id is the workspace's, the day's and the turn's. */
export async function startStanding(workspaceId: string, tools: Deps['research'], at: Date): Promise<Research | null> {
  if (!tools) return null;
  const { company, digest, researchPaused } = await getProgramme(workspaceId);
  if (!company || !digest || researchPaused) return null;
  const earlier = await listStanding(workspaceId, MOST_A_DAY);
  const today = localDay(at, digest.timeZone);
  const todays = earlier.filter(({ createdAt }) => createdAt >= startOfLocalDay(today, digest.timeZone));
  if (todays.length >= MOST_A_DAY || !todays.every(({ note }) => isBrokenOff(note?.code))) return null;
  const latest = await findLatestDigest(workspaceId);
  const isFirst = latest === null && earlier.every(({ note }) => isBrokenOff(note?.code));
  if (!isFirst && !isHour(digest, at)) return null;
  if (!(await hasRoom(workspaceId, tools, at))) return null;
  const id = `${workspaceId}-${today}-${todays.length}`;
  const run = newRun(workspaceId, { id, wanted: wantedNow(company, latest, at), by: SCHEDULE }, at);
  return (await insertRun(run)) ? run : null;
}

/** What it finds is to be in the day's digest. */
function isHour(digest: DigestSettings, at: Date): boolean {
  return digestDueDay({ ...digest, hour: Math.max(0, digest.hour - 1) }, at) !== null;
}

/** Whether the day's budget allows a plan and one search: a run that ends before it found anything is only noise. */
async function hasRoom(workspaceId: string, { prices, perDayUsd }: NonNullable<Deps['research']>, at: Date): Promise<boolean> {
  const spent = await getSpending(workspaceId, spendingDay(at));
  const [plan, search] = [amountOf(MOST_PER_QUESTION.plan, prices), amountOf(MOST_PER_QUESTION.search, prices)];
  const left = less(less(less(mostPerDay(perDayUsd), spent), plan), search);
  return left.searches >= 0 && left.tokens >= 0 && left.microUsd >= 0;
}

/** The types that the list lacks most, where the company sells. */
function wantedNow({ partnerTypes, regions }: OwnCompany, latest: Digest | null, at: Date): ResearchWanted {
  return { types: lackingTypes(partnerTypes, latest, Math.floor(at.getTime() / 86_400_000)), regions: cleanText(regions) };
}

/** Before the first digest all that are wanted; then those it could not serve; else the one it suggested fewest of, each in its turn. */
export function lackingTypes(wanted: readonly PartnerType[], latest: Digest | null, turn: number): PartnerType[] {
  if (!latest) return [...wanted];
  const unserved = wanted.filter((type) => latest.unserved?.includes(type));
  if (unserved.length > 0) return unserved;
  const shown = (type: PartnerType) => latest.items.filter((item) => item.type === type).length;
  const fewest = Math.min(...wanted.map(shown));
  const lacking = wanted.filter((type) => shown(type) === fewest);
  return lacking.slice(turn % lacking.length, (turn % lacking.length) + 1);
}

/** The local day whose digest is to be posted because a standing run has brought the first companies to suggest; null after any other run. */
export async function firstDigestDay(workspaceId: string, id: string, at: Date): Promise<string | null> {
  const research = await getResearch(workspaceId, id);
  const hasFound = research.steps.some(({ added }) => added > 0);
  if (!isStanding(research) || isUnseen(research) || !hasFound || (await findLatestDigest(workspaceId))) return null;
  const { company, digest } = await getProgramme(workspaceId);
  if (!company || !digest) return null;
  // An empty first digest would only use up the day.
  const { ranked } = await rankCandidates(workspaceId, { top: 1, among: 'suggested', now: at });
  return ranked.length > 0 ? localDay(at, digest.timeZone) : null;
}

/** Stops standing research, the run under way included, or lets it go on. The same again changes nothing. Refuses `role-needed` to all but
 *  managers. */
export async function pauseStanding(actor: Actor, paused: boolean, at: Date): Promise<void> {
  const { workspaceId, userId: by } = actor;
  const action = paused ? 'research.pause' : 'research.go-on';
  const subject = 'programme:research';
  await authorise(actor, 'manager', { action, subject, at });
  const { researchPaused = false } = await getProgramme(workspaceId);
  if (researchPaused !== paused) {
    const entry = auditEntry({ workspaceId, by, at, action, subject, before: { paused: researchPaused }, after: { paused } });
    await saveResearchPaused(workspaceId, paused, entry);
  }
  const running = paused ? await findRunning(workspaceId) : null;
  if (running && isStanding(running)) await endResearch(running, 'cancelled', 'paused', by, at);
}
