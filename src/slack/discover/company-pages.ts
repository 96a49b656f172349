import type { KnownBlock } from '@slack/types';
import { closedCard, companyCard } from '../../../blocks/discover/company-card.ts';
import { companyList, type ListedCompany, PAGE_SIZE } from '../../../blocks/discover/company-list.ts';
import { escaped, section } from '../../../blocks/mrkdwn.ts';
import { fitAmongOthers, rankCandidates } from '../../discover/digest/rank-candidates.ts';
import { getFitProfile } from '../../discover/fit/fit-profile.ts';
import { gateOf } from '../../discover/fit/gates.ts';
import { Refusal } from '../../errors.ts';
import { type Company, type CompanyDecision, isOptOut } from '../../programme/companies/company.ts';
import { findCompaniesByName, listCompaniesByIds } from '../../programme/companies/company-repository.ts';

type Page = { text: string; blocks: KnownBlock[] };

/** One page of the ranking. */
export async function listPage(workspaceId: string, from: number, now: Date): Promise<Page> {
  const { ranked, candidates } = await rankCandidates(workspaceId, { top: from + PAGE_SIZE, now });
  const shown = ranked.slice(from);
  const stored = await listCompaniesByIds(
    workspaceId,
    shown.map(({ id }) => id),
  );
  const decisions = new Map(stored.map(({ id, decision }) => [id, decision]));
  const companies: ListedCompany[] = shown.map((company) => ({
    ...company,
    state: stateWords(decisions.get(company.id) ?? null),
    why: company.reasons.toSorted((a, b) => b.points - a.points)[0]?.text ?? '',
  }));
  return { text: 'Candidates, best first', blocks: companyList({ companies, total: candidates, from }) };
}

/** The company a person means, with its score and buttons; other matches are named. Refuses `company-unknown`. */
export async function showCompany(workspaceId: string, name: string, now: Date): Promise<Page> {
  const [company, ...others] = await findCompaniesByName(workspaceId, name, 6);
  if (!company) throw new Refusal('company-unknown', { name });
  const page = await companyPage(workspaceId, company, now);
  const profile = await getFitProfile(workspaceId);
  const shown = others.filter((other) => profile && !gateOf(profile, other));
  if (shown.length === 0) return page;
  const also = shown.map((other) => `${escaped(other.name)} (${escaped(other.domain)})`).join(', ');
  return { ...page, blocks: [...page.blocks, section(`Also matching: ${also}`)] };
}

export async function companyPage(workspaceId: string, company: Company, now: Date): Promise<Page> {
  const profile = await getFitProfile(workspaceId);
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  const gate = gateOf(profile, company);
  if (gate && isOwnDoing(company.decision))
    return { text: escaped(company.name), blocks: closedCard(company, company.decision, gate.text) };
  if (gate)
    return {
      text: escaped(company.name),
      blocks: [section(`*${escaped(company.name)}* is left out of every list: ${escaped(gate.text)}`)],
    };
  const fit = await fitAmongOthers(workspaceId, company, now);
  const reasons = fit.reasons.toSorted((a, b) => b.points - a.points).slice(0, 3);
  return { text: escaped(company.name), blocks: companyCard({ ...fit, ...company, companyId: company.id, reasons }, company.decision) };
}

/** A gate that the team closed with a decision, and opens again the same way. */
function isOwnDoing(decision: CompanyDecision | null): decision is CompanyDecision {
  return decision?.kind === 'partner' || isOptOut(decision);
}

function stateWords(decision: CompanyDecision | null): string {
  if (!decision) return '';
  return { pursued: 'outreach started', later: 'put off', 'not-fit': 'not a fit', partner: 'partner' }[decision.kind];
}
