import { Refusal } from '../../errors.ts';
import type { Company } from '../../programme/companies/company.ts';
import { findCompaniesByName } from '../../programme/companies/company-names.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { LAST, type OnFile, rankCandidates } from '../digest/rank-candidates.ts';
import type { Phrase } from '../fit/finding.ts';
import type { Evidence } from '../fit/fit.ts';
import { getFitProfile } from '../fit/fit-profile.ts';
import { evidenceOf, factText } from '../fit/quote.ts';
import type { RankedCompany } from '../fit/rank-companies.ts';
import type { Judge, Verdict } from './judge-facts.ts';
import { judgeOf, readSubject, topicOfCompany } from './meet-demands.ts';
import { type Demand, demandsOf, type Part, type Request } from './request.ts';
import { nearInList, withWordsInUse } from './words-in-use.ts';

/** A demand with the words of the company that meet it. */
export type Met = { demand: Demand; phrase: Phrase; evidence: Evidence };

/** `unknown`: the demands of which nothing is on file; such a company comes after all that are known to meet everything. */
export type FoundCompany = { company: Company; fit: RankedCompany; met: Met[]; unknown: Demand[] };

/** `missed`: companies that do not meet the demand; `alone`: those that meet all others. */
export type Miss = { demand: Demand; missed: number; alone: number };

export type Findings = {
  /** What was asked in the end: with the words in no list that companies use. */
  asked: Request;
  /** Companies of the workspace that were looked at. */
  looked: number;
  /** Companies that are known to meet the demands, and those that may: something is not known of them. */
  total: number;
  unsure: number;
  found: FoundCompany[];
  /** Companies that meet them too, and are never suggested: by a gate (customers, competitors, partners …), or turned down. */
  leftOut: { gated: number; notFit: number };
  misses: Miss[];
  /** Names behind “like” that are not on file, so that nothing was asked by them. */
  notOnFile: string[];
  typesWanted: readonly PartnerType[];
  /** By a word that nobody uses: one that companies use and that was probably meant. */
  near: ReadonlyMap<string, string>;
};

/** The companies of a workspace that a request asks for: what it states is demanded; those that are it stand before those that mention it,
 *  and the fit score orders the rest. Refuses `setup-incomplete`. */
export async function findCompanies(
  workspaceId: string,
  request: Request,
  { from, count, now }: { from: number; count: number; now: Date },
): Promise<Findings> {
  const profile = await getFitProfile(workspaceId);
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  const named = await modelsOf(workspaceId, request.parts);
  const likes = new Map([...named].map(([name, company]) => [name, topicOfCompany(readSubject(company))]));
  const onFile = (part: Part) => part.kind !== 'like' || likes.has(part.name);
  const judgesOf = (parts: readonly Part[]) => demandsOf({ parts: parts.filter(onFile) }).map((demand) => judgeOf(demand, likes));
  const asked = await withWordsInUse(workspaceId, request, judgesOf(request.parts), now);
  const demands = demandsOf({ parts: asked.parts.filter(onFile) });
  const judges = judgesOf(asked.parts);
  const tally = tallyOf(demands, judges, new Set([...named.values()].map(({ id }) => id)));
  const { candidates, ranked } = await rankCandidates(workspaceId, { top: from + count, now, include: tally.take, among: 'any' });
  const shown = ranked.slice(from);
  const ids = shown.map(({ id }) => id);
  const companies = new Map((await listCompaniesByIds(workspaceId, ids)).map((company) => [company.id, company]));
  return {
    asked,
    looked: tally.looked,
    total: candidates - tally.unsure,
    unsure: tally.unsure,
    found: shown.flatMap((fit) => {
      const company = companies.get(fit.id);
      return company ? [{ company, fit, ...explain(demands, judges, company) }] : [];
    }),
    leftOut: tally.leftOut,
    misses: tally.misses,
    notOnFile: request.parts.flatMap((part) => (part.kind === 'like' && !likes.has(part.name) ? part.name : [])),
    typesWanted: profile.partnerTypesWanted,
    near: await nearInList(workspaceId, asked, { isFound: candidates > 0, now }),
  };
}

/** The companies named behind “like”, by that name. */
async function modelsOf(workspaceId: string, parts: readonly Part[]): Promise<Map<string, Company>> {
  const models = new Map<string, Company>();
  for (const part of parts) {
    if (part.kind !== 'like') continue;
    const [company] = await findCompaniesByName(workspaceId, part.name, 1);
    if (company) models.set(part.name, company);
  }
  return models;
}

/** Sorts companies as they come by, those first that are what is asked for and those last of which something is not known, and counts what kept the
 *  others out. Models are never their own likeness. */
function tallyOf(demands: readonly Demand[], judges: readonly Judge[], models: ReadonlySet<string>) {
  const misses: Miss[] = demands.map((demand) => ({ demand, missed: 0, alone: 0 }));
  const tally = { looked: 0, leftOut: { gated: 0, notFit: 0 }, misses, unsure: 0 };
  // Of the company at hand; filled anew for each of a hundred thousand.
  const states: Verdict['state'][] = [];
  const take = ({ id, decision, reading }: OnFile, isGated: boolean): number => {
    tally.looked++;
    if (models.has(id)) return 0;
    let [isMet, isMain, isUnsure, missed] = [false, true, false, 0];
    for (const [index, judge] of judges.entries()) {
      const verdict = judge(reading);
      const { state } = verdict;
      states[index] = state;
      if (verdict.state === 'met') {
        isMet = true;
        isMain &&= verdict.isMain;
      } else if (state === 'unknown') isUnsure = true;
      else missed++;
    }
    const isOut = isGated || decision?.kind === 'not-fit';
    if (missed > 0) {
      if (isOut) return 0;
      for (const [index, miss] of misses.entries()) {
        if (states[index] !== 'missed') continue;
        miss.missed++;
        if (missed === 1 && isMet) miss.alone++;
      }
      return 0;
    }
    // Of whom nothing is known that was asked for, nobody can say that it is found.
    if (demands.length > 0 && !isMet) return 0;
    if (isOut) tally.leftOut[isGated ? 'gated' : 'notFit']++;
    if (isOut) return 0;
    if (isUnsure) tally.unsure++;
    return isUnsure ? LAST : isMain ? 1 : 2;
  };
  return Object.assign(tally, { take });
}

function explain(demands: readonly Demand[], judges: readonly Judge[], company: Company): Pick<FoundCompany, 'met' | 'unknown'> {
  const subject = readSubject(company);
  const verdicts = judges.map((judge) => judge(subject));
  const met = demands.flatMap((demand, index): Met[] => {
    const verdict = verdicts[index];
    if (verdict?.state !== 'met' || !verdict.proof) return [];
    const { field, at } = verdict.proof;
    const [evidence] = evidenceOf(company, [verdict.proof]);
    if (!evidence) return [];
    const words = at ? factText(company, field).slice(at.from, at.to) : evidence.value;
    return [{ demand, phrase: { field, words }, evidence }];
  });
  return { met, unknown: demands.filter((_, index) => verdicts[index]?.state === 'unknown') };
}
