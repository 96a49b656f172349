import { type Choice, decideCompany } from '../../discover/digest/decide-company.ts';
import { Refusal } from '../../errors.ts';
import type { Company } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { keepOutOfLists } from './add-partner.ts';
import type { Partner } from './partner.ts';
import { findPartnerByDomain } from './partner-repository.ts';

/** The partner that a company is, by any of its domains; an ended one too. */
export async function findPartnerOfCompany(workspaceId: string, companyId: string): Promise<Partner | null> {
  const [company] = await listCompaniesByIds(workspaceId, [companyId]);
  return company ? findPartnerByDomain(workspaceId, company.domain) : null;
}

/** As `decideCompany`, of a company that may have become a partner since somebody opened its card. A partner is no candidate: it can only be
 *  silenced, and is one again when the partnership has ended. Refuses `company-is-partner` and what `decideCompany` refuses. */
export async function decideCandidate(
  actor: Actor,
  companyId: string,
  choice: Choice,
  at: Date,
): Promise<{ company: Company; changed: boolean }> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action: 'company.decide', subject: `company:${companyId}`, at });
  if (choice.kind === 'not-fit' && choice.reason === 'no-contact') return decideCompany(actor, companyId, choice, at);
  const partner = await findRunning(workspaceId, companyId);
  if (partner) throw new Refusal('company-is-partner', { name: partner.name });
  const decided = await decideCompany(actor, companyId, choice, at);
  // Somebody may have made it a partner in this very moment, before the decision that is now theirs.
  const since = decided.changed ? await findRunning(workspaceId, companyId) : null;
  if (!since) return decided;
  await keepOutOfLists(actor, since, at);
  throw new Refusal('company-is-partner', { name: since.name });
}

/** The same while the partnership has not ended. */
export async function findRunning(workspaceId: string, companyId: string): Promise<Partner | null> {
  const partner = await findPartnerOfCompany(workspaceId, companyId);
  return partner?.status === 'ended' ? null : partner;
}
