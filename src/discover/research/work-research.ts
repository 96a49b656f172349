import { setTimeout as pause } from 'node:timers/promises';
import { researchCompanies } from '../../../prompts/discover/research-companies.ts';
import { researchPlan } from '../../../prompts/discover/research-plan.ts';
import type { Deps, WebAnswer } from '../../deps.ts';
import { ModelBusy } from '../../errors.ts';
import { findCompanyByDomain, listNewestDomains } from '../../programme/companies/company-repository.ts';
import { domainOf } from '../../programme/companies/domain-name.ts';
import { saveReadFacts } from '../../programme/companies/save-read-facts.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { FitProfile } from '../fit/fit.ts';
import { getFitProfile } from '../fit/fit-profile.ts';
import { readGeography } from '../fit/places.ts';
import { readPages } from '../website/read-pages.ts';
import { groundCompanies, pagesBehind } from './ground-companies.ts';
import {
  type Amount,
  ATTEMPTS,
  amountOf,
  aStep,
  CHECK_MS,
  isStanding,
  less,
  MOST_PER_QUESTION,
  MOST_SEARCHES,
  mostPerDay,
  NOTHING,
  openStep,
  PER_RUN,
  QUESTION_MS,
  type Research,
  type ResearchStep,
} from './research.ts';
import {
  claimStep,
  endResearch,
  finishStep,
  getResearch,
  isRunning,
  listSearched,
  type StepOutcome,
  settleStep,
} from './research-repository.ts';
import { correctSpending, reserveSpending, spendingDay } from './spending-repository.ts';

type Tools = NonNullable<Deps['research']> & Pick<Deps, 'network'>;
/** What earlier runs searched for, and the domains of each kind that are named to the model. */
const EARLIER_RUNS = 6;
const MOST_ASKED = 30;
const MOST_NAMED = 100;
/** How often a worker that waits for the model looks whether the run was cancelled. */
const LOOK_MS = 1_000;
/** Twice as long as a question may take; after that a cancel is noticed with the next step. */
const MOST_LOOKS = (2 * QUESTION_MS) / LOOK_MS;
/** A run that has not come to its end after this long is given up. */
const PATIENCE_MS = 12 * 3_600_000;

/** Does the next thing of a run, at most one question to the model. `more` when there is more to do at once; `found` are companies that
 *  were new with what was just taken over. Safe to repeat and to run in two processes at once. */
export async function workResearch(
  workspaceId: string,
  id: string,
  { research: tools, network, now }: Pick<Deps, 'research' | 'network' | 'now'>,
): Promise<{ more: boolean; found: string[] }> {
  const research = await getResearch(workspaceId, id);
  if (research.status !== 'running' || (research.notBefore && research.notBefore > now())) return { more: false, found: [] };
  if (now().getTime() - research.createdAt.getTime() > PATIENCE_MS) {
    await endResearch(research, 'failed', 'busy-too-long', 'system', now());
    return { more: false, found: [] };
  }
  const open = openStep(research);
  if (!open) return { more: false, found: await end(research, now()) };
  if (open.step.status === 'answered') return { more: true, found: await takeOver(research, open.step, open.index, now()) };
  // Pause may have come while the run was begun.
  if (isStanding(research) && (await getProgramme(workspaceId)).researchPaused) {
    await endResearch(research, 'cancelled', 'paused', 'system', now());
    return { more: false, found: [] };
  }
  const profile = await getFitProfile(workspaceId);
  if (!tools || !profile) {
    await endResearch(research, 'failed', 'model-gone', 'system', now());
    return { more: false, found: [] };
  }
  return { more: await askStep(research, open.step, open.index, profile, { ...tools, network }, now), found: [] };
}

async function end(research: Research, at: Date): Promise<string[]> {
  const searches = research.steps.filter(({ kind }) => kind === 'search');
  const failed = searches.every(({ status }) => status === 'failed');
  await endResearch(research, failed ? 'failed' : 'done', failed ? 'no-usable-answer' : null, 'system', at);
  return [];
}

/** Merges the companies of an answer. All carry the time of the answer, so that a second go knows which of them the first one added. */
async function takeOver(research: Research, { companies, answeredAt }: ResearchStep, index: number, now: Date): Promise<string[]> {
  const { workspaceId } = research;
  const at = answeredAt ?? now;
  const added: string[] = [];
  for (const found of companies) {
    const { domain, facts, origin, origins } = found;
    await saveReadFacts(workspaceId, { domain, facts, origin, origins }, at);
    const company = await findCompanyByDomain(workspaceId, found.domain);
    const isNew = company?.createdAt.getTime() === at.getTime() && company.origin.source === found.origin.source;
    if (isNew) added.push(company.id);
  }
  await finishStep(research, index, added.length, now);
  return added;
}

/** True when the next step may begin at once. */
async function askStep(
  research: Research,
  step: ResearchStep,
  index: number,
  profile: FitProfile,
  tools: Tools,
  now: Deps['now'],
): Promise<boolean> {
  const { workspaceId } = research;
  const startedAt = now();
  const day = spendingDay(startedAt);
  const aside = amountOf(MOST_PER_QUESTION[step.kind], tools.prices);
  const left = less(PER_RUN, { ...research.spent });
  const enough = left.searches >= aside.searches && left.tokens >= aside.tokens && left.microUsd >= aside.microUsd;
  if (!enough || !(await reserveSpending(workspaceId, day, aside, mostPerDay(tools.perDayUsd)))) {
    const which = enough ? 'day-budget-used' : 'run-budget-used';
    await endResearch(research, 'stopped', which, 'system', startedAt);
    return false;
  }
  const claim = await claimStep(research, index, aside, startedAt);
  if (!claim) {
    await correctSpending(workspaceId, day, aside, NOTHING);
    return false;
  }
  const outcome = await question(research, { ...step, attempts: step.attempts + 1 }, profile, tools, aside, now);
  const settled = await settleStep(research, index, claim, aside, outcome, now());
  await correctSpending(workspaceId, day, aside, outcome.spent);
  return settled && !outcome.wait;
}

async function question(
  research: Research,
  step: ResearchStep,
  profile: FitProfile,
  tools: Tools,
  aside: Amount,
  now: Deps['now'],
): Promise<StepOutcome> {
  try {
    const { outcome, usage } =
      step.kind === 'plan' ? await plan(research, step, profile, tools) : await search(research, step, profile, tools, now);
    return { ...outcome, spent: usage ? amountOf(usage, tools.prices) : aside };
  } catch (error) {
    if (error instanceof ModelBusy) {
      const until = new Date(now().getTime() + error.waitMs);
      // Refused before it began, so nothing was spent and it is no attempt of the step.
      const waiting = { ...step, status: 'waiting' as const, attempts: step.attempts - 1 };
      return { step: waiting, spent: NOTHING, wait: { until, note: 'model-busy' } };
    }
    // An answer that did not arrive may have been paid for.
    return { ...failed(step, research, profile), spent: aside };
  }
}

type Answered = { outcome: Omit<StepOutcome, 'spent'>; usage: WebAnswer<unknown>['usage'] };

async function plan(research: Research, step: ResearchStep, profile: FitProfile, { askWeb }: Tools): Promise<Answered> {
  const { name, sells, customers, geography, partnerTypesWanted } = profile;
  const us = { name, sells, customers, geography, partnerTypesWanted };
  const { outputTokens } = MOST_PER_QUESTION.plan;
  const asked = (await listSearched(research.workspaceId, EARLIER_RUNS)).slice(0, MOST_ASKED);
  const spoken = readGeography(geography).places.map(({ language }) => language);
  const languages = [...new Set(spoken)].filter((language) => language !== 'English');
  const { words, wanted } = research;
  const input = { words, ...(wanted ? { wanted } : {}), us, languages, asked, most: MOST_SEARCHES };
  const { answer, usage } = await whileRunning(research, (signal) =>
    askWeb(researchPlan, input, { searches: 0, outputTokens, timeoutMs: QUESTION_MS, signal }),
  );
  if (!answer) return { outcome: failed(step, research, profile), usage };
  const queries = [...new Set(answer.queries.map((query) => query.trim()))].slice(0, MOST_SEARCHES);
  return { outcome: { step: { ...step, status: 'done' }, more: queries.map((query) => aStep('search', query)) }, usage };
}

async function search(
  research: Research,
  step: ResearchStep,
  profile: FitProfile,
  { askWeb, network }: Tools,
  now: Deps['now'],
): Promise<Answered> {
  const { name, sells, customers, partnerTypesWanted } = profile;
  const { searches, outputTokens } = MOST_PER_QUESTION.search;
  const leaveOut = await domainsToLeaveOut(research.workspaceId, profile);
  const input = { query: step.query, us: { name, sells, customers, partnerTypesWanted }, leaveOut };
  const { answer, sources, usage } = await whileRunning(research, (signal) =>
    askWeb(researchCompanies, input, { searches, outputTokens, timeoutMs: QUESTION_MS, signal }),
  );
  if (!answer) return { outcome: failed(step, research, profile), usage };
  const pages = await readPages(pagesBehind(answer, sources), network, CHECK_MS);
  const answeredAt = now();
  const { companies, dropped } = groundCompanies(answer, sources, pages, answeredAt);
  return { outcome: { step: { ...step, status: 'answered', answeredAt, companies, dropped } }, usage };
}

/** Domains that are never suggested, and those that came last: what a search would find again first. */
async function domainsToLeaveOut(workspaceId: string, { competitors, existing, leaveOut }: FitProfile): Promise<string[]> {
  const unwanted = [...competitors, ...existing, ...leaveOut].flatMap((name) => domainOf(name) ?? []);
  const known = await listNewestDomains(workspaceId, MOST_NAMED);
  return [...new Set([...unwanted.slice(0, MOST_NAMED), ...known])];
}

/** Once more, or given up. A plan that is given up becomes the words themselves, one search for each type of partner. */
function failed(step: ResearchStep, { words, wanted }: Research, { partnerTypesWanted }: FitProfile): Omit<StepOutcome, 'spent'> {
  if (step.attempts < ATTEMPTS) return { step: { ...step, status: 'waiting' } };
  if (step.kind === 'search') return { step: { ...step, status: 'failed' } };
  const queries = wanted
    ? wanted.types.map((type) => `${type} companies ${wanted.regions}`)
    : [words, ...partnerTypesWanted.map((type) => `${words} ${type} companies`)];
  return { step: { ...step, status: 'done' }, more: queries.slice(0, MOST_SEARCHES).map((query) => aStep('search', query)) };
}

/** Gives the question up when the run is cancelled. */
async function whileRunning<Answer>(research: Research, asking: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const cancelled = new AbortController();
  const answered = new AbortController();
  const look = async () => {
    for (let looks = 0; looks < MOST_LOOKS && !answered.signal.aborted; looks++) {
      await pause(LOOK_MS, undefined, { signal: answered.signal, ref: false });
      if (!(await isRunning(research))) cancelled.abort();
    }
  };
  // The pause ends with an error once there is an answer, and a look that fails only means a later one.
  look().catch(() => undefined);
  try {
    return await asking(cancelled.signal);
  } finally {
    answered.abort();
  }
}
